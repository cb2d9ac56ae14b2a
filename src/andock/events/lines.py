"""Events as lists show them: one line each, under the month they fall in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .choices import Format
from .dating import Sheet, When, heading, sheet, when
from .standing import mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andock.design.choices import Mark
    from andock.organisations.models import Region

    from .models import Event


@dataclass(frozen=True, slots=True)
class Line:
    """An event with the words around it."""

    event: Event
    kind: str
    when: When
    sheet: Sheet
    place: str
    organiser: str
    mark: Mark | None = None


def line(event: Event, region: Region | None, now: datetime | None = None) -> Line:
    """With its standing, if ``now`` is given; then its seats must be at hand."""
    return Line(
        event=event,
        kind=kind_of(event, region),
        when=when(event),
        sheet=sheet(event),
        place=place_of(event),
        organiser=organiser_of(event),
        mark=mark(event, now),
    )


def lines(events: Iterable[Event], region: Region | None, now: datetime | None = None) -> list[Line]:
    return [line(event, region, now) for event in events]


def lines_by_month(
    events: Iterable[Event], region: Region | None, now: datetime | None
) -> list[tuple[str, list[Line]]]:
    """The lines of events in order, under their months."""
    return [(words, lines(found, region, now)) for words, found in groupby(events, key=heading)]


def kind_of(event: Event, region: Region | None) -> str:
    """What sort of date it is, in the region's own word where it has one."""
    return (region.label(f"event_{event.kind}") if region else "") or event.get_kind_display()


def organiser_of(event: Event) -> str:
    """Who holds it; empty for a town in its own town, which the place names already."""
    is_at_home = event.organisation_id == event.municipality_id and event.format != Format.ONLINE
    return event.host or ("" if is_at_home and place_of(event) else event.organisation.name)


def place_of(event: Event) -> str:
    """Where it is, as short as it can be said; empty where nothing is known."""
    here = ", ".join(part for part in (event.venue or event.street, event.town) if part)
    if event.format == Format.ONLINE:
        return _("online")
    if event.format == Format.HYBRID:
        return _("%(place)s and online") % {"place": here} if here else _("on site and online")
    return here
