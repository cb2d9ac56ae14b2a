"""A form with files is refused before anything of it is written to the disk, where it is larger than any form here needs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 100 * 1024 * 1024
"""Of a whole request. What a single file may be says its form, with a sentence beside the field."""


class BoundedUpload(FileUploadHandler):
    """The first of the handlers; it looks at the announced length only and leaves the rest to the others."""

    def handle_raw_input(self, _data: Any, _headers: Any, content_length: int, *_more: Any) -> None:
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"A request with files of {content_length} bytes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
