"""The filter above the list of ideas. Its field names are German: they stand in shared addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from andock.organisations.queries import municipalities_on

from . import queries
from .choices import IdeaStatus, Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import QueryDict

    from andock.organisations.models import Organisation
    from andock.participation.models import Process

    from .models import Idea

KEYS = ("thema", "kommune", "stand", "ort", "sortierung")
PLACES = {"verortet": False, "nicht-verortet": True}
"""Whether the point is missing."""
STATES = {
    "neu": IdeaStatus.NEW, "in-pruefung": IdeaStatus.CHECKING, "in-arbeit": IdeaStatus.IN_WORK,
    "umgesetzt": IdeaStatus.DONE, "nicht-moeglich": IdeaStatus.NOT_POSSIBLE,
}  # fmt: skip


class IdeaFilter(forms.Form):
    """By topic, municipality and status, in one of three orders. Unknown values are ignored."""

    marks_optional = False

    thema = forms.ChoiceField(label=_("Topic"), required=False)
    kommune = forms.ChoiceField(label=_("Municipality"), required=False)
    stand = forms.ChoiceField(label=pgettext_lazy("status of an idea", "Status"), required=False)
    ort = forms.ChoiceField(
        label=_("Place on the map"), required=False,
        choices=[("", _("With and without")), ("verortet", _("located")), ("nicht-verortet", _("not located"))],
    )  # fmt: skip
    sortierung = forms.ChoiceField(label=pgettext_lazy("of a list", "Order"), required=False, choices=Order.choices)

    def __init__(self, data: QueryDict, process: Process, towns: Mapping[str, Organisation]) -> None:
        super().__init__(data or None)
        self.topics = {term.slug: term for term in queries.topics_of(process)}
        self.places = towns
        self._offer("thema", _("All topics"), self.topics)
        self._offer("kommune", _("Everywhere"), self.places)
        self._offer("stand", _("Every status"), {key: value.label for key, value in STATES.items()})
        if not self.places:
            del self.fields["kommune"]

    def _offer(self, name: str, every: Any, choices: Mapping[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "A list."
        field.choices = [("", every), *((key, str(value)) for key, value in choices.items())]

    def chosen(self) -> dict[str, str]:
        """The values that make sense, by their keys in the address."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        return {name: values[name] for name in KEYS if values.get(name)}

    def is_narrow(self) -> bool:
        """Whether some ideas are left out."""
        return bool(self.chosen().keys() - {"sortierung"})

    def narrow(self, ideas: QuerySet[Idea]) -> QuerySet[Idea]:
        """The ideas that fit, in the order that was asked for."""
        chosen = self.chosen()
        if "thema" in chosen:
            ideas = ideas.filter(topic=self.topics[chosen["thema"]])
        if "kommune" in chosen:
            ideas = ideas.filter(contribution__municipality=self.places[chosen["kommune"]])
        if "stand" in chosen:
            ideas = ideas.filter(status=STATES[chosen["stand"]])
        if "ort" in chosen:
            ideas = ideas.filter(latitude__isnull=PLACES[chosen["ort"]])
        return queries.in_order(ideas, chosen.get("sortierung", ""))


def towns() -> dict[str, Organisation]:
    """What an idea of the whole region can be meant for today, by the word in addresses."""
    return {town.organisation.slug: town.organisation for town in municipalities_on(timezone.localdate())}
