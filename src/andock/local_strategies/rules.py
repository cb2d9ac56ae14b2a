"""Who may read and write a local strategy. A municipality never changes another's text, the region never a local one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import LOCAL_ROLES, OrganisationKind, Role
from andock.strategy.queries import takes_part_on

from .choices import VersionState

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition, Framework

    from .models import LocalStrategy, Run, ShareLink, Version

    Actor = User | AnonymousUser

EDITORS = frozenset({Role.MUNICIPAL_EDITOR, Role.MUNICIPAL_RELEASER})
RELEASERS = frozenset({Role.MUNICIPAL_RELEASER})
AGENCY = frozenset({Role.AGENCY_EDITOR})
FOLLOWING = (OrganisationKind.MUNICIPALITY, OrganisationKind.ASSOCIATION)


def may_work_on_strategy(actor: Actor, organisation: Organisation) -> Verdict:
    """Editors and releasers of a municipality or association, docked or only trying: drafts stay private."""
    if organisation.kind not in FOLLOWING:
        return denied(_("Only municipalities and their associations have a local strategy."))
    if holds(actor, EDITORS, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s work on its local strategy.") % organisation)


def may_see_version(actor: Actor, version: Version) -> Verdict:
    """What is or was in force is public, drafts belong to the people of the organisation; the region sees none."""
    if version.is_frozen or holds(actor, set(LOCAL_ROLES), version.strategy.organisation):
        return ALLOWED
    return denied(_("This version is still a draft. Everybody can read it as soon as it is in force."))


def may_edit_version(actor: Actor, version: Version) -> Verdict:
    """While it is drafted or in participation, and no take-over of a new edition is open."""
    if version.is_frozen:
        return denied(_("This version is in force or superseded and stays as it is. Begin a new draft."))
    if version.state == VersionState.SUBMITTED:
        return denied(_("This version is submitted for decision. Take it back before you change it."))
    verdict = may_work_on_strategy(actor, version.strategy.organisation)
    if verdict and version.strategy.runs.filter(state="open").exists():
        return denied(_("A new edition is being taken over. Finish or drop that first, then go on writing."))
    return verdict


def may_move_version(actor: Actor, version: Version) -> Verdict:
    """Submit, take back, open participation: releasers of the organisation."""
    if version.is_frozen:
        return denied(_("This version is in force or superseded and stays as it is. Begin a new draft."))
    if holds(actor, RELEASERS, version.strategy.organisation):
        return ALLOWED
    return denied(_("Only a releaser of %s does this. Please ask one of them.") % version.strategy.organisation)


def may_record_decision(actor: Actor, version: Version, day: date | None = None) -> Verdict:
    """Record what the council or the head of administration has decided: a releaser, once it was submitted."""
    if version.state != VersionState.SUBMITTED:
        return denied(_("Submit the version first; then record what was decided on it."))
    verdict = may_move_version(actor, version)
    if verdict and not takes_part_on(day or timezone.localdate(), version.strategy.organisation):
        return denied(
            _("%s has not docked yet. A local strategy comes into force only after docking; the draft stays as it is.")
            % version.strategy.organisation
        )
    return verdict


def may_share_version(actor: Actor, version: Version) -> Verdict:
    """Show a draft by a link."""
    if version.is_frozen:
        return denied(_("This version is public already; its address is enough."))
    return may_work_on_strategy(actor, version.strategy.organisation)


def may_revoke_link(actor: Actor, link: ShareLink) -> Verdict:
    return may_work_on_strategy(actor, link.version.strategy.organisation)


def may_take_over(actor: Actor, strategy: LocalStrategy) -> Verdict:
    """Start, answer, finish and drop the take-over of a new edition."""
    return may_work_on_strategy(actor, strategy.organisation)


def may_answer(actor: Actor, run: Run) -> Verdict:
    if run.state != "open":
        return denied(_("This take-over is finished. Reopen it while the draft is not submitted."))
    return may_take_over(actor, run.strategy)


def may_see_outlook(actor: Actor, edition: Edition) -> Verdict:
    """What a draft edition would mean for the municipalities: the editors of the framework's owner."""
    return _agency(actor, edition.framework)


def may_take_offers(actor: Actor, framework: Framework) -> Verdict:
    """Take up into the framework what municipalities have offered."""
    return _agency(actor, framework)


def _agency(actor: Actor, framework: Framework) -> Verdict:
    if holds(actor, AGENCY, framework.owner):
        return ALLOWED
    return denied(_("Only the editors of %s see this.") % framework.owner)
