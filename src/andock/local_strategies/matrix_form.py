"""The filter above the matrix. Its field names are German: they stand in shared addresses."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.organisations.queries import districts, terms

from .matrix import Chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.organisations.models import District, Term

SIZES = {
    "bis-10000": _("below 10,000 people"),
    "bis-25000": _("10,000 to 25,000 people"),
    "bis-50000": _("25,000 to 50,000 people"),
    "ab-50000": _("50,000 people and more"),
}


def _by_vocabulary(topics: Mapping[str, Term]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Topics and fields of action apart: a word may stand in both."""
    groups = groupby(topics.items(), key=lambda item: str(item[1].get_vocabulary_display()))
    return [(label, [(key, str(term)) for key, term in found]) for label, found in groups]


class MatrixFilter(forms.Form):
    """By topic, district and size. Unknown values are ignored, a link never breaks."""

    marks_optional = False

    thema = forms.ChoiceField(label=_("Topic"), required=False)
    kreis = forms.ChoiceField(label=_("District"), required=False)
    groesse = forms.ChoiceField(label=_("Size"), required=False, choices=[("", _("All sizes")), *SIZES.items()])

    def __init__(self, data: Any) -> None:
        super().__init__(data or None)
        self.topics: dict[str, Term] = {term.key: term for term in terms()}
        self.districts: dict[str, District] = {found.organisation.slug: found for found in districts()}
        self._choices("thema", _("All topics"), _by_vocabulary(self.topics))
        named = [(slug, found.organisation.name) for slug, found in self.districts.items()]
        self._choices("kreis", _("All districts"), named)

    def _choices(self, name: str, every: Any, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "Both are lists."
        field.choices = [("", every), *choices]

    def chosen(self) -> Chosen:
        """The values that make sense."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        return Chosen(
            self.topics.get(values.get("thema", "")), self.districts.get(values.get("kreis", "")),
            values.get("groesse", ""),
        )  # fmt: skip
