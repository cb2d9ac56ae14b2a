"""Inviting to dock: notes, a personal link by letter and mail, and its answer."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from andock.accounts.services import invitations as accounts
from andock.audit.services import record
from andock.organisations.choices import Role
from andock.strategy.admission import wrong_kind
from andock.strategy.field_lock import settle
from andock.strategy.queries import newest_period
from andock.strategy.services.docking import CannotDock

from .. import mail, rules
from ..choices import ApproachState
from ..models import Approach, PersonalInvitation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict, Submitted
    from andock.strategy.models import Framework

NOTES = ("state", "next_step", "next_step_on", "note")
VALID_FOR = timedelta(days=90)
FORGET_AFTER = timedelta(days=365)
GROUPS = 4


def notes_of(approach: Approach | None) -> dict[str, Any]:
    """Every field of the notes that is locked by itself; all empty before there are any."""
    if approach is None:
        return dict.fromkeys(NOTES, "")
    day = approach.next_step_on
    return {name: getattr(approach, name) for name in NOTES} | {"next_step_on": day.isoformat() if day else ""}


@transaction.atomic
def keep_notes(
    *, actor: User, organisation: Organisation, framework: Framework, fields: Mapping[str, Submitted]
) -> dict[str, Conflict]:
    """Write down how far the talks are; returns the fields somebody else changed at the same time. Raises ``Denied``."""
    rules.may_invite(actor, framework).demand()
    approach, is_new = _approach(organisation, framework)
    changes, conflicts = settle(notes_of(None if is_new else approach), fields)
    if changes:
        for name, value in changes.items():
            setattr(approach, name, (value or None) if name == "next_step_on" else value)
        approach.save()
        _leave_trace(actor, "approached", approach)
    return conflicts


@transaction.atomic
def invite(
    *,
    actor: User,
    organisation: Organisation,
    framework: Framework,
    addressee: str,
    email: str,
    as_releaser: bool = False,
) -> PersonalInvitation:
    """Send a personal link; with ``as_releaser`` the same person is invited to act for the organisation here.

    An older link stops working. Raises ``Denied``, ``CannotDock`` or ``AlreadyMember``.
    """
    rules.may_invite(actor, framework).demand()
    _check_outside(organisation, framework)
    approach, _is_new = _approach(organisation, framework)
    if approach.state == ApproachState.DECLINED:
        approach.state = ApproachState.INVITED
    approach.save()
    now = timezone.now()
    approach.invitations.filter(revoked_at=None).update(revoked_at=now)
    invitation = PersonalInvitation(
        approach=approach, addressee=addressee, email=email, created_at=now, expires_at=now + VALID_FOR
    )
    token = _token(invitation, settings.SECRET_KEY)
    invitation.token_hash = _hash(token)
    invitation.save()
    _leave_trace(actor, "invited", approach)
    mail.invited(invitation, token)
    if as_releaser:
        accounts.invite(actor=actor, email=email, organisation=organisation, role=Role.MUNICIPAL_RELEASER)
    return invitation


@transaction.atomic
def revoke(*, actor: User, invitation: PersonalInvitation) -> None:
    """Take a link back. Raises ``Denied``."""
    rules.may_invite(actor, invitation.approach.framework).demand()
    PersonalInvitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now())
    _leave_trace(actor, "link_revoked", invitation.approach)


@transaction.atomic
def show_interest(
    *, actor: User | AnonymousUser, invitation: PersonalInvitation, name: str, role: str, mailbox: str
) -> None:
    """The invited person says so; whoever answers again corrects the first answer. Raises ``Denied``."""
    invitation = (
        PersonalInvitation.objects.select_for_update(of=("self",))
        .select_related("approach__organisation", "approach__framework__owner")
        .get(pk=invitation.pk)
    )
    rules.may_answer(actor, invitation).demand()
    invitation.answer_name, invitation.answer_role, invitation.answer_mailbox = name, role, mailbox
    invitation.answered_at = timezone.now()
    invitation.save()
    approach = invitation.approach
    if approach.state != ApproachState.IN_TALKS:
        approach.state = ApproachState.INTERESTED
        approach.save()
    _leave_trace(None, "interested", approach, by_link=True)
    mail.interested(invitation)


def invitation_for(token: str) -> PersonalInvitation | None:
    """The invitation this link belongs to, open or not."""
    found = PersonalInvitation.objects.select_related("approach__organisation", "approach__framework__owner")
    return found.filter(token_hash=_hash(token.lower())).first()


def token_of(invitation: PersonalInvitation) -> str | None:
    """The token again, so that the letter can be printed; None once the key that made it is gone."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(invitation, key)
        if constant_time_compare(_hash(token), invitation.token_hash):
            return token
    return None


def forget_people(*, now: datetime) -> int:
    """Remove names and mailboxes of links that expired more than a year ago; that there was a link stays known."""
    return _old(now).update(addressee="", email="", answer_name="", answer_role="", answer_mailbox="")


def due(now: datetime) -> dict[str, int]:
    """How many rows ``forget_people`` would strip."""
    return {"people on expired invitations": _old(now).count()}


def _old(now: datetime) -> QuerySet[PersonalInvitation]:
    return PersonalInvitation.objects.filter(expires_at__lt=now - FORGET_AFTER).exclude(email="")


def _token(invitation: PersonalInvitation, key: str) -> str:
    """Short enough to type from paper: 95 bits in four groups, made from the site's key and from nothing stored alone.

    It begins with a digit, by which the logs know a key in an address and leave it out.
    """
    occasion = f"{invitation.approach_id} {invitation.created_at.isoformat()}"
    digest = salted_hmac("andock.register.invitation", occasion, secret=key, algorithm="sha256").digest()
    letters = "7" + base64.b32encode(digest).decode().lower()[: 5 * GROUPS - 1]
    return "-".join(letters[5 * group : 5 * group + 5] for group in range(GROUPS))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _approach(organisation: Organisation, framework: Framework) -> tuple[Approach, bool]:
    """The notes on an organisation and whether they begin now; their row locked to the end of the transaction."""
    made, is_new = Approach.objects.get_or_create(organisation_id=organisation.pk, framework=framework)
    rows = Approach.objects.select_for_update(of=("self",)).select_related("organisation", "framework__owner")
    return rows.get(pk=made.pk), is_new


def _check_outside(organisation: Organisation, framework: Framework) -> None:
    if sentence := wrong_kind(organisation):
        raise CannotDock(sentence)
    period = newest_period(organisation, framework)
    if period and not period.until_text:
        raise CannotDock(_("%(name)s takes part since %(date)s.") % {"name": organisation, "date": period.since})


def _leave_trace(actor: User | None, act: str, approach: Approach, **data: bool) -> None:
    record(
        actor=actor, action=f"register.{act}", thing=approach, organisation=approach.framework.owner,
        data={"organisation": approach.organisation.key, "state": str(approach.state), **data},
    )  # fmt: skip
