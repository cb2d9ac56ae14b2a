"""The regional view for everybody: who takes over what, and who follows which edition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.strategy.views.reading import is_foreign

from ..choices import ShownState
from ..matrix import Line, Matrix, matrix
from ..matrix_form import MatrixFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

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
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """One line for each element and municipality; a spreadsheet runs nothing of it."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.DictWriter(response, COLUMNS, delimiter=";")
    writer.writeheader()
    for line in _whole(request).lines:
        writer.writerows(_cell_rows(line))
    return _as_file(response, "csv")


@require_safe
@public_page(scopes=SCOPES, query=QUERY)
def matrix_json(request: HttpRequest) -> HttpResponse:
    """The same with the counts and with who follows which edition."""
    found = _whole(request)
    content = {
        "kind": KIND,
        "edition": found.edition.ordinal,
        "population_on": found.population_on and found.population_on.isoformat(),
        "municipalities": [
            {
                "key": town.key, "name": town.name, "people": town.people, "follows_edition": town.version.edition.ordinal,
                "editions_behind": town.behind, "months_behind": town.months,
                "in_force_on": town.version.in_force_on and town.version.in_force_on.isoformat(),
                "demonstration": town.version.demonstration,
            }
            for town in found.towns
        ],
        "elements": [_element(line) for line in found.lines],
    }  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return _as_file(HttpResponse(text, content_type="application/json; charset=utf-8"), "json")


def _whole(request: HttpRequest) -> Matrix:
    found = matrix(MatrixFilter(request.GET).chosen(), whole=True)
    if found is None:
        raise Http404
    return found


def _cell_rows(line: Line) -> Iterator[dict[str, Any]]:
    element = line.element
    for cell in line.cells.values():
        version = cell.town.version
        yield {
            "element": element.element_id, "label": element.label, "title": element.title,
            "in_force": str(line.is_in_force).lower(), "key": cell.town.key, "name": cell.town.name,
            "follows_edition": version.edition.ordinal, "in_force_on": version.in_force_on, "decision": cell.state,
            "reason": cell.reason,
        }  # fmt: skip


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


def _as_file(response: HttpResponse, extension: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="andocken-uebersicht.{extension}"'
    return response
