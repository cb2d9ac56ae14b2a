"""The form above the solutions for a municipality. Its field names are German: they stand in shared addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from andock.organisations.queries import municipalities_on

from .. import queries
from ..choices import SettlementType
from ..fitting import Wish
from ..likeness import Criterion

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.http import QueryDict

WEIGHTS = {
    "g-groesse": Criterion.SIZE, "g-siedlung": Criterion.SETTLEMENT, "g-thema": Criterion.TOPIC,
    "g-bedingungen": Criterion.READY, "g-naehe": Criterion.NEARBY,
}  # fmt: skip
SETTLEMENTS = {"stadt": SettlementType.CITY, "kleinstadt": SettlementType.TOWN, "land": SettlementType.RURAL}
KEYS = ("kommune", "thema", "siedlung", *WEIGHTS)
"""Query keys of pages that are kept; with words of their own (``vorhanden``) they are made anew each time."""
WORDS = (
    pgettext_lazy("weight", "does not matter"), pgettext_lazy("weight", "a little"),
    pgettext_lazy("weight", "important"), pgettext_lazy("weight", "very important"),
)  # fmt: skip
USUAL = 2
MOST_WORDS = 10


class LikenessForm(forms.Form):
    """A municipality, what only it knows, and how much each question counts. Unknown values are ignored."""

    marks_optional = False

    kommune = forms.ChoiceField(label=_("Municipality"), required=False)
    thema = forms.ChoiceField(label=_("Topic"), required=False)
    siedlung = forms.ChoiceField(
        label=_("Settlement type"), required=False,
        choices=[("", _("not said")), *((key, value.label) for key, value in SETTLEMENTS.items())],
        help_text=_("As Eurostat tells three apart. This site has no data on it."),
    )  # fmt: skip
    vorhanden = forms.CharField(
        label=_("What you have already"), required=False, max_length=200,
        help_text=_("A few words with commas between them, such as: LoRaWAN, tree register"),
    )  # fmt: skip

    def __init__(self, data: QueryDict) -> None:
        super().__init__(dict.fromkeys(WEIGHTS, USUAL) | data.dict())  # a select shows what counts
        towns = municipalities_on(timezone.localdate())
        self.towns = {town.organisation.slug: town for town in towns}
        self.topics: dict[str, list[Any]] = {}
        for term in queries.terms_of_solutions():
            self.topics.setdefault(term.slug, []).append(term)
        names = {slug: town.organisation.name for slug, town in self.towns.items()}
        self._offer("kommune", _("Please choose"), names)
        self._offer("thema", _("All topics"), {slug: str(found[0]) for slug, found in self.topics.items()})
        for name, criterion in WEIGHTS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=criterion.label, choices=list(enumerate(WORDS)), coerce=int, required=False
            )
        self.is_valid()

    def _offer(self, name: str, every: Any, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "Both are lists."
        field.choices = [("", every), *choices.items()]

    @property
    def weights(self) -> list[BoundField]:
        return [self[name] for name in WEIGHTS]

    @property
    def is_weighed(self) -> bool:
        """Whether somebody has changed a weight, or sent one that is none."""
        is_wrong = any(name in self.errors for name in WEIGHTS)
        return is_wrong or any(weight != USUAL for weight in self._weights().values())

    @property
    def is_told_more(self) -> bool:
        """Whether somebody has said what only the municipality knows."""
        return any(self._value(name) or name in self.errors for name in ("siedlung", "vorhanden"))

    def wish(self) -> Wish | None:
        """What is asked for; None before a municipality is chosen."""
        town = self.towns.get(self._value("kommune"))
        if town is None:
            return None
        words = [word.strip() for word in self._value("vorhanden").split(",") if word.strip()]
        return Wish(
            municipality=town, weights=self._weights(), terms=self.topics.get(self._value("thema"), []),
            settlement=SETTLEMENTS.get(self._value("siedlung"), ""), has=tuple(words[:MOST_WORDS]),
        )  # fmt: skip

    def chosen(self) -> dict[str, Any]:
        """What makes sense of it, by its keys in the address."""
        return {name: value for name in self.fields if (value := self._value(name)) != ""}

    def _weights(self) -> dict[str, int]:
        chosen = {criterion: self._value(name) for name, criterion in WEIGHTS.items()}
        return {criterion: USUAL if weight == "" else weight for criterion, weight in chosen.items()}

    def _value(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name, "")
