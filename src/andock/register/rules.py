"""Who prepares, hands in and withdraws a declaration, who confirms it, and who reads its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import Role
from andock.strategy import rules as strategy
from andock.strategy.admission import wrong_kind

from .choices import DeclarationState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.models import Framework

    from .models import Declaration, PersonalInvitation

    Actor = User | AnonymousUser

WRITERS = frozenset({Role.MUNICIPAL_EDITOR, Role.MUNICIPAL_RELEASER})
RELEASERS = frozenset({Role.MUNICIPAL_RELEASER})


def may_see_desk(actor: Actor, organisation: Organisation) -> Verdict:
    """How far docking is: the organisation's people and the agency."""
    if holds(actor, set(Role), organisation) or holds(actor, {Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(_("Only people of %s and the agency see how far docking is.") % organisation)


def may_prepare(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers write its declaration; only what can dock has one."""
    if not holds(actor, WRITERS, organisation):
        return denied(_("Only %s itself declares that it docks. Ask its editors or releasers.") % organisation)
    sentence = wrong_kind(organisation)
    return denied(sentence) if sentence else ALLOWED


def may_change(actor: Actor, declaration: Declaration) -> Verdict:
    """As ``may_prepare``, until it is handed in and again when the agency asks back."""
    if not declaration.is_with_town:
        return denied(_("This declaration is “%s” and cannot be changed now.") % declaration.get_state_display())
    return may_prepare(actor, declaration.organisation)


def may_hand_in(actor: Actor, declaration: Declaration) -> Verdict:
    """A releaser of the organisation, while it is the organisation's turn."""
    return may_change(actor, declaration) and _is_releaser(actor, declaration.organisation)


def may_withdraw(actor: Actor, declaration: Declaration) -> Verdict:
    """A releaser of the organisation, until it is confirmed."""
    if not declaration.is_open:
        return denied(_("This declaration is “%s” and cannot be changed now.") % declaration.get_state_display())
    return _is_releaser(actor, declaration.organisation)


def may_release_evidence(actor: Actor, declaration: Declaration) -> Verdict:
    """Whether everybody may read the evidence is up to the organisation that gave it."""
    if declaration.state == DeclarationState.WITHDRAWN:
        return denied(_("This declaration was withdrawn; its evidence is deleted."))
    return _is_releaser(actor, declaration.organisation)


def may_decide(actor: Actor, declaration: Declaration) -> Verdict:
    """Confirm or ask back: the owner of the framework, once it is handed in."""
    if declaration.state != DeclarationState.HANDED_IN:
        return denied(_("This declaration is “%s”. Only what is handed in can be confirmed.") % declaration.get_state_display())  # fmt: skip
    return strategy.may_record_docking(actor, declaration.framework)


def may_see_evidence(actor: Actor, declaration: Declaration) -> Verdict:
    """Everybody once it is released; before, who writes for the organisation and who confirms."""
    own = holds(actor, WRITERS, declaration.organisation)
    if declaration.is_public or own or strategy.may_record_docking(actor, declaration.framework):
        return ALLOWED
    return denied(_("This evidence is not released. Ask %s for it.") % declaration.organisation)


def may_see_procedure(actor: Actor, framework: Framework) -> Verdict:
    """What was handed in and who was invited, in the whole region: the framework's owner."""
    if strategy.may_record_docking(actor, framework):
        return ALLOWED
    return denied(_("This overview is for %s.") % framework.owner)


def may_invite(actor: Actor, framework: Framework) -> Verdict:
    """Invite to dock, and keep notes on how far somebody is: the framework's owner."""
    if strategy.may_record_docking(actor, framework):
        return ALLOWED
    return denied(_("Only %s invites to dock and keeps notes on it.") % framework.owner)


def may_answer(actor: Actor, invitation: PersonalInvitation) -> Verdict:
    """Whoever has the link, while it is good."""
    if invitation.is_open_at(timezone.now()):
        return ALLOWED
    return denied(_("This link has expired or was taken back. Please ask the agency for a new one."))


def _is_releaser(actor: Actor, organisation: Organisation) -> Verdict:
    if holds(actor, RELEASERS, organisation):
        return ALLOWED
    return denied(_("Only a releaser of %s hands in and withdraws. Please ask one of them.") % organisation)
