"""The filter above lists of events. Its field names are German: they stand in shared addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.kernel.text import without_control_characters
from andock.organisations.queries import organisation_by_address

from . import queries
from .choices import Format

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from .models import Event

PAST = "vergangen"
FORMATS = {"vor-ort": Format.ON_SITE, "online": Format.ONLINE, "hybrid": Format.HYBRID}
KEYS = ("kommune", "thema", "format", "reihe")


class EventFilter(forms.Form):
    """By municipality, topic, format and series. Unknown values are ignored, a link never breaks."""

    marks_optional = False

    kommune = forms.ChoiceField(label=_("Municipality"), required=False)
    thema = forms.ChoiceField(label=_("Topic"), required=False)
    format = forms.ChoiceField(label=_("Where"), required=False)
    reihe = forms.ChoiceField(label=_("Series"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data or None)
        self.is_past = data.get("zeit") == PAST
        slug = without_control_characters(data.get("kommune", ""))  # PostgreSQL can't be asked for a NUL
        place = organisation_by_address(slug) if slug else None
        places = {found.slug: found.name for found in queries.places_of_events()}
        self.place = place
        self._offer("kommune", _("All municipalities"), places | ({place.slug: place.name} if place else {}))
        self._offer("thema", _("All topics"), {term.slug: str(term) for term in queries.terms_of_events()})
        self._offer("format", _("On site or online"), {key: value.label for key, value in FORMATS.items()})
        self._offer("reihe", _("All series"), {found.slug: found.title for found in queries.public_series()})

    def _offer(self, name: str, every: Any, choices: dict[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "All are lists."
        field.choices = [("", every), *choices.items()]

    def chosen(self) -> dict[str, str]:
        """The values that make sense, by their keys in the address."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        return {name: values[name] for name in KEYS if values.get(name)}

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The events that fit."""
        chosen = self.chosen()
        if "kommune" in chosen and self.place:
            events = queries.events_in(events, self.place)
        if "thema" in chosen:
            events = events.filter(pk__in=queries.public_events().filter(terms__slug=chosen["thema"]).values("pk"))
        if "format" in chosen:
            events = events.filter(format=FORMATS[chosen["format"]])
        return events.filter(series__slug=chosen["reihe"]) if "reihe" in chosen else events
