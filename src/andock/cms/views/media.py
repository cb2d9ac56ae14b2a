"""Files of the media folder that anybody may see: sized images and crests, never originals or documents."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.http import http_date
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

PUBLIC_FOLDERS = ("images", "crests")
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
YEAR = 31_536_000  # seconds; a changed image gets a new name


@require_safe
def public_file(request: HttpRequest, name: str) -> FileResponse:
    """A public image. The type follows from its name, and a browser may do nothing with it but show it."""
    path = PurePosixPath(name)
    content_type = CONTENT_TYPES.get(path.suffix.lower())
    if content_type is None or path.parts[0] not in PUBLIC_FOLDERS or ".." in path.parts:
        raise Http404
    try:
        file = default_storage.open(name)
        modified = default_storage.get_modified_time(name)
    except (OSError, ValueError, SuspiciousFileOperation) as error:  # ValueError: a null character in the name
        raise Http404 from error
    headers = {
        "Cache-Control": f"public, max-age={YEAR}, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Last-Modified": http_date(modified.timestamp()),
    }
    return FileResponse(file, content_type=content_type, headers=headers)
