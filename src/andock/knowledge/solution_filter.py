"""The filter above the list of solutions. Its field names are German: they stand in shared addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries
from .choices import SolutionKind, SolutionState

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

    from .models import Solution

KEYS = ("art", "thema", "kommune", "stand", "nachnutzbar")
STATES = {
    "in-betrieb": SolutionState.OPERATION, "pilot": SolutionState.PILOT, "in-umsetzung": SolutionState.IMPLEMENTING,
    "geplant": SolutionState.PLANNED, "idee": SolutionState.IDEA, "abgeschlossen": SolutionState.FINISHED,
    "eingestellt": SolutionState.STOPPED, "unbekannt": SolutionState.UNKNOWN,
}  # fmt: skip
KINDS = {
    "software": SolutionKind.SOFTWARE, "daten": SolutionKind.DATA, "sensoren": SolutionKind.SENSORS,
    "ausstattung": SolutionKind.EQUIPMENT, "ort": SolutionKind.PLACE, "bau": SolutionKind.BUILDING,
    "angebot": SolutionKind.OFFER, "beteiligung": SolutionKind.PARTICIPATION, "ablauf": SolutionKind.PROCESS,
    "vorlage": SolutionKind.GUIDE, "beschaffung": SolutionKind.PROCUREMENT, "buendel": SolutionKind.PROGRAMME,
}  # fmt: skip


class SolutionFilter(forms.Form):
    """By type, topic, municipality, state, and whether it can be taken over. Unknown values are ignored."""

    marks_optional = False

    thema = forms.ChoiceField(label=_("Topic"), required=False)
    kommune = forms.ChoiceField(label=_("Municipality"), required=False)
    art = forms.ChoiceField(label=_("Type"), required=False)
    stand = forms.ChoiceField(label=_("State"), required=False)
    nachnutzbar = forms.BooleanField(label=_("Only re-usable ones"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data or None)
        self.places = {found.slug: found for found in queries.owners_of_solutions()}
        self.topics: dict[str, list[Any]] = {}
        for term in queries.terms_of_solutions():
            self.topics.setdefault(term.slug, []).append(term)
        self._offer("thema", _("All topics"), {slug: str(found[0]) for slug, found in self.topics.items()})
        self._offer("kommune", _("Everywhere"), {slug: found.name for slug, found in self.places.items()})
        self._offer("art", _("All types"), {key: value.label for key, value in KINDS.items()})
        self._offer("stand", _("Every state"), {key: value.label for key, value in STATES.items()})

    def _offer(self, name: str, every: Any, choices: dict[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "All but the last are lists."
        field.choices = [("", every), *choices.items()]

    def chosen(self) -> dict[str, str]:
        """The values that make sense, by their keys in the address."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        return {name: "1" if values[name] is True else values[name] for name in KEYS if values.get(name)}

    def narrow(self, solutions: QuerySet[Solution], today: date) -> QuerySet[Solution]:
        """The solutions that fit."""
        chosen = self.chosen()
        if "thema" in chosen:
            solutions = queries.solutions_carrying(solutions, self.topics[chosen["thema"]])
        if "kommune" in chosen:
            solutions = queries.solutions_in(solutions, self.places[chosen["kommune"]])
        if "art" in chosen:
            solutions = solutions.filter(kind=KINDS[chosen["art"]])
        if "stand" in chosen:
            solutions = solutions.filter(state=STATES[chosen["stand"]])
        return queries.reusable(solutions, today) if "nachnutzbar" in chosen else solutions
