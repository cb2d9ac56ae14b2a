"""What the office enters about its paper: the head, and the class of every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.strategy.comparison import name
from andock.strategy.forms import DisputedForm

from .choices import Weight
from .council_paper import default_resolution
from .desk_forms import DateInput
from .papers import paper, version_before
from .services.council import HEAD, WEIGHT, paper_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from andock.docking.synopsis import Row, Stated
    from andock.strategy.field_lock import Conflict, Submitted
    from andock.strategy.forms import Dispute

    from .models import Version


class PaperForm(DisputedForm):
    """The head of the paper; below it one choice for every passage or decision that changes."""

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

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        version: Version,
        conflicts: Mapping[str, Conflict] | None = None,
    ) -> None:
        self._default = default_resolution(version, version_before(version))
        loaded = paper_fields(version)
        self._rows = [row for row in paper(version).weighed if WEIGHT + row.element.id in loaded]
        classes = {WEIGHT + row.element.id: _weight_field(row) for row in self._rows}
        self.base_fields = self.base_fields | classes  # type: ignore[misc]  # Django copies them for each form
        super().__init__(data, loaded=loaded, conflicts=conflicts)
        self.initial["resolution_text"] = self.initial["resolution_text"] or self._default

    def clean_meeting_on(self) -> str:
        day = self.cleaned_data["meeting_on"]
        return day.isoformat() if day else ""

    def clean_resolution_text(self) -> str:
        """An untouched proposal stays a proposal."""
        text = str(self.cleaned_data["resolution_text"]).replace("\r\n", "\n").strip()
        return "" if text == self._default else text

    def submitted(self) -> dict[str, Submitted]:
        """Only what the page showed."""
        return {name: field for name, field in super().submitted().items() if f"base_{name}" in self.data}

    @property
    def head(self) -> Iterator[tuple[forms.BoundField, Dispute | None]]:
        return self.rows_of(HEAD)

    @property
    def classes(self) -> Iterator[tuple[forms.BoundField, Dispute | None]]:
        return self.rows_of(WEIGHT + row.element.id for row in self._rows)


def _weight_field(row: Row | Stated) -> forms.ChoiceField:
    proposed = Weight(row.suggested).label
    choices = [("", _("as proposed: %s") % proposed), *Weight.choices]
    return forms.ChoiceField(label=name(row.element), choices=choices, required=False)
