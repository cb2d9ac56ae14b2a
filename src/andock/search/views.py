"""The page of hits. It is made for each question and kept nowhere; neither question nor asker are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .answers import answers, suggestion
from .narrowing import Request, facets
from .queries import Facets, find
from .statements import COUNTED

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ON_A_PAGE = 20
LONGEST_ADDRESS = 4_000


@require_safe
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """What the question finds, twenty hits a page, with facets to narrow it. Without a question: the field alone."""
    asked = Request.read(request.GET)
    if len(request.META["QUERY_STRING"]) > LONGEST_ADDRESS:  # the page names its own address several times
        return redirect(f"{request.path}?{asked.query(gekuerzt='1')}")
    language = get_language() or ""
    first = ON_A_PAGE * (_number(asked.page) - 1)
    found = find(
        asked.question, person=request.user, language=language, facets=asked.facets, first=first, count=ON_A_PAGE
    )
    context = {
        "asked": asked,
        "found": found,
        "answers": answers(found, language),
        "facets": facets(asked, found),
        "page": Paginator(range(found.total), ON_A_PAGE).get_page(_number(asked.page)),
        "query": asked.query(),
        "everywhere": f"?{Request(asked.question, Facets()).query()}",
        "suggestion": (meant := suggestion(asked.question, found)),
        "suggestion_query": asked.query(question=meant) if meant else "",
        "most": COUNTED,
    }
    return render(request, "search/results.html", context)


def _number(text: str) -> int:
    """The number of a page; 1 for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) < 5  # noqa: PLR2004
    return min(max(int(text), 1), COUNTED // ON_A_PAGE) if is_number else 1
