"""Who keeps processes, when people may take part, who checks and who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.accounts.queries import homes_of
from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import OrganisationKind, Role
from andock.organisations.queries import the_region

from .choices import SENT, ContributionState, PhaseTime
from .digests import of_address

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from .models import CodeBatch, Contribution, Decision, Participant, Phase, Process

    Actor = User | AnonymousUser

KEEPERS = frozenset({Role.MUNICIPAL_EDITOR, Role.MUNICIPAL_RELEASER, Role.AGENCY_EDITOR})
MODERATORS = KEEPERS | {Role.MODERATOR}


def may_keep_processes(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers write, publish and close its processes; the agency's its own."""
    if holds(actor, KEEPERS, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s keep its participation. Please ask one of them.") % organisation)


def may_see_process(actor: Actor, process: Process) -> Verdict:
    """Everybody once it is published; a draft only the people of who holds it."""
    if process.is_public or holds(actor, set(Role), process.organisation):
        return ALLOWED
    return denied(_("This process is not published yet. Only people of %s see it.") % process.organisation)


def may_edit_process(actor: Actor, process: Process) -> Verdict:
    return may_keep_processes(actor, process.organisation)


def may_publish_process(actor: Actor, process: Process) -> Verdict:
    if process.is_public:
        return denied(_("This process is published already."))
    return may_keep_processes(actor, process.organisation)


def may_delete_process(actor: Actor, process: Process) -> Verdict:
    """Only what nobody outside could know of."""
    if process.is_public:
        return denied(_("People know of this process, so it stays. Let its phases end and write what came of it."))
    if process.contributions.exists():
        return denied(
            _("Contributions of people stand in this process already, so it stays. Publish it, or leave it as a draft.")
        )
    return may_keep_processes(actor, process.organisation)


def may_bring_in(actor: Actor, process: Process) -> Verdict:
    """From paper or a file: everybody reads it at once, so the process is there for everybody first."""
    if not process.is_public:
        return denied(_("What is entered here, everybody reads at once. Please publish the process first."))
    return may_keep_processes(actor, process.organisation)


def may_take_part(actor: Actor | None, phase: Phase, now: datetime | None = None) -> Verdict:
    """Everybody while a phase runs, with an account or without; the refusal names the day."""
    if not phase.process.is_public:
        return denied(_("This process is not published yet, so nobody can take part."))
    match phase.time_at(now or timezone.now()):
        case PhaseTime.COMING:
            return denied(_("“%(phase)s” begins on %(moment)s.") % _named(phase, phase.starts_at))
        case PhaseTime.OVER:
            return denied(_("“%(phase)s” ended on %(moment)s, so nothing can be sent any more.") % _named(phase, phase.ends_at))  # fmt: skip
        case PhaseTime.RUNNING:
            return ALLOWED


def may_count(
    actor: Actor | None, process: Process, participant: Participant | None = None, phase: Phase | None = None
) -> Verdict:
    """Everybody; where a process asks for it, only who has proved to live there: for it, or by what the account says.

    In a ``phase`` nobody whose address counts there already and whose data were deleted: nobody would know them again.
    """
    if participant and phase and has_departed(participant, phase):
        return denied(_("Somebody with this address took part here, counts still, and had their data deleted. So that nobody counts twice, it cannot take part in “%s” again.") % phase)  # fmt: skip
    if not process.needs_residence:
        return ALLOWED
    if participant and participant.residence_proofs.filter(process=process).exists():
        return ALLOWED
    if account_lives_there(participant.user if participant else actor, process):
        return ALLOWED
    return denied(_("Only people who live here take part: %s. Please type the code from your letter.") % place_of(process))  # fmt: skip


def has_departed(participant: Participant, phase: Phase) -> bool:
    return phase.departures.filter(digest__in=of_address(phase.pk, participant.email_key)).exists()


def may_make_codes(actor: Actor, process: Process) -> Verdict:
    """Whoever keeps a process that asks for them."""
    if not process.needs_residence:
        return denied(
            _("This process asks nobody to prove where they live. Choose that under “Text and phases” first.")
        )
    return may_keep_processes(actor, process.organisation)


def may_revoke_codes(actor: Actor, batch: CodeBatch) -> Verdict:
    """Whoever keeps the process, once; also when nobody has to prove anything any more."""
    if batch.revoked_at:
        return denied(_("These codes are revoked already."))
    return may_keep_processes(actor, batch.process.organisation)


def account_lives_there(actor: Actor | None, process: Process) -> bool:
    """Whether every place where the account may live belongs to where people are asked."""
    if actor is None or not actor.is_authenticated:
        return False
    homes = [one.municipality for one in homes_of(actor)]
    return bool(homes) and all(_belongs(home, process) for home in homes)


def place_of(process: Process) -> str:
    """Where people must live."""
    region = None if _is_local(process) else the_region()
    return region.organisation.name if region else process.organisation.name


def _belongs(home: Organisation, process: Process) -> bool:
    return not _is_local(process) or process.organisation_id in {home.pk, home.district_id}


def _is_local(process: Process) -> bool:
    """Asked are people of the organisation's own area, not of the whole region."""
    has_area = process.organisation.kind in {OrganisationKind.MUNICIPALITY, OrganisationKind.DISTRICT}
    return has_area and not process.is_region_wide


def may_see_contribution(actor: Actor, contribution: Contribution) -> Verdict:
    """What is public is for everybody; what is held back or hidden for those who check it."""
    if contribution.is_public and contribution.process.is_public:
        return ALLOWED
    return may_moderate(actor, contribution.office) or may_moderate(actor, contribution.process.organisation)


def may_moderate(actor: Actor, organisation: Organisation) -> Verdict:
    """Moderators, editors and releasers of the organisation that answers."""
    if holds(actor, MODERATORS, organisation):
        return ALLOWED
    return denied(_("Only moderators, editors and releasers of %s check contributions.") % organisation)


def may_decide(actor: Actor, contribution: Contribution) -> Verdict:
    """Show or hide: what was sent for sure and not taken back."""
    if contribution.state not in SENT:
        return denied(_("This contribution is “%s”, so there is nothing to decide.") % contribution.get_state_display())
    return may_moderate(actor, contribution.office) or may_moderate(actor, contribution.process.organisation)


def may_respond(actor: Actor, contribution: Contribution) -> Verdict:
    """The office that answers, and whoever holds the process; what is not public gets no public answer."""
    if contribution.state != ContributionState.PUBLIC:
        return denied(_("Only public contributions are answered in public. This one is “%s”.") % contribution.get_state_display())  # fmt: skip
    office = may_keep_processes(actor, contribution.office)
    return office or may_keep_processes(actor, contribution.process.organisation)


def may_take_table(actor: Actor, process: Process, office: Organisation) -> Verdict:
    """Who holds the process takes the table of all contributions along, an office that answers in it that of its own."""
    is_asked = process.is_public and process.contributions.filter(office=office, state__in=SENT).exists()
    if process.organisation_id != office.pk and not is_asked:
        return denied(_("Nobody said something for %s in this process, so there is no table.") % office)
    return may_keep_processes(actor, office)


def may_withdraw(participant: Participant | None, contribution: Contribution) -> Verdict:
    """One's own, at any time; ``participant`` has the link or the device."""
    if participant is None or contribution.participant_id != participant.pk:
        return denied(_("Only whoever wrote a contribution takes it back."))
    if contribution.state == ContributionState.WITHDRAWN:
        return denied(_("You have taken back this contribution already."))
    return ALLOWED


def may_object(participant: Participant | None, decision: Decision) -> Verdict:
    """Whoever wrote what is not shown, once for each decision."""
    contribution = decision.contribution
    if participant is None or contribution.participant_id != participant.pk:
        return denied(_("Only whoever wrote a contribution objects to what was decided about it."))
    if contribution.state != ContributionState.HIDDEN:
        return denied(_("Your contribution is not hidden, so there is nothing to object to."))
    if decision.objection:
        return denied(_("You have objected already. You get an answer by mail."))
    return ALLOWED


def _named(phase: Phase, moment: datetime) -> dict[str, str]:
    return {"phase": phase.title, "moment": date_format(timezone.localtime(moment), "DATETIME_FORMAT")}
