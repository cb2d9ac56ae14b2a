"""Who keeps events, who sees drafts and participants, and when people may register, change and cancel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import Role

from .choices import Attendance, Door, EventState, RegistrationState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from .models import Event, Registration

    Actor = User | AnonymousUser

KEEPERS = frozenset({Role.MUNICIPAL_EDITOR, Role.MUNICIPAL_RELEASER, Role.AGENCY_EDITOR})
CHECK_IN_OPENS = timedelta(hours=24)
"""How long before the beginning."""


def may_keep_events(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers write, publish and cancel its events; the agency's its own."""
    if holds(actor, KEEPERS, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s keep its events. Please ask one of them.") % organisation)


def may_see_event(actor: Actor, event: Event) -> Verdict:
    """Everybody once it is published; a draft only the organiser's people."""
    if event.is_public or holds(actor, set(Role), event.organisation):
        return ALLOWED
    return denied(_("This event is not published yet. Only people of %s see it.") % event.organisation)


def may_edit_event(actor: Actor, event: Event) -> Verdict:
    """As ``may_keep_events``; what is cancelled stays as it is."""
    if event.state == EventState.CANCELLED:
        return denied(_("This event is cancelled and stays as it is. Copy it to plan it anew."))
    return may_keep_events(actor, event.organisation)


def may_publish_event(actor: Actor, event: Event) -> Verdict:
    if event.state != EventState.DRAFT:
        return denied(_("This event is published already."))
    return may_keep_events(actor, event.organisation)


def may_cancel_event(actor: Actor, event: Event) -> Verdict:
    """Cancel or postpone: what is published and not over."""
    if event.state == EventState.DRAFT:
        return denied(_("Nobody knows of this draft yet. Change or delete it instead."))
    if event.is_over(timezone.now()):
        return denied(_("This event is over, so it cannot be cancelled or postponed any more."))
    return may_edit_event(actor, event)


def may_delete_event(actor: Actor, event: Event) -> Verdict:
    """Only what nobody outside could know of."""
    if event.state != EventState.DRAFT:
        return denied(_("People know of this event, so it stays. Cancel it instead: everybody then reads why."))
    return may_keep_events(actor, event.organisation)


def may_see_participants(actor: Actor, event: Event) -> Verdict:
    """Names and addresses are for those who run the event, not even for the agency or other towns."""
    if holds(actor, KEEPERS, event.organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s see who comes.") % event.organisation)


def may_enter_participants(actor: Actor, event: Event) -> Verdict:
    """Enter somebody by hand, before the event, at the door or afterwards."""
    if event.state == EventState.CANCELLED:
        return denied(_("This event is cancelled."))
    if event.rests:
        return denied(no_date_yet())
    if event.state != EventState.PUBLISHED or event.door != Door.HERE:
        return denied(_("People do not register for this event here, so there is no list to enter them in."))
    return may_see_participants(actor, event)


def may_decide_registration(actor: Actor, registration: Registration, now: datetime | None = None) -> Verdict:
    """Accept or reject somebody who waits for the organiser's yes."""
    if registration.state != RegistrationState.PENDING:
        return denied(_("This registration is “%s”, so there is nothing to decide.") % registration.get_state_display())
    return _may_still_change(actor, registration.event, now or timezone.now())


def may_cancel_for(actor: Actor, registration: Registration, now: datetime | None = None) -> Verdict:
    """Cancel for somebody who said so on the telephone."""
    if not registration.is_active:
        return denied(_("This registration is “%s” already.") % registration.get_state_display())
    return _may_still_change(actor, registration.event, now or timezone.now())


def _may_still_change(actor: Actor, event: Event, now: datetime) -> Verdict:
    if event.state == EventState.CANCELLED:
        return denied(_("This event is cancelled."))
    if event.is_over(now):
        return denied(_("This event is over. You can still record who came."))
    return may_see_participants(actor, event)


def may_check_in(actor: Actor, event: Event, now: datetime | None = None) -> Verdict:
    """Record who came, from the day before; afterwards too, because reports from the door may be late."""
    if event.state == EventState.CANCELLED:
        return denied(_("This event is cancelled."))
    if event.state != EventState.PUBLISHED or event.door != Door.HERE or event.starts_at is None:
        return denied(_("People do not register for this event here, so nobody is checked in."))
    if (now or timezone.now()) < event.starts_at - CHECK_IN_OPENS:
        return denied(_("Check-in opens on %s.") % _moment(event.starts_at - CHECK_IN_OPENS))
    return may_see_participants(actor, event)


def may_register(actor: Actor, event: Event, now: datetime | None = None) -> Verdict:
    """Everybody, from when registration opens until it closes. Whether a seat is free is another question."""
    now = now or timezone.now()
    if event.state == EventState.CANCELLED:
        return denied(_("This event is cancelled."))
    if event.state != EventState.PUBLISHED or event.door != Door.HERE or event.starts_at is None:
        return denied(no_date_yet() if event.rests else _("Nobody needs to register for this event here."))
    if event.opens_at and now < event.opens_at:
        return denied(_("Registration opens on %s.") % _moment(event.opens_at))
    if event.starts_at <= now:
        return denied(_("This event began on %s, so registration is over.") % _moment(event.starts_at))
    if event.closes_at and event.closes_at <= now:
        return denied(_("Registration closed on %s. Please write to the organiser.") % _moment(event.closes_at))
    return ALLOWED


def may_answer_registration(actor: Actor, registration: Registration, now: datetime | None = None) -> Verdict:
    """Whoever has the link: confirm, change, cancel, take or decline an offered seat, until the event begins.

    Who let the time to confirm pass has nothing yet, and so comes like anybody else: while registration is open.
    """
    now = now or timezone.now()
    event = registration.event
    if registration.anonymised_at:
        return may_have_data(actor, registration)
    if event.state == EventState.CANCELLED:
        return denied(_("This event is cancelled."))
    if event.starts_at <= now if event.starts_at else event.is_over(now):
        return denied(_("This event has begun or is over, so nothing can be changed any more."))
    if registration.state in FINISHED:
        return denied(_("This registration is “%s”. You may register anew.") % registration.get_state_display())
    if registration.state == RegistrationState.EXPIRED and not registration.confirmed_at:
        return may_register(actor, event, now)
    return ALLOWED


def may_enter_room(actor: Actor | None, registration: Registration) -> Verdict:
    """The link to the online room is for those who are registered for sure and attend online; ``actor`` has their link."""
    is_online = registration.allotment.attendance == Attendance.ONLINE
    if registration.event.state == EventState.CANCELLED:
        return denied(_("This event is cancelled."))
    if registration.state == RegistrationState.CONFIRMED and is_online:
        return ALLOWED
    return denied(_("The link to the online room is only for those who are registered to attend online."))


def may_have_data(actor: Actor, registration: Registration) -> Verdict:
    """Whoever has the link: see what we hold about them, take it along, have it deleted; at any time."""
    if registration.anonymised_at:
        return denied(_("Nothing personal is kept of this registration any more."))
    return ALLOWED


def no_date_yet() -> str:
    """Why nobody registers for what is put off to a day not known yet."""
    return _("The new date is not known yet. Registration opens again as soon as it is.")


FINISHED = frozenset({RegistrationState.CANCELLED, RegistrationState.DECLINED, RegistrationState.REJECTED})


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
