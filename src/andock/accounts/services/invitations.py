"""Inviting people, and what becomes of it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.permissions import denied
from andock.kernel.text import without_control_characters

from .. import rules
from ..mail import send_invitation
from ..models import Invitation, Membership, User

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from andock.organisations.models import Organisation

VALID_FOR = timedelta(days=14)


class AlreadyMember(Exception):
    """The person already has this role here."""


@transaction.atomic
def invite(
    *, actor: User | None, email: str, organisation: Organisation, role: str, until: date | None = None
) -> tuple[Invitation, str]:
    """Offer a role to an address; mails the link and returns the invitation with its token.

    An older open invitation to the same role is revoked. ``actor`` is None for the command line.
    Raises ``Denied`` or ``AlreadyMember``.
    """
    (rules.may_invite(actor, organisation, role) if actor else rules.role_fits(organisation, role)).demand()
    _refuse_members(email, organisation, role)
    for older in _open(email, organisation, role):
        _close(older, actor=actor)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=User.objects.normalize_email(email),
        organisation=organisation,
        role=role,
        until=until,
        token_hash=token_hash(token),
        invited_by=actor,
        expires_at=timezone.now() + VALID_FOR,
    )
    record(
        actor=actor, action="accounts.invited", thing=invitation, organisation=organisation,
        data={"role": role, "until": str(until or "")},
    )  # fmt: skip
    send_invitation(invitation, token)
    return invitation, token


@transaction.atomic
def accept_invitation(
    *, actor: User | AnonymousUser, invitation: Invitation, name: str = "", password: str = ""
) -> Membership:
    """Take up the role; makes the account, with its address confirmed, where ``actor`` is nobody yet.

    Does not sign in: that happens at one door only. Raises ``Denied``, and ``ValidationError`` for a weak password.
    """
    invitation = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    rules.may_accept_invitation(actor, invitation).demand()
    user = actor if actor.is_authenticated else _make_account(invitation, name, password)
    membership = _start(invitation, user)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    record(
        actor=user, action="accounts.accepted", thing=membership, organisation=invitation.organisation,
        data={"role": invitation.role, "invitation": invitation.pk, "until": str(invitation.until or "")},
    )  # fmt: skip
    return membership


@transaction.atomic
def revoke(*, actor: User, invitation: Invitation) -> None:
    """Take an open invitation back; its link stops working. Raises ``Denied``."""
    rules.may_revoke_invitation(actor, invitation).demand()
    _close(invitation, actor=actor)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_for(token: str) -> Invitation | None:
    """The invitation this link belongs to, open or not."""
    return Invitation.objects.select_related("organisation").filter(token_hash=token_hash(token)).first()


def _refuse_members(email: str, organisation: Organisation, role: str) -> None:
    today = timezone.localdate()
    running = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=today), deputy_of=None)
    if running.filter(user__email__iexact=email, organisation=organisation, role=role).exists():
        raise AlreadyMember(_("This person already has this role in %s.") % organisation)


def _open(email: str, organisation: Organisation, role: str) -> list[Invitation]:
    return list(
        Invitation.objects.select_for_update().filter(
            email__iexact=email, organisation=organisation, role=role, accepted_at=None, revoked_at=None
        )
    )


def _close(invitation: Invitation, *, actor: User | None) -> None:
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(revoked_at=timezone.now())
    record(
        actor=actor, action="accounts.revoked", thing=invitation, organisation=invitation.organisation,
        data={"role": invitation.role},
    )  # fmt: skip


def _make_account(invitation: Invitation, name: str, password: str) -> User:
    user = User(email=invitation.email, name=without_control_characters(name).strip())
    if User.objects.filter(email__iexact=invitation.email).exists():
        denied(_("There is already an account with this address. Please sign in first.")).demand()
    validate_password(password, user)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _start(invitation: Invitation, user: User) -> Membership:
    """The membership from today on; one that already runs without end is kept."""
    today = timezone.localdate()
    fields = {"user": user, "organisation": invitation.organisation, "role": invitation.role}
    running = Membership.objects.filter(**fields, until=None).first()
    until = max(invitation.until, today) if invitation.until else None
    return running or Membership.objects.create(
        **fields, since=today, until=until, invited_by_id=invitation.invited_by_id
    )
