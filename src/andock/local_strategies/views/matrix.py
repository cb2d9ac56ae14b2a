"""The regional view for everybody: who takes over what, and who follows which edition."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.strategy.views.reading import is_foreign

from ..choices import ShownState
from ..matrix import MOST_TOWNS, Line, Matrix, Town, matrix, passages
from ..matrix_form import MatrixFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

SCOPES = ("strategy", "register", "organisations")
QUERY = ("thema", "kreis", "groesse")
KIND = "andock-matrix/1"
COLUMNS = (
    "element", "label", "title", "in_force", "key", "name", "follows_edition", "in_force_on", "decision", "reason",
)  # fmt: skip
SIGNS = {
    ShownState.ADOPTED: "●",
    ShownState.ADAPTED: "◐",
    ShownState.COVERED: "◆",
    ShownState.DECLINED: "✕",
    ShownState.DEFERRED: "…",
    ShownState.UNDECIDED: "○",
    ShownState.ENDED: "–",
}


@require_safe
@public_page(scopes=SCOPES, query=QUERY)
def overview(request: HttpRequest) -> HttpResponse:
    """Elements against municipalities, from versions in force only; no ranking."""
    form = MatrixFilter(request.GET)
    found = matrix(form.chosen())
    context: dict[str, Any] = {"form": form, "matrix": found, "foreign": is_foreign(), "query": request.GET.urlencode()}
    if found:
        context |= {"rows": _rows(found), "signs": [(sign, state.label) for state, sign in SIGNS.items()]}
    return render(request, "local_strategies/matrix/overview.html", context)


def _rows(found: Matrix) -> list[tuple[Line, SafeString]]:
    """Every line with its cells as they stand in the table; drawn here because there are thousands of them."""
    drawn = {
        state: format_html('<td class="m-{}"><i aria-hidden="true">{}</i><span class="vh">{}</span></td>', state, sign, state.label)
        for state, sign in SIGNS.items()
    }  # fmt: skip
    nothing = SafeString("<td></td>")
    versions = [town.version.pk for town in found.towns]
    return [(line, _cells(line, versions, drawn, nothing)) for line in found.lines]


def _cells(line: Line, versions: list[int], drawn: dict[ShownState, SafeString], nothing: SafeString) -> SafeString:
    cells = line.cells
    return SafeString("".join(drawn[cells[pk].state] if pk in cells else nothing for pk in versions))  # drawn above


@require_safe
@public_page(scopes=SCOPES, query=QUERY)
def matrix_csv(request: HttpRequest) -> HttpResponseBase:
    """One line for each element and municipality; a spreadsheet runs nothing of it."""
    found = _whole(request)
    return _file(request, found, _csv_parts(found), "text/csv; charset=utf-8", "csv")


def _csv_parts(found: Matrix) -> Iterator[str]:
    """The head, then everything about one element after the other."""
    towns = {town.version.pk: _csv(_of_town(town)) for town in found.towns}
    yield f"\ufeff{_csv(COLUMNS)}\r\n"
    for element in passages(found):
        if text := "".join(f"{line}\r\n" for line in _csv_lines(element, towns)):
            yield text


@require_safe
@public_page(scopes=SCOPES, query=QUERY)
def matrix_json(request: HttpRequest) -> HttpResponseBase:
    """The same with the counts and with who follows which edition."""
    found = _whole(request)
    return _file(request, found, _json_parts(found), "application/json; charset=utf-8", "json")


def _json_parts(found: Matrix) -> Iterator[str]:
    """The head with the municipalities, then a line for each element."""
    head = {
        "kind": KIND,
        "edition": found.edition.ordinal,
        "population_on": found.population_on and found.population_on.isoformat(),
        "municipalities": [_municipality(town) for town in found.towns],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "elements": ['
    comma = ""
    for line in passages(found):
        yield f"{comma}\n  {json.dumps(_element(line), ensure_ascii=False)}"
        comma = ","
    yield "\n ]\n}\n"


def _municipality(town: Town) -> dict[str, Any]:
    return {
        "key": town.key, "name": town.name, "people": town.people, "follows_edition": town.version.edition.ordinal,
        "editions_behind": town.behind, "months_behind": town.months,
        "in_force_on": town.version.in_force_on and town.version.in_force_on.isoformat(),
        "demonstration": town.version.demonstration,
    }  # fmt: skip


def _whole(request: HttpRequest) -> Matrix:
    found = matrix(MatrixFilter(request.GET).chosen(), whole=True)
    if found is None:
        raise Http404
    return found


def _csv(values: Iterable[Any]) -> str:
    """Cells as a spreadsheet reads them, without the end of the line."""
    text = StringIO()
    csv.writer(text, delimiter=";").writerow(values)
    return text.getvalue().rstrip("\r\n")


def _of_town(town: Town) -> tuple[Any, ...]:
    return town.key, town.name, town.version.edition.ordinal, town.version.in_force_on


def _csv_lines(line: Line, towns: Mapping[int, str]) -> Iterator[str]:
    """What is said of element and municipality is written once each: there may be hundreds of thousands of lines."""
    element = line.element
    of_element = _csv((element.element_id, element.label, element.title, str(line.is_in_force).lower()))
    for version, of_town in towns.items():
        if cell := line.cells.get(version):
            yield f"{of_element};{of_town};{cell.state};{_csv((cell.reason,)) if cell.reason else ''}"


def _element(line: Line) -> dict[str, Any]:
    element = line.element
    return {
        "element": str(element.element_id),
        "label": element.label,
        "title": element.title,
        "in_force": line.is_in_force,
        "counts": {tally.state: {"municipalities": tally.towns, "people": tally.people} for tally in line.tallies},
        "decisions": {cell.town.key: _decision(cell.state, cell.reason) for cell in line.cells.values()},
    }


def _decision(state: str, reason: str) -> dict[str, str]:
    return {"decision": state, "reason": reason} if reason else {"decision": state}


def _file(request: HttpRequest, found: Matrix, parts: Iterator[str], kind: str, extension: str) -> HttpResponseBase:
    """A small file is kept like a page; a large one is sent while it is written and never stands in memory as a whole."""
    headers = {"Content-Disposition": f'attachment; filename="andocken-uebersicht.{extension}"'}
    if len(found.towns) <= MOST_TOWNS:
        return HttpResponse(parts, content_type=kind, headers=headers)
    answer = StreamingHttpResponse(parts, content_type=kind, headers=headers)
    return GZipMiddleware(lambda _request: answer).process_response(
        request, answer
    )  # what is kept is compressed already
