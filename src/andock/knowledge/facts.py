"""The facts beside a solution's page, in the order people ask for them; what is not known is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .ranges import range_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .models import Solution

Fact = tuple[str, str]


def facts(solution: Solution) -> list[Fact]:
    """What is known in a few words each."""
    return [*_time(solution), *_place(solution), *_effort(solution), *_terms(solution)]


def _time(solution: Solution) -> Iterator[Fact]:
    start, end = solution.start, solution.end
    if start and end:
        yield pgettext("solution", "Time"), _("%(start)s to %(end)s") % {"start": start, "end": end}
    elif start:
        yield pgettext("solution", "Time"), _("since %s") % start
    elif end:
        yield pgettext("solution", "Time"), _("until %s") % end


def _place(solution: Solution) -> Iterator[Fact]:
    if solution.spatial_effect:
        yield _("Works for"), solution.get_spatial_effect_display()
    town = getattr(solution.organisation, "municipality", None)
    if solution.size_class:
        yield _("Tried in"), solution.get_size_class_display()
    elif town:
        yield _("Tried in"), _("a town of %s people") % number_format(town.population, force_grouping=True)
    if solution.settlement_type:
        yield _("Settlement"), solution.get_settlement_type_display()


def _effort(solution: Solution) -> Iterator[Fact]:
    for name, label in (("cost_once", _("Cost once")), ("cost_yearly", _("Cost a year"))):
        if found := range_of(solution, name):
            yield label, found.euros
    for name, label in (("staff_days", _("Staff days once")), ("staff_days_yearly", _("Staff days a year"))):
        if found := range_of(solution, name):
            yield label, found.words
    if solution.budget:
        yield _("Budget"), f"{number_format(solution.budget, force_grouping=True)} €"


def _terms(solution: Solution) -> Iterator[Fact]:
    if solution.operator_model:
        words = str(solution.get_operator_model_display())
        yield _("Run by"), f"{words} ({solution.operator_note})" if solution.operator_note else words
    if solution.licence:
        yield _("Licence"), solution.licence
    if solution.procurement_path:
        yield _("Procurement"), solution.get_procurement_path_display()
    if solution.version:
        yield pgettext("solution", "Version"), solution.version
    if solution.contact_office:
        yield _("Office that answers"), solution.contact_office
    if solution.answers_until:
        yield _("Answers until"), date_format(solution.answers_until, "DATE_FORMAT")
