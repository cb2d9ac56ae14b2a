"""What a registration's state means for the person: a heading, what happens next, and the button to press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import queries, rules
from .choices import EventState
from .choices import RegistrationState as State
from .standing import EVERYBODY

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Registration


@dataclass(frozen=True, slots=True)
class Standing:
    """``act`` is what the button does (``confirm``, ``accept``), if there is one; ``kind`` is the look of the note."""

    title: str
    text: str
    kind: str = "info"
    act: str = ""
    button: str = ""


def standing_of(registration: Registration, now: datetime) -> Standing:
    """How it stands with somebody's registration."""
    event = registration.event
    if registration.anonymised_at:
        return Standing(_("Your data are deleted"), _("Only a number is left in our figures; nothing leads to you."))
    if event.state == EventState.CANCELLED:
        return Standing(_("This event is cancelled"), event.reason or _("It does not take place."), "warning")
    if event.starts_at and event.starts_at <= now and registration.is_active:
        return _afterwards(registration, now)
    if registration.is_active and not registration.is_expired(now) and not registration.confirmed_at:
        return _to_confirm(registration)
    state = State.EXPIRED if registration.is_expired(now) else State(registration.state)
    verdict = rules.may_answer_registration(EVERYBODY, registration, now)
    if state == State.EXPIRED and not verdict:
        return Standing(_("The time is over"), str(verdict.reason), "warning")
    return WORDS[state](registration)


def _to_confirm(registration: Registration) -> Standing:
    texts = {
        State.UNCONFIRMED: _("The seat is held for you until %s. Press the button, and the organiser decides on it.")
        if registration.event.needs_approval
        else _("The seat is held for you until %s. Press the button, and it is yours."),
        State.HELD_BACK: _("No seat is held for you yet. Press the button, and you get one if one is left."),
        State.WAITING: _("Not enough seats are free. Press the button by %s to keep your place on the waiting list.")
        if registration.seats > 1
        else _("All seats are taken. Press the button by %s to keep your place on the waiting list."),
    }
    text = texts.get(State(registration.state), _("Press the button, so that we know the address is yours."))
    until = registration.expires_at and timezone.localtime(registration.expires_at)
    text = text % date_format(until, "TIME_FORMAT") if until and "%s" in text else text
    return Standing(_("Please confirm"), text, "warning", "confirm", _("Yes, I want to come"))


def _afterwards(registration: Registration, now: datetime) -> Standing:
    if not registration.event.is_over(now):
        return Standing(_("The event is on"), _("Nothing can be changed any more."))
    return Standing(_("The event is over"), _("Below you see what we still keep and until when."))


def _confirmed(registration: Registration) -> Standing:
    text = ngettext("One seat is yours.", "%(count)d seats are yours.", registration.seats)
    return Standing(_("You are registered"), text % {"count": registration.seats}, "success")


def _pending(registration: Registration) -> Standing:
    text = _("%s accepts each registration itself and writes to you. Until then a seat is held for you.")
    return Standing(_("The organiser looks at it"), text % registration.event.organisation)


def _waiting(registration: Registration) -> Standing:
    before = queries.waiting_before(registration)
    place = ngettext(
        "One registration stands before yours.", "%(count)d registrations stand before yours.", before
    ) % {"count": before}  # fmt: skip
    text = _("You are the first.") if not before else place
    sentences = [text, _("We write to you as soon as a seat becomes free.")]
    if registration.seats > 1:
        sentences.append(fewer_seats())
    return Standing(_("You are on the waiting list"), " ".join(sentences))


def fewer_seats() -> str:
    """What several people who wait together can do."""
    return _("If fewer seats are enough for you, change the registration: fewer are free sooner, perhaps at once.")


def _offered(registration: Registration) -> Standing:
    until = date_format(timezone.localtime(registration.expires_at), "DATETIME_FORMAT")
    text = _("It is kept for you until %s. After that it goes to the next.") % until
    return Standing(_("A seat has become free for you"), text, "warning", "accept", _("Yes, I take the seat"))


def _expired(registration: Registration) -> Standing:
    text = _("The seat is no longer held for you. Press the button: you get one if one is free, else you wait in line.")
    return Standing(_("The time is over"), text, "warning", "confirm", _("I still want to come"))


def _ended(registration: Registration) -> Standing:
    texts = {
        State.CANCELLED: (_("You have cancelled"), _("The seat goes to somebody else. Thank you for telling us.")),
        State.DECLINED: (_("You have declined the seat"), _("It goes to somebody else. Thank you for telling us.")),
        State.REJECTED: (_("You have no seat"), _("The organiser could not accept your registration.")),
    }
    return Standing(*texts[State(registration.state)])


WORDS = {
    State.CONFIRMED: _confirmed, State.PENDING: _pending, State.WAITING: _waiting, State.OFFERED: _offered,
    State.EXPIRED: _expired, State.CANCELLED: _ended, State.DECLINED: _ended, State.REJECTED: _ended,
    State.UNCONFIRMED: _to_confirm, State.HELD_BACK: _to_confirm,
}  # fmt: skip
