"""An edition as a file: JSON in the exchange format, PDF to print and archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from andock.kernel.downloads import kept_file
from andock.kernel.pagecache.pages import public_page, shared_part

from .. import pdf, queries
from ..exchange import dump
from .reading import SCOPES, absolute

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..models import Edition


@require_safe
@public_page(scopes=SCOPES)
def edition_json(request: HttpRequest, ordinal: int) -> HttpResponse:
    """The edition as ``andock-edition/1``; what is read in elsewhere has the same identities and hash."""
    edition = _public(ordinal)

    def make() -> str:
        return json.dumps(dump(queries.edition_document(edition)), ensure_ascii=False, indent=2) + "\n"

    text = shared_part(request, f"json {edition.pk}", make, scopes=SCOPES)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    return _as_file(request, response, edition, extension="json")


@require_safe
@public_page(scopes=SCOPES)
def edition_pdf(request: HttpRequest, ordinal: int) -> HttpResponse:
    """The edition as tagged PDF."""
    edition = _public(ordinal)
    drawn = pdf.edition_pdf(edition, address=absolute(reverse("strategy:edition", args=[ordinal])))
    response = HttpResponse(drawn, content_type="application/pdf")
    return _as_file(request, response, edition, extension="pdf")


def _public(ordinal: int) -> Edition:
    return get_object_or_404(queries.public_editions(), ordinal=ordinal)


def _as_file(request: HttpRequest, response: HttpResponse, edition: Edition, *, extension: str) -> HttpResponse:
    return kept_file(request, response, f"{edition.framework.slug}-{edition.ordinal}.{extension}")
