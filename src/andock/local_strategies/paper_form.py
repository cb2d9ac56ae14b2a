"""What the office enters about its paper: the head, and the class of every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.docking.synopsis import suggested_weight
from andock.strategy.comparison import name

from .choices import Weight
from .council_paper import default_resolution
from .papers import paper, version_before, weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.docking.synopsis import Row

    from .models import Version

HEAD = ("title", "committee", "meeting_on", "agenda_item", "responsible_office", "financial_impact", "resolution_text")
WEIGHT = "weight-"


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PaperForm(forms.Form):
    """The head of the paper; below it one choice for every passage that changes."""

    title = forms.CharField(label=_("Title"), max_length=200)
    committee = forms.CharField(label=_("Committee"), max_length=200, required=False)
    meeting_on = forms.DateField(
        label=_("Meeting on"), required=False, widget=DateInput,
        error_messages={"invalid": _("This is not a day in the calendar. Write it as 2024-03-31.")},
    )  # fmt: skip
    agenda_item = forms.CharField(label=_("Agenda item"), max_length=80, required=False)
    responsible_office = forms.CharField(label=_("Responsible"), max_length=200, required=False)
    financial_impact = forms.CharField(
        label=_("Financial impact"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: none, or the sum per year and where it stands in the budget."),
    )  # fmt: skip
    resolution_text = forms.CharField(
        label=_("Draft resolution"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("This text is a proposal. Left empty, the proposal is used."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: Version) -> None:
        self._default = default_resolution(version, version_before(version))
        start = {name: getattr(version, name) for name in HEAD}
        start["resolution_text"] = start["resolution_text"] or self._default
        super().__init__(data, initial=start)
        chosen, known = weights(version), _known(version)
        self._rows = [row for row in paper(version).changes if row.element.id in known]
        for row in self._rows:
            self.fields[WEIGHT + row.element.id] = _weight_field(row, chosen.get(row.element.id, ""))

    def values(self) -> dict[str, Any]:
        """The head as it is stored; an untouched proposal stays a proposal."""
        found = {name: self.cleaned_data[name] for name in HEAD}
        text = found["resolution_text"].replace("\r\n", "\n").strip()
        return found | {"resolution_text": "" if text == self._default else text}

    def weights(self) -> dict[str, str]:
        """The classes that were changed, by element."""
        return {
            field.removeprefix(WEIGHT): self.cleaned_data[field]
            for field in self.changed_data
            if field.startswith(WEIGHT)
        }

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in HEAD]

    @property
    def classes(self) -> list[forms.BoundField]:
        return [self[WEIGHT + row.element.id] for row in self._rows]


def _known(version: Version) -> set[str]:
    """What the version has a row of; an own passage that was taken out has none, and its class stays as proposed."""
    found = {
        *version.decisions.values_list("element", flat=True),
        *version.own_parts.values_list("identity", flat=True),
    }
    return {str(identity) for identity in found}


def _weight_field(row: Row, chosen: str) -> forms.ChoiceField:
    proposed = Weight(suggested_weight(row.change)).label
    choices = [("", _("as proposed: %s") % proposed), *Weight.choices]
    return forms.ChoiceField(label=name(row.element), choices=choices, required=False, initial=chosen)
