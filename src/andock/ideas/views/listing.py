"""All ideas of a process as a list and on the map; the same as data."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page, shared_part
from andock.participation.lines import next_change
from andock.participation.open_data import licence
from andock.participation.views.public import head_of

from .. import queries, rules
from ..choices import Order
from ..geojson import ideas_geojson
from ..idea_filter import KEYS, IdeaFilter, towns
from ..lines import idea_lines, map_of
from .frame import ground_for, process_with_ideas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    from andock.organisations.models import Organisation
    from andock.participation.models import Process

PAGE_SIZE = 20
SCOPES = ("process:{slug}", "ideas:{slug}", "organisations", "maps")
FILTER_SCOPES = ("process:{slug}", "organisations")
FIRST, WHOLE = frozenset({"sortierung"}), frozenset({"seite", "sortierung"})
"""What an address says that leads to the first page of all ideas, and to any."""


@require_safe
@public_page(scopes=SCOPES, query=("seite", *KEYS))
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Public ideas, narrowed and in the order that was asked for; the map shows those of the same page."""
    process, now = process_with_ideas(request, slug), timezone.now()
    page_ends_at(request, next_change([process], now))
    asked = Asked(request, process)
    context = head_of(process) | {
        "filter": asked.filter(), "found": asked.found(), "number": asked.number,
        "may_send": rules.may_send_idea(None, process, now),
    }  # fmt: skip
    return render(request, "ideas/list.html", context)


class Counted(Paginator):
    """Of numbers of ideas whose count is known."""

    count = 0


class Asked:
    """One page of the list. The filter above all ideas, and their first page, are the same text for everybody: made once."""

    def __init__(self, request: HttpRequest, process: Process) -> None:
        self.request, self.process = request, process
        self.order = request.GET.get("sortierung", "")
        is_known = self.order in {"", *Order.values}
        self.is_whole, self.is_first = (is_known and request.GET.keys() <= keys for keys in (WHOLE, FIRST))

    @cached_property
    def form(self) -> IdeaFilter:
        return IdeaFilter(self.request.GET, self.process, self._towns() if self.process.is_region_wide else {})

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Known without the form and its lists where no idea is left out."""
        if not self.is_whole:
            return self.form.chosen()
        return {"sortierung": self.order} if self.order else {}

    @property
    def is_narrow(self) -> bool:
        return not self.is_whole and self.form.is_narrow()

    @cached_property
    def page(self) -> Page:
        ideas = queries.public_ideas(self.process)
        ideas = queries.in_order(ideas, self.order) if self.is_whole else self.form.narrow(ideas)
        numbers = ideas.values_list("pk", flat=True)
        found = Counted(numbers, PAGE_SIZE)
        found.count = numbers.count() if self.is_narrow else self._number()
        return found.get_page(self.request.GET.get("seite"))

    @property
    def number(self) -> int:
        return 1 if self.is_first else self.page.number

    def filter(self) -> str:
        return self._once(f"filter {self.order}", self._filter, FILTER_SCOPES) if self.is_whole else self._filter()

    def found(self) -> str:
        return self._once(f"first {self.order}", self._found, SCOPES) if self.is_first else self._found()

    def _once(self, name: str, make: Callable[[], str], scopes: tuple[str, ...]) -> str:
        slug = self.process.slug
        scopes = tuple(scope.format(slug=slug) for scope in scopes)
        text: str = shared_part(self.request, f"ideas {slug} {name}", make, scopes=scopes, on=timezone.localdate())
        return text

    def _number(self) -> int:
        """How many there are in all; as a text, because what is no text may push many others out."""
        return int(self._once("number", lambda: str(queries.number_of_ideas(self.process)), SCOPES[:2]))

    def _towns(self) -> Mapping[str, Organisation]:
        found: Mapping[str, Organisation] = shared_part(
            self.request, "towns", towns, scopes=("organisations",), on=timezone.localdate()
        )
        return found

    def _filter(self) -> str:
        context = {"process": self.process, "form": self.form, "chosen": self.chosen}
        return render_to_string("ideas/_filter.html", context)

    def _found(self) -> str:
        lines = idea_lines(queries.whole(list(self.page)), max(self.page.start_index(), 1))
        context = {
            "process": self.process, "is_narrow": self.is_narrow, "chosen": self.chosen, "query": urlencode(self.chosen),
            "page": self.page, "lines": lines, "map": map_of(ground_for(self.request, self.process), self.process, lines),
        }  # fmt: skip
        return render_to_string("ideas/_found.html", context)


@require_safe
@public_page(scopes=SCOPES)
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the public ideas are; the licence stands in the head, for a position has no room for it (RFC 8288)."""
    headers = {"Link": f'<{licence()["url"]}>; rel="license"'}
    content = ideas_geojson(process_with_ideas(request, slug))
    return HttpResponse(content, content_type="application/geo+json", headers=headers)
