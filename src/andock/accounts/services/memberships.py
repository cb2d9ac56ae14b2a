"""Changing and ending memberships, and naming deputies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.permissions import denied
from andock.notifications.services import send_message
from andock.organisations.choices import RELEASING_ROLES

from .. import rules
from ..models import Membership

if TYPE_CHECKING:
    from datetime import date

    from ..models import User


@transaction.atomic
def change_role(*, actor: User, membership: Membership, role: str) -> Membership:
    """End one role and begin another on the same day, so that both stay in the record. Raises ``Denied``."""
    membership = _locked(membership)
    rules.may_change_role(actor, membership, role).demand()
    if role == membership.role:
        return membership
    until = membership.until
    _end(membership, timezone.localdate())
    changed = _running(membership, role) or Membership.objects.create(
        user=membership.user, organisation=membership.organisation, role=role,
        since=timezone.localdate(), until=until, invited_by=actor,
    )  # fmt: skip
    _record(actor, "accounts.role_changed", changed, before=membership.role, role=role)
    _tell(changed, _("Your role in %s has changed") % membership.organisation)
    return changed


@transaction.atomic
def end_membership(
    *, actor: User, membership: Membership, last_day: date | None = None, reason: str = ""
) -> Membership:
    """End it after ``last_day``, or at once; deputies end with it.

    Raises ``Denied``, also for the last releaser of an organisation, whenever the end would come.
    """
    membership = _locked(membership)
    day = last_day + timedelta(days=1) if last_day else timezone.localdate()
    rules.may_end_membership(actor, membership, day).demand()
    _check_day(membership, day)
    _end(membership, day)
    _record(actor, "accounts.ended", membership, reason=reason, until=str(day))
    _tell(membership, _("Your membership in %s ends") % membership.organisation)
    return membership


@transaction.atomic
def name_deputy(*, actor: User, membership: Membership, deputy: User, since: date, last_day: date) -> Membership:
    """Let a colleague of the same organisation act in this role for a time. Raises ``Denied``."""
    rules.may_name_deputy(actor, membership).demand()
    _check_deputy(membership, deputy, since, last_day)
    named = Membership.objects.create(
        user=deputy, organisation=membership.organisation, role=membership.role, deputy_of=membership,
        since=since, until=last_day + timedelta(days=1), invited_by=actor,
    )  # fmt: skip
    _record(actor, "accounts.deputy_named", named, role=named.role, since=str(since), until=str(named.until))
    _tell(named, _("You are a deputy in %s") % membership.organisation)
    return named


def _locked(membership: Membership) -> Membership:
    """The membership as it is now, with all releasers of its organisation locked.

    Without the lock two releasers could leave at the same moment, each relying on the other.
    """
    releasers = Membership.objects.select_for_update().filter(
        organisation=membership.organisation_id, role__in=RELEASING_ROLES
    )
    list(releasers.order_by("pk").values_list("pk", flat=True))
    return Membership.objects.select_related("user", "organisation").get(pk=membership.pk)


def _check_day(membership: Membership, day: date) -> None:
    if day < timezone.localdate():
        denied(_("The last day lies in the past. Choose today or later.")).demand()
    if membership.until and day > membership.until:
        denied(_("This membership already ends earlier. Invite the person again to prolong it.")).demand()


def _check_deputy(membership: Membership, deputy: User, since: date, last_day: date) -> None:
    if deputy.pk == membership.user_id:
        denied(_("Nobody can be their own deputy. Choose a colleague.")).demand()
    if not deputy.holds(set(rules.roles_for(membership.organisation)), membership.organisation):
        denied(_("A deputy must already work for %s. Invite the person first.") % membership.organisation).demand()
    if last_day < since or last_day < timezone.localdate():
        denied(_("The last day lies before the first, or in the past. Please check the dates.")).demand()
    if membership.until and last_day >= membership.until:
        denied(_("A deputy cannot serve longer than the person deputised for. Choose an earlier last day.")).demand()


def _end(membership: Membership, day: date) -> None:
    """Set the end; what would begin only after its end never holds."""
    ended = Q(pk=membership.pk) | Q(deputy_of=membership.pk)
    for one in Membership.objects.filter(ended).filter(Q(until__isnull=True) | Q(until__gt=day)):
        Membership.objects.filter(pk=one.pk).update(until=max(day, one.since))
    membership.refresh_from_db(fields=["until"])


def _running(membership: Membership, role: str) -> Membership | None:
    return Membership.objects.filter(
        user=membership.user_id, organisation=membership.organisation_id, role=role, until=None
    ).first()


def _record(actor: User, action: str, membership: Membership, *, reason: str = "", **data: str) -> None:
    record(actor=actor, action=action, thing=membership, organisation=membership.organisation, reason=reason, data=data)


def _tell(membership: Membership, subject: str) -> None:
    """A short mail to the person concerned."""
    last_day = membership.last_day
    text = _("%(organisation)s: %(role)s, since %(since)s") % {
        "organisation": membership.organisation, "role": membership.get_role_display(),
        "since": membership.since.strftime("%d.%m.%Y"),
    }  # fmt: skip
    if last_day:
        text += _(", last day %s") % last_day.strftime("%d.%m.%Y")
    text += ".\n\n" + _("If you did not expect this, ask a releaser of your organisation.") + "\n"
    key = f"membership-{membership.pk}-{membership.role}-{membership.until}"
    send_message(to=membership.user.email, subject=subject, text=text, key=key)
