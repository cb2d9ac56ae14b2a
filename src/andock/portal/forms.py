"""The filter above the list of municipalities. Its field names are German: they stand in shared addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.design.choices import ROLES
from andock.organisations.queries import districts

if TYPE_CHECKING:
    from .queries import Entry


class MunicipalityFilter(forms.Form):
    """By name or postcode, district and role. Unknown values are ignored, a link never breaks."""

    marks_optional = False

    ort = forms.CharField(label=_("Name or postcode"), required=False, max_length=100)
    kreis = forms.ChoiceField(label=_("District"), required=False)
    rolle = forms.ChoiceField(label=_("Role"), required=False)

    am = forms.DateField(
        label=_("As on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: object) -> None:
        super().__init__(data or None)
        found = [(district.organisation.slug, district.organisation.name) for district in districts()]
        self.fields["kreis"].choices = [("", _("All districts")), *found]
        roles = [(name, label) for name, label in ROLES.items() if name != "supporter"]
        self.fields["rolle"].choices = [("", _("All roles")), *roles]

    def chosen(self) -> dict[str, Any]:
        """The values that make sense; the others as empty text."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        return {name: values.get(name, "") for name in self.fields}

    def accepts(self, entry: Entry) -> bool:
        """Whether a municipality passes district and role."""
        chosen = self.chosen()
        district = entry.municipality.organisation.district
        return (not chosen["kreis"] or (district is not None and district.organisation.slug == chosen["kreis"])) and (
            not chosen["rolle"] or entry.role == chosen["rolle"]
        )
