"""The words of every mail to somebody who registered: what has happened, when and where it is, what to do next.

A stranger may have typed somebody else's address, so nothing that was typed into the form stands in a mail before the
address is confirmed; and what a person typed is never a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.notifications.links import unlinked

from . import queries, rules
from .addresses import link_to, page_of
from .choices import Attendance, EventState, Occasion, RegistrationState
from .dating import moment, when
from .ical import has_entry
from .own_standing import fewer_seats
from .places import address

if TYPE_CHECKING:
    from datetime import datetime

    from .models import EventMessage, Registration


PLACEHOLDERS = ("name", "titel", "beginn", "ort", "link")
"""What organisers may write in braces; the words stand in their mails, so they are German in every language."""
GAP = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Letter:
    """``subject`` has a gap for the event's title; ``way`` names the link. ``has_facts`` says when and where it is."""

    subject: str
    text: str
    way: str = ""
    closing: str = ""
    to_event: bool = False
    """The link leads to the event's page, not to the own registration."""


def letter(registration: Registration, occasion: Occasion, now: datetime) -> tuple[str, str]:
    """Subject and text, in the language that is active."""
    found = LETTERS[occasion](registration, now)
    event = registration.event
    link = page_of(event) if found.to_event else link_to(registration)
    way = f"{found.way}:\n{link}" if found.way else ""
    dates = further_dates(registration) if occasion == Occasion.CONFIRM else ""
    blocks = [greeting(registration), found.text, facts(registration), dates, way, found.closing, foot(registration)]
    return found.subject % event.title, "\n\n".join(block for block in blocks if block) + "\n"


def greeting(registration: Registration) -> str:
    if registration.is_known and registration.name:
        return _("Hello %s,") % unlinked(registration.name)
    return _("Hello,")


def facts(registration: Registration) -> str:
    """When, where, with how many seats; for confirmed people the code for the door, or the online room."""
    event = registration.event
    rows = [(_("Event"), event.title), (_("When"), str(when(event))), (_("Where"), where_of(registration))]
    if registration.is_known and registration.seats > 1:
        rows.append((_("Seats"), str(registration.seats)))
    if is_coming(registration) and registration.allotment.attendance == Attendance.ROOM:
        rows.append((_("Your code at the door"), registration.code))
    if room := room_of(registration) or room_to_come(registration):
        rows.append((_("Online room"), room))
    return "\n".join(f"{name}: {value}" for name, value in rows if value)


def further_dates(registration: Registration) -> str:
    """The other dates of a series that were filled in with this one; its link confirms them too."""
    others = [f"{when(other.event)}: {other.event.title}" for other in queries.filled_in_together(registration)]
    return "\n".join([_("With the same link you confirm these dates too:"), *others]) if others else ""


def own_words(registration: Registration, message: EventMessage) -> tuple[str, str]:
    """What the organiser writes, with its gaps filled."""
    values = values_of(registration)
    way = f"{_('See, change or cancel the registration')}:\n{link_to(registration)}"
    text = "\n\n".join([fill(message.text, values), way, foot(registration)])
    return fill(message.subject, values), text + "\n"


def values_of(registration: Registration) -> dict[str, str]:
    """What may stand in the gaps of the organiser's own words, by the words of ``PLACEHOLDERS``: plain text, no more."""
    event = registration.event
    begins = moment(event.starts_at) if event.starts_at else str(when(event))
    values = [unlinked(registration.name), event.title, begins, where_of(registration), link_to(registration)]
    return dict(zip(PLACEHOLDERS, values, strict=True))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values into their gaps, once: a gap inside a value stays as it is. Raises ``KeyError`` for another word."""
    return GAP.sub(lambda found: values[found[1]], text)


def unknown_words(text: str) -> list[str]:
    """What stands in braces and is no placeholder."""
    return [word for word in dict.fromkeys(GAP.findall(text)) if word not in PLACEHOLDERS]


def room_of(registration: Registration) -> str:
    """The link to the online room, for whom it is meant; else nothing."""
    return registration.event.online_url if rules.may_enter_room(None, registration) else ""


def room_to_come(registration: Registration) -> str:
    """What whoever attends online for sure reads while there is no link yet; else nothing."""
    is_missing = is_coming(registration) and not registration.event.online_url
    if is_missing and rules.may_enter_room(None, registration):
        return _("The link is not known yet. We send it to you by mail.")
    return ""


def foot(registration: Registration) -> str:
    event = registration.event
    why = _("You get this mail because this address was registered for the event.")
    return f"-- \n{event.host or event.organisation.name}\n{why}"


def where_of(registration: Registration) -> str:
    """Where this person takes part."""
    if registration.allotment.attendance == Attendance.ONLINE:
        return registration.allotment.get_attendance_display()
    return address(registration.event)


# --- occasions ----------------------------------------------------------------------------------------------------------
def _confirm(registration: Registration, now: datetime) -> Letter:
    return Letter(
        _("Please confirm: %s"),
        _("Somebody has entered this address to register for an event. If it was you, please confirm it."),
        _("Confirm the registration"),
        _until(registration, now)
        + " "
        + _("If it was not you, you need not do anything: without a confirmation nobody is registered."),
    )


def _until(registration: Registration, now: datetime) -> str:
    if registration.state == RegistrationState.WAITING:
        if registration.seats > 1:
            return _(
                "Not enough seats are free together at the moment. When you have confirmed, you are on the waiting list."
            )
        return _("All seats are taken at the moment. When you have confirmed, you are on the waiting list.")
    if (
        registration.state == RegistrationState.UNCONFIRMED
        and registration.expires_at
        and registration.expires_at > now
    ):
        return _("Until %s we keep a seat for you.") % moment(registration.expires_at)
    return _("You get a seat when you confirm, if one is free by then.")


def _again(registration: Registration, now: datetime) -> Letter:
    standing = STANDING[RegistrationState(registration.state)]()
    if registration.is_known:
        text = _("Somebody has entered this address once more, but it is registered already. Nothing has changed.")
        return Letter(_("You are registered already: %s"), text, _("See, change or cancel the registration"), standing)
    text = _(
        "Somebody has entered this address once more. The first registration counts, and nothing of it has changed."
    )
    return Letter(_("Please confirm: %s"), text, _("Confirm the registration"), _not_yet())


def _not_yet() -> str:
    return _("It is not confirmed yet. If it was you, please do that now.")


STANDING: dict[RegistrationState, Callable[[], str]] = {
    RegistrationState.UNCONFIRMED: _not_yet,
    RegistrationState.HELD_BACK: _not_yet,
    RegistrationState.PENDING: lambda: _("The organiser still decides on it and will write to you."),
    RegistrationState.CONFIRMED: lambda: _("Your seat is safe. You need not do anything."),
    RegistrationState.WAITING: lambda: _("You are on the waiting list. We write to you when a seat is free."),
    RegistrationState.OFFERED: lambda: _("A seat is offered to you. Please take or decline it."),
}


def _confirmed(registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("You are registered: %s"),
        _("You are registered. We look forward to seeing you."),
        _("See, change or cancel the registration"),
        _joined(
            _("You cannot come after all? Then please cancel, so that somebody else gets the seat."),
            _("The calendar entry is attached.") if has_entry(registration.event) else "",
        ),
    )


def _pending(_registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("We have your request: %s"),
        _("Thank you, your address is confirmed. The organiser decides who can come and will write to you."),
        _("See, change or cancel the request"),
        _("A seat is kept for you until then. You need not do anything."),
    )


def _waiting(registration: Registration, _now: datetime) -> Letter:
    several = registration.seats > 1
    return Letter(
        _("You are on the waiting list: %s"),
        _("Not enough seats are free together at the moment. You are on the waiting list.")
        if several
        else _(
            "All seats are taken at the moment. You are on the waiting list; who came first gets a free seat first."
        ),
        _("See, change or cancel the registration"),
        _joined(
            _("We write to you as soon as a seat is free for you. You need not do anything."),
            fewer_seats() if several else "",
        ),
    )


def _offered(registration: Registration, _now: datetime) -> Letter:
    until = moment(registration.expires_at) if registration.expires_at else ""
    return Letter(
        _("A seat is free for you: %s"),
        _("A seat is free for you. Until %s you can take it or decline it.") % until,
        _("Take or decline the seat"),
        _("After that it goes to the next person on the waiting list."),
    )


def _lapsed(_registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("Your seat was passed on: %s"),
        _("A seat was kept for you, but we did not hear from you in time. It went to the next person."),
        _("To the event, to register anew"),
        to_event=True,
    )


def _rejected(registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("No seat this time: %s"),
        _joined(_("We are sorry: the organiser could not accept your request."), registration.reason),
        _("To the event"),
        _("If you have questions, please ask the organiser."),
        to_event=True,
    )


def _cancelled(registration: Registration, _now: datetime) -> Letter:
    is_declined = registration.state == RegistrationState.DECLINED
    return Letter(
        _("Declined: %s") if is_declined else _("Registration cancelled: %s"),
        _("You have declined the seat. It goes to the next person.")
        if is_declined
        else _joined(_("Your registration is cancelled."), registration.reason),
        _("To the event, to register anew"),
        to_event=True,
    )


def _changed(registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("Registration changed: %s"),
        _("Your registration is changed. This holds now:"),
        _("See, change or cancel the registration"),
        _new_entry(registration),
    )


def _event_changed(registration: Registration, _now: datetime) -> Letter:
    event = registration.event
    old = _("It was planned for %s.") % event.postponed_from if event.postponed_from else ""
    return Letter(
        _("Changed: %s"),
        _joined(_("Something about the event has changed."), old, event.reason),
        _("See, change or cancel the registration"),
        _joined(
            _("Your registration stays as it is. If it no longer suits you, please cancel."), _new_entry(registration)
        ),
    )


def _event_cancelled(registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("Does not take place: %s"),
        _joined(_("We are sorry: the event does not take place."), registration.event.reason),
        _("To the event"),
        _("You need not do anything. If you have questions, please ask the organiser."),
        to_event=True,
    )


def _room_moved(registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("New link to the online room: %s"),
        _("The online room has moved. Please use only this link from now on; the old one no longer leads there."),
        _("See, change or cancel the registration"),
        _joined(_("The link is for you. Please do not pass it on."), _new_entry(registration)),
    )


def _room_known(registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("Link to the online room: %s"),
        _("Here is the link with which you take part online."),
        _("See, change or cancel the registration"),
        _joined(_("The link is for you. Please do not pass it on."), _new_entry(registration)),
    )


def _reminder(_registration: Registration, _now: datetime) -> Letter:
    return Letter(
        _("Soon: %s"),
        _("This is a reminder of the event for which you are registered."),
        _("See, change or cancel the registration"),
        _("You cannot come after all? Then please cancel, so that somebody else gets the seat."),
    )


def _new_entry(registration: Registration) -> str:
    """What is said of the calendar entry that comes with a change."""
    if not is_coming(registration):
        return ""
    if has_entry(registration.event):
        return _("The calendar entry is attached; it replaces the old one.")
    return _("As soon as the new date is known, we write to you again.")


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def is_coming(registration: Registration) -> bool:
    return registration.state == RegistrationState.CONFIRMED and registration.event.state == EventState.PUBLISHED


LETTERS: dict[Occasion, Callable[[Registration, datetime], Letter]] = {
    Occasion.CONFIRM: _confirm,
    Occasion.AGAIN: _again,
    Occasion.CONFIRMED: _confirmed,
    Occasion.PENDING: _pending,
    Occasion.WAITING: _waiting,
    Occasion.OFFERED: _offered,
    Occasion.LAPSED: _lapsed,
    Occasion.REJECTED: _rejected,
    Occasion.CANCELLED: _cancelled,
    Occasion.CHANGED: _changed,
    Occasion.EVENT_CHANGED: _event_changed,
    Occasion.EVENT_CANCELLED: _event_cancelled,
    Occasion.ROOM_MOVED: _room_moved,
    Occasion.ROOM_KNOWN: _room_known,
    Occasion.REMINDER: _reminder,
}
