"""PDFs as people upload them, and as they should not."""

from __future__ import annotations

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


def pdf(*, encrypted: bool = False, pages: int = 1, **root: object) -> bytes:
    """A small PDF; ``root`` adds entries to its catalogue, such as ``OpenAction``."""
    file = pikepdf.new()
    for _page in range(pages):
        file.add_blank_page()
    for name, value in root.items():
        file.Root[f"/{name}"] = value
    target = io.BytesIO()
    file.save(target, encryption=pikepdf.Encryption(owner="geheim", user="geheim") if encrypted else False)
    return target.getvalue()


def upload(content: bytes | None = None, name: str = "absicht.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
