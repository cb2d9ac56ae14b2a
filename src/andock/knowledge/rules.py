"""Who keeps cards, guides and findings, who tells of take-overs, who sees drafts, who says whether a guide helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import OrganisationKind, Role

from .choices import Publication, Stage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from .models import Finding, Guide, Solution, Transfer, TransferStage

    Actor = User | AnonymousUser

KEEPERS = frozenset({Role.MUNICIPAL_EDITOR, Role.MUNICIPAL_RELEASER, Role.AGENCY_EDITOR})


def may_keep_solutions(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers; the agency its own cards and those of the region as a whole."""
    if _keeps(actor, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s keep its solutions. Please ask one of them.") % organisation)


def may_see_solution(actor: Actor, solution: Solution) -> Verdict:
    """Everybody once it is published, also when it is archived; a draft only its owner's people."""
    if solution.is_public or _belongs(actor, solution.organisation):
        return ALLOWED
    return denied(_("This solution is not published yet. Only people of %s see it.") % solution.organisation)


def may_edit_solution(actor: Actor, solution: Solution) -> Verdict:
    """As ``may_keep_solutions``; what is archived stays as it is."""
    if solution.publication == Publication.ARCHIVED:
        return denied(_("This solution is archived and stays as it is. Publish it again to change it."))
    return may_keep_solutions(actor, solution.organisation)


def may_publish_solution(actor: Actor, solution: Solution) -> Verdict:
    """A draft, however little it says; or what was archived, again."""
    if solution.publication == Publication.PUBLISHED:
        return denied(_("This solution is published already."))
    return may_keep_solutions(actor, solution.organisation)


def may_confirm_solution(actor: Actor, solution: Solution) -> Verdict:
    """Say that all of it is still true: the owner of what everybody reads."""
    if solution.publication != Publication.PUBLISHED:
        return denied(_("Only a published solution is confirmed. Publish it first."))
    return may_keep_solutions(actor, solution.organisation)


def may_archive_solution(actor: Actor, solution: Solution) -> Verdict:
    """Take it out of the lists. Its address stays, because others have linked to it."""
    if solution.publication != Publication.PUBLISHED:
        return denied(_("Only a published solution is archived."))
    return may_keep_solutions(actor, solution.organisation)


def may_delete_solution(actor: Actor, solution: Solution) -> Verdict:
    """Only what nobody outside could know of."""
    if solution.publication != Publication.DRAFT:
        return denied(_("People know of this solution, so it stays. Archive it instead: then no list shows it."))
    return may_keep_solutions(actor, solution.organisation)


def may_keep_guides(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers; the agency its own guides and those of the region as a whole."""
    if _keeps(actor, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s keep its guides. Please ask one of them.") % organisation)


def may_see_guide(actor: Actor, guide: Guide) -> Verdict:
    """Everybody once it is published, also when it is archived; a draft only its publisher's people."""
    if guide.is_public or _belongs(actor, guide.organisation):
        return ALLOWED
    return denied(_("This guide is not published yet. Only people of %s see it.") % guide.organisation)


def may_edit_guide(actor: Actor, guide: Guide) -> Verdict:
    """As ``may_keep_guides``; what is archived stays as it is."""
    if guide.publication == Publication.ARCHIVED:
        return denied(_("This guide is archived and stays as it is. Publish it again to change it."))
    return may_keep_guides(actor, guide.organisation)


def may_publish_guide(actor: Actor, guide: Guide) -> Verdict:
    if guide.publication == Publication.PUBLISHED:
        return denied(_("This guide is published already."))
    return may_keep_guides(actor, guide.organisation)


def may_archive_guide(actor: Actor, guide: Guide) -> Verdict:
    if guide.publication != Publication.PUBLISHED:
        return denied(_("Only a published guide is archived."))
    return may_keep_guides(actor, guide.organisation)


def may_delete_guide(actor: Actor, guide: Guide) -> Verdict:
    """Only what nobody outside could know of."""
    if guide.publication != Publication.DRAFT:
        return denied(_("People know of this guide, so it stays. Archive it instead: then no list shows it."))
    return may_keep_guides(actor, guide.organisation)


def may_give_feedback(actor: Actor, guide: Guide) -> Verdict:
    """Everybody, on what everybody can read. Nobody is asked who they are."""
    if guide.publication == Publication.PUBLISHED:
        return ALLOWED
    return denied(_("This guide is not published at the moment, so nothing can be said about it."))


# --- transfers --------------------------------------------------------------------------------------------------------
def speaks_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether what ``actor`` writes of the organisation's take-overs counts as confirmed by it."""
    return _keeps(actor, organisation)


def may_keep_transfers(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers; the agency, which reports of anybody."""
    if _keeps(actor, organisation) or holds(actor, {Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(_("Only editors and releasers of %s and the agency keep its take-overs. Please ask one of them.") % organisation)  # fmt: skip


def may_take_over_somewhere(actor: Actor) -> Verdict:
    """Whoever keeps the solutions of an organisation can write that it takes one over."""
    if holds(actor, KEEPERS):
        return ALLOWED
    return denied(_("Editors and releasers of a municipality write down what it takes over. Please ask one of them."))


def may_begin_transfer(actor: Actor, transfer: Transfer) -> Verdict:
    """As ``may_tell_of``, of what everybody finds in the list."""
    if transfer.solution.publication != Publication.PUBLISHED:
        return denied(_("Only a published solution is taken over. Please choose another."))
    return may_tell_of(actor, transfer)


def may_tell_of(actor: Actor, transfer: Transfer) -> Verdict:
    """How far a take-over is: the receiver, whose word confirms; the owner of the card and the agency report."""
    if _keeps(actor, transfer.receiver) or _reports_of(actor, transfer):
        return ALLOWED
    words = {"receiver": transfer.receiver, "owner": transfer.solution.organisation}
    return denied(_("Only %(receiver)s, %(owner)s and the agency tell of this take-over. Please ask one of them.") % words)  # fmt: skip


def may_describe_transfer(actor: Actor, transfer: Transfer) -> Verdict:
    """What is true of it as a whole: the receiver; who reports only until the receiver has spoken."""
    if transfer.is_confirmed and not _keeps(actor, transfer.receiver):
        return denied(_("%s has confirmed this take-over and describes it itself now. Please ask there.") % transfer.receiver)  # fmt: skip
    return may_tell_of(actor, transfer)


def may_confirm_stage(actor: Actor, stage: TransferStage) -> Verdict:
    """The receiver alone, of what others have reported and nobody has replaced."""
    if stage.is_replaced:
        return denied(_replaced())
    if stage.is_confirmed or stage.stage == Stage.RETRACTED:
        return denied(_("There is nothing to confirm here."))
    if _keeps(actor, stage.transfer.receiver):
        return ALLOWED
    return denied(_("Only %s itself confirms how far it is.") % stage.transfer.receiver)


def may_correct_stage(actor: Actor, stage: TransferStage) -> Verdict:
    """The receiver any row that stands; who reports only what the receiver has not confirmed."""
    if stage.is_replaced:
        return denied(_replaced())
    if stage.is_confirmed and not _keeps(actor, stage.transfer.receiver):
        return denied(_("%s has said this itself and alone corrects it. Please ask there.") % stage.transfer.receiver)
    return may_tell_of(actor, stage.transfer)


def _replaced() -> str:
    return _("Another row stands for this one meanwhile. Please look at it first.")


def _reports_of(actor: Actor, transfer: Transfer) -> bool:
    return _keeps(actor, transfer.solution.organisation) or holds(actor, {Role.AGENCY_EDITOR})


# --- findings ---------------------------------------------------------------------------------------------------------
def may_keep_findings(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers; the agency its own findings and those of the region as a whole."""
    if _keeps(actor, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s write down its findings. Please ask one of them.") % organisation)


def may_edit_finding(actor: Actor, finding: Finding) -> Verdict:
    """As ``may_keep_findings``; what is archived stays as it is."""
    if finding.publication == Publication.ARCHIVED:
        return denied(_("This finding is archived and stays as it is. Publish it again to change it."))
    return may_keep_findings(actor, finding.organisation)


def may_publish_finding(actor: Actor, finding: Finding) -> Verdict:
    if finding.publication == Publication.PUBLISHED:
        return denied(_("This finding is published already."))
    return may_keep_findings(actor, finding.organisation)


def may_archive_finding(actor: Actor, finding: Finding) -> Verdict:
    if finding.publication != Publication.PUBLISHED:
        return denied(_("Only a published finding is archived."))
    return may_keep_findings(actor, finding.organisation)


def may_delete_finding(actor: Actor, finding: Finding) -> Verdict:
    """Only what nobody outside could know of."""
    if finding.publication != Publication.DRAFT:
        return denied(_("People know of this finding, so it stays. Archive it instead: then no page shows it."))
    return may_keep_findings(actor, finding.organisation)


def _keeps(actor: Actor, organisation: Organisation) -> bool:
    return holds(actor, KEEPERS, organisation) or _for_the_region(actor, organisation)


def _belongs(actor: Actor, organisation: Organisation) -> bool:
    return holds(actor, set(Role), organisation) or _for_the_region(actor, organisation)


def _for_the_region(actor: Actor, organisation: Organisation) -> bool:
    """Nobody works for the region as such; the agency acts for it."""
    return organisation.kind == OrganisationKind.REGION and holds(actor, {Role.AGENCY_EDITOR})
