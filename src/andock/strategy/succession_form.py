"""The form of an act of succession. Used by the view; the services decide what is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import parse_date
from andock.organisations.choices import OrganisationKind, SuccessionKind
from andock.organisations.queries import organisations

from .choices import AfterSuccession

if TYPE_CHECKING:
    from collections.abc import Collection

# A new body in place of an old one is a new key or a merger; a new name alone has a page of its own.
KINDS = [choice for choice in SuccessionKind.choices if choice[0] != SuccessionKind.RENAMED]

EVERYBODY = organisations().exclude(kind=OrganisationKind.REGION).order_by("name")


class _Named:
    """Municipalities by name, the others with what they are."""

    def label_from_instance(self, organisation: Any) -> str:
        is_municipality = organisation.kind == OrganisationKind.MUNICIPALITY
        return organisation.name if is_municipality else f"{organisation.name} ({organisation.get_kind_display()})"


class OneOrganisation(_Named, forms.ModelChoiceField):
    """A choice of one organisation."""


class Organisations(_Named, forms.ModelMultipleChoiceField):
    """A choice of several organisations."""

    widget = forms.CheckboxSelectMultiple


class SuccessionForm(forms.Form):
    """Who follows whom, from when on, and what becomes of the docking."""

    kind = forms.ChoiceField(label=_("What happened"), choices=KINDS, widget=forms.RadioSelect)
    date = forms.CharField(
        label=_("From which day on"), max_length=40,
        help_text=_("2027-01-01; where only less is known 2027-01, 2027 or [..2027] (in 2027 at the latest)."),
    )  # fmt: skip
    successor = OneOrganisation(
        label=_("Successor"), queryset=EVERYBODY,
        help_text=_("The organisation that takes the place. A new one is loaded with the region's files first."),
    )  # fmt: skip
    predecessors = Organisations(
        label=_("Predecessors"), queryset=EVERYBODY,
        help_text=_("All that end with this act."),
    )  # fmt: skip
    docking = forms.ChoiceField(
        label=_("What becomes of their docking"), choices=AfterSuccession.choices, widget=forms.RadioSelect,
        help_text=_("A successor takes over nothing by itself. The predecessors' time stays in the record either way."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=500,
        help_text=_("Where this is documented: the address of the law, contract or announcement, or its name and date."),
    )  # fmt: skip

    def clean_date(self) -> str:
        try:
            return parse_date(self.cleaned_data["date"]).text
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        sentence = _wrong_number(values.get("kind", ""), values.get("predecessors", ()))
        if sentence:
            self.add_error("predecessors", sentence)
        return values


def _wrong_number(kind: str, predecessors: Collection[Any]) -> str:
    """The sentence where the number of predecessors does not fit the kind of the act."""
    if kind == SuccessionKind.MERGER and len(predecessors) == 1:
        return gettext("Two or more merge. If one joined an organisation that was there before, choose that above.")
    if kind in {SuccessionKind.SPLIT, SuccessionKind.NEW_KEY} and len(predecessors) > 1:
        return gettext("Here it is one predecessor. Record another act for each further one.")
    return ""
