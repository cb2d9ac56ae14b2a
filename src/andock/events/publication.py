"""What does not fit together in an event, and what it lacks before everybody may see it. Reads nothing but the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .choices import ATTENDANCES, WITHOUT_REGISTRATION, Attendance, Door, Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .models import Event

Problem = tuple[str, str]
"""The field and the sentence that helps."""


def contradictions(event: Event) -> Iterator[Problem]:
    """What the tables refuse, in words; must hold for drafts too."""
    if event.door == Door.HERE:
        yield from _no_registration_possible(event)
    if event.door == Door.ELSEWHERE and not event.door_url:
        yield "door_url", _("Please give the address of the page where people register.")
    if event.opens_at and event.closes_at and event.closes_at <= event.opens_at and not event.rests:
        yield "closes_at", _("Registration closes before it opens.")
    if event.starts_at and event.closes_at and event.closes_at > event.starts_at:
        yield "closes_at", _("Registration must close before the event begins. Left empty, it closes at the beginning.")
    if event.starts_at and event.opens_at and event.opens_at >= event.starts_at:
        yield "opens_at", _("Registration would open only after the event has begun.")


def lacks(event: Event, now: datetime) -> list[tuple[str, str]]:
    """What is missing before the event may be published: the section and the sentence."""
    return [(_SECTIONS.get(field, "registration"), sentence) for field, sentence in contradictions(event)] + [
        *_lacks_place(event, now),
        *_lacks_for_registration(event, now),
    ]


def is_without_room(event: Event, now: datetime) -> bool:
    """Whether people register to attend online and there is no link for them yet. It may follow, so it hinders nothing."""
    is_online = Attendance.ONLINE in ATTENDANCES[Format(event.format)]
    return is_online and event.door == Door.HERE and not event.online_url and not event.is_over(now)


def _no_registration_possible(event: Event) -> Iterator[Problem]:
    if event.starts_at is None:
        yield "time", _("People register here, so they need to know the time: give day and time, or choose that nobody registers.")  # fmt: skip
    if event.kind in WITHOUT_REGISTRATION:
        yield "kind", _("Nobody registers for a date of this kind. Choose another kind, or that nobody registers.")
    if event.format == Format.UNKNOWN:
        yield "format", _("People register here, so they need to know whether they come on site or online.")


def _lacks_place(event: Event, now: datetime) -> Iterator[Problem]:
    if event.is_over(now) or event.kind in WITHOUT_REGISTRATION:
        return
    if event.format == Format.UNKNOWN:
        yield "where", _("Does it take place on site or online?")
    if Attendance.ROOM in ATTENDANCES[Format(event.format)] and not (event.venue or event.town):
        yield "where", _("Where does it take place? Name the place or the town.")


def _lacks_for_registration(event: Event, now: datetime) -> Iterator[Problem]:
    if event.door != Door.HERE:
        return
    if event.is_over(now):
        yield "registration", _("It is over, so nobody can register any more. Past events may be shown without registration.")  # fmt: skip
    if not event.contact_email:
        yield "what", _("Which office mailbox answers questions? People who register need one.")


_SECTIONS = {"time": "when", "kind": "what", "format": "where"}
