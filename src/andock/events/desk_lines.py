"""An event in a line of the desk, and its sections in a sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .choices import Attendance, Door
from .publication import lacks
from .queries import allotments_of
from .rules import no_date_yet
from .timing import timing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from .models import Allotment, Event


@dataclass(frozen=True, slots=True)
class Line:
    """An event with its date in words and how full it is."""

    event: Event
    when: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A section of an event: the name of its address, its title, and what stands in it."""

    url_name: str
    title: str
    text: str


def line(event: Event) -> Line:
    """The allotments must be at hand."""
    full = tuple(_fullness(found) for found in allotments_of(event)) if event.door == Door.HERE or event.rests else ()
    return Line(event, str(timing_of(event)), full)


COUNTED = ("questions", "programme", "documents", "terms", "elements")


def summaries(event: Event) -> list[Summary]:
    counts = {name: getattr(event, name).count() for name in COUNTED}
    found = (
        ("edit_what", _("What it is about"), ", ".join(filter(None, (event.get_kind_display(), event.summary)))),
        ("edit_when", _("When"), str(timing_of(event))),
        ("edit_where", _("Where, accessibility, online room"), _place(event)),
        ("edit_about", _("Topics, passages, series"), _about(event, counts)),
        ("edit_registration", _("Registration and reminders"), " ".join(_registration(event))),
        ("edit_questions", _("Your own questions"), _number(counts["questions"])),
        ("edit_programme", _("Programme"), _number(counts["programme"])),
        ("edit_documents", _("Documents"), _number(counts["documents"])),
    )
    return [Summary(*one) for one in found]


def missing(event: Event, now: datetime) -> list[tuple[str, str]]:
    """What it lacks before it can be published: the name of the section's address and the sentence."""
    return [(f"events:edit_{section}", sentence) for section, sentence in lacks(event, now)]


def _fullness(allotment: Allotment) -> str:
    words = {
        "way": Attendance(allotment.attendance).label, "taken": allotment.taken, "capacity": allotment.capacity,
        "waiting": allotment.waiting,
    }  # fmt: skip
    if allotment.capacity is None:
        return _("%(way)s: %(taken)d, no limit") % words
    if allotment.waiting:
        return _("%(way)s: %(taken)d of %(capacity)d, %(waiting)d waiting") % words
    return _("%(way)s: %(taken)d of %(capacity)d") % words


def _place(event: Event) -> str:
    parts = (event.get_format_display(), event.venue, event.street, f"{event.postal_code} {event.town}".strip())
    return ", ".join(filter(None, parts))


def _about(event: Event, counts: Mapping[str, Any]) -> str:
    topics = ngettext("%d topic", "%d topics", counts["terms"]) % counts["terms"]
    passages = ngettext("%d passage", "%d passages", counts["elements"]) % counts["elements"]
    return ", ".join(filter(None, (topics, passages, str(event.series or ""))))


def _registration(event: Event) -> Iterator[str]:
    yield no_date_yet() if event.rests else f"{event.get_door_display()}."
    if event.door == Door.HERE:
        yield f"{'; '.join(line(event).seats)}."
        if count := len(event.reminders.all()):
            yield ngettext("%d reminder.", "%d reminders.", count) % count


def _number(count: int) -> str:
    return str(count) if count else _("none")
