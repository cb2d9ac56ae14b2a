"""Handing out a PDF that somebody has uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile


def as_download(file: FieldFile, name: str) -> HttpResponse:
    """With a policy of its own: nothing in it may act as a page of this site. Raises ``Http404`` where it is lost."""
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except OSError as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
