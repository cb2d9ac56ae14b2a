"""What the search knows of events and series: those that are public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from andock.organisations.documents import places_of, topics_of
from andock.organisations.queries import the_region
from andock.search.services import renew
from andock.search.source import Entry, Kind, Source

from . import queries
from .lines import kind_of

if TYPE_CHECKING:
    from .models import Event, Series

NAME = "events"
EVENT, SERIES = "event", "series"


def groups() -> Iterator[str]:
    yield from (f"{EVENT}:{pk}" for pk in queries.public_events().values_list("pk", flat=True).iterator())
    yield from (f"{SERIES}:{pk}" for pk in queries.public_series().values_list("pk", flat=True).iterator())


def make(group: str) -> Iterator[Entry]:
    """One event or one series."""
    what, pk = group.split(":")
    if what == EVENT:
        yield from (_event(found) for found in queries.searched_events().filter(pk=pk))
    else:
        yield from (_series(found) for found in queries.public_series().filter(pk=pk))


def _event(event: Event) -> Entry:
    return Entry(
        key=f"{EVENT}:{event.pk}",
        kind="event",
        url=reverse("events:event", args=[event.slug]),
        title=event.title,
        text="\n".join(filter(None, (event.summary, event.text, *_programme(event)))),
        also=" ".join(filter(None, _also(event))),
        places=places_of(event.municipality),
        topics=topics_of(event.terms.all()),
        year=event.first_day.year,
    )


def _programme(event: Event) -> Iterator[str]:
    for item in event.programme.all():
        yield from filter(None, (item.title, item.speakers, item.text))


def _also(event: Event) -> Iterator[str]:
    yield kind_of(event, the_region())
    yield from (event.venue, event.town, event.host, event.organisation.name)
    yield event.municipality.name if event.municipality else ""
    yield event.series.title if event.series else ""
    yield from map(str, event.terms.all())


def _series(series: Series) -> Entry:
    return Entry(
        key=f"{SERIES}:{series.pk}",
        kind="series",
        url=reverse("events:series", args=[series.slug]),
        title=series.title,
        text=series.text,
        also=series.organisation.name,
    )


def renew_event(event: Event) -> None:
    """Let the search find the event as it is now, and its series, which is public while one of its events is."""
    groups = [f"{EVENT}:{event.pk}"]
    if event.series_id:
        groups.append(f"{SERIES}:{event.series_id}")
    renew(NAME, *groups)


def renew_left_series(pk: int) -> None:
    """A series that an event has left: perhaps it has none any more that is public."""
    renew(NAME, f"{SERIES}:{pk}")


def renew_series(series: Series) -> None:
    """As its events name it too, they are told as well."""
    events = series.events.values_list("pk", flat=True)
    renew(NAME, f"{SERIES}:{series.pk}", *(f"{EVENT}:{pk}" for pk in events))


SOURCE = Source(
    name=NAME,
    kinds={"event": Kind(_("Event"), _("Events")), "series": Kind(_("One series of events"), _("Series of events"))},
    groups=groups,
    make=make,
)
