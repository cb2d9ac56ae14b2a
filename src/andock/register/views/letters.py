"""The letter of intent of any municipality, ready for signature. It holds nothing that is not public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.strategy.admission import wrong_kind

from ..letters import Letter, as_pdf, letter_of_intent
from ..word import as_docx
from .public import SCOPES
from .town import place

if TYPE_CHECKING:
    from django.http import HttpRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@public_page(scopes=SCOPES)
def letter_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(as_pdf(_letter(slug)), "application/pdf", f"absichtserklaerung-{slug}.pdf")


@require_safe
@public_page(scopes=SCOPES)
def letter_docx(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(as_docx(_letter(slug)), WORD, f"absichtserklaerung-{slug}.docx")


def _letter(slug: str) -> Letter:
    organisation, framework = place(slug)
    if wrong_kind(organisation):
        raise Http404
    return letter_of_intent(organisation, framework)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
