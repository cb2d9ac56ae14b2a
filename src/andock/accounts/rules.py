"""Who may invite, change and end memberships, and read an organisation's trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import AGENCY_ROLES, LOCAL_ROLES, RELEASING_ROLES, Role
from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from andock.organisations.models import Organisation

    from .models import Invitation, Membership, User

    Actor = User | AnonymousUser


def holds(
    actor: Actor, roles: Collection[str], organisation: Organisation | None = None, day: date | None = None
) -> bool:
    """Whether one of ``roles`` is held in ``organisation`` (anywhere if None) on ``day`` (today if None)."""
    return actor.is_authenticated and actor.holds(roles, organisation, day)


def may_see_people(actor: Actor, organisation: Organisation) -> Verdict:
    """Members see who else works for their organisation; the agency sees all."""
    if holds(actor, set(Role), organisation) or holds(actor, {Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(_("Only people of %s and the agency see who works here.") % organisation)


def may_see_trail(actor: Actor, organisation: Organisation) -> Verdict:
    """The trail is open to the organisation concerned and the agency."""
    if holds(actor, set(Role), organisation) or holds(actor, {Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(_("Only people of %s and the agency read this trail.") % organisation)


def may_see_organisations_without_releaser(actor: Actor) -> Verdict:
    """An overview of the agency."""
    if holds(actor, {Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(_("This overview is for the agency. Your own organisations are under “Administration”."))


def may_manage_people(actor: Actor, organisation: Organisation) -> Verdict:
    """Releasers look after the people of their organisation, the agency after all."""
    if holds(actor, RELEASING_ROLES, organisation) or holds(actor, {Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(
        _("Only a releaser of %s or the agency decides who works here. Please ask one of them.") % organisation
    )


def may_invite(actor: Actor, organisation: Organisation, role: str) -> Verdict:
    """As ``may_manage_people``, with a role that fits the organisation."""
    return may_manage_people(actor, organisation) and role_fits(organisation, role)


def role_fits(organisation: Organisation, role: str) -> Verdict:
    """The agency has agency editors, all others their own editors and releasers."""
    if role in roles_for(organisation):
        return ALLOWED
    return denied(
        _("%(organisation)s has no role “%(role)s”. Choose one of the roles in the list.")
        % {"organisation": organisation, "role": Role(role).label if role in set(Role) else role}
    )


def roles_for(organisation: Organisation) -> tuple[Role, ...]:
    """The roles people may have in this organisation."""
    region = the_region()
    return AGENCY_ROLES if region and region.agency_id == organisation.pk else LOCAL_ROLES


def may_revoke_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """While it is open; whoever may invite may take it back."""
    if invitation.accepted_at:
        return denied(_("This invitation has been accepted already. Sign in with your account."))
    if not invitation.is_open_at(timezone.now()):
        return denied(_("This invitation is no longer open, so there is nothing to revoke."))
    return may_manage_people(actor, invitation.organisation)


def may_accept_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """Only the person invited, known by the e-mail address; signed out where there is no account yet."""
    if not invitation.is_open_at(timezone.now()):
        return denied(_("This invitation has expired or was revoked. Please ask for a new one."))
    if actor.is_authenticated and actor.email.casefold() != invitation.email.casefold():
        return denied(_("This invitation went to another e-mail address. Sign out and sign in with that address."))
    return ALLOWED


def may_change_role(actor: Actor, membership: Membership, role: str) -> Verdict:
    """As ``may_invite``; the last releaser stays one, and a borrowed role is not made one's own."""
    if membership.deputy_of_id:
        return denied(
            _("This role is held for somebody else. End the deputyship and invite the person to a role of their own.")
        )
    verdict = may_invite(actor, membership.organisation, role)
    if verdict and role not in RELEASING_ROLES:
        verdict = _another_releaser(membership)
    return verdict and _not_over(membership)


def may_end_membership(actor: Actor, membership: Membership, day: date | None = None) -> Verdict:
    """One's own, or those of the people one looks after; the last releaser can't leave on ``day`` (today if None)."""
    own = actor.is_authenticated and actor.pk == membership.user_id
    verdict = ALLOWED if own else may_manage_people(actor, membership.organisation)
    return verdict and _not_over(membership) and _another_releaser(membership, day)


def may_name_deputy(actor: Actor, membership: Membership) -> Verdict:
    """The person to be deputised for, or who looks after the people here."""
    if membership.deputy_of_id:
        return denied(_("A deputy cannot name a further deputy."))
    own = actor.is_authenticated and actor.pk == membership.user_id
    verdict = ALLOWED if own else may_manage_people(actor, membership.organisation)
    return verdict and _not_over(membership)


def _not_over(membership: Membership) -> Verdict:
    if membership.until and membership.until <= timezone.localdate():
        return denied(_("This membership has already ended."))
    return ALLOWED


def _another_releaser(membership: Membership, day: date | None = None) -> Verdict:
    if membership.is_last_releaser(day or timezone.localdate()):
        return denied(
            _("%(person)s is the last releaser of %(organisation)s. Name another releaser first.")
            % {"person": membership.user, "organisation": membership.organisation}
        )
    return ALLOWED
