"""The text everybody reads with what was said about it, and one element of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.participation.choices import ContributionState
from andock.participation.views.public import head_of
from andock.strategy.outline import outline
from andock.strategy.views.reading import absolute

from .. import queries
from ..said import arranged
from ..text import element_called
from .frame import consultation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from .frame import Consultation

PAGE_SIZE = 100
SCOPES = ("process:{slug}", "strategy", "organisations")


@require_safe
@public_page(scopes=SCOPES)
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole text with its table of contents, and beside each block how much was said about it."""
    found = consultation(request, slug)
    passages = found.passages()
    standing = {one.element_id for one in passages}
    context = head_of(found.process) | {
        "consultation": found, "outline": outline(passages),
        "gone": [one for one in _spoken_of(found) if one[0] not in standing],
        "canonical": absolute(reverse("consultation:text", args=[slug])),
    }  # fmt: skip
    return render(request, "consultation/text.html", context)


def _spoken_of(found: Consultation) -> list[tuple[UUID, str, int]]:
    return queries.elements_spoken_of(found.phase, ContributionState.PUBLIC)


@require_safe
@public_page(scopes=SCOPES, query=("seite",))
def element(request: HttpRequest, slug: str, element: UUID) -> HttpResponse:
    """One element, with every contribution beside the block it is about, and the answers."""
    found = consultation(request, slug)
    passage = element_called(found.passages(), element)
    page = Paginator(queries.public_anchors(found.phase, element), PAGE_SIZE).get_page(request.GET.get("seite"))
    if passage is None and not page.object_list:
        raise Http404
    spoken, gone = arranged(passage, page)
    name = str(passage) if passage else page.object_list[0].contribution.about
    context = head_of(found.process) | {
        "consultation": found, "passage": passage, "element": element, "name": name, "spoken": spoken, "gone": gone,
        "page": page, "canonical": absolute(reverse("consultation:element", args=[slug, element])),
    }  # fmt: skip
    return render(request, "consultation/element.html", context)
