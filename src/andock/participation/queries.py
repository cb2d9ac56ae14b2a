"""What others read: processes, phases, contributions with their answers, and how many took part."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, Value

from andock.kernel.text import email_key
from andock.local_strategies.choices import FROZEN_STATES
from andock.organisations.queries import profile_of

from .choices import SENT, ContributionKind, ContributionState, PhaseKind, PhaseTime, Publication, ResidenceWay
from .digests import of_code
from .models import (
    Answered,
    CodeBatch,
    Contribution,
    Decision,
    Involvement,
    Participant,
    Phase,
    Process,
    Report,
    ResidenceCode,
    ResidenceProof,
    Response,
    TypedCode,
    WrongCode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.accounts.models import User
    from andock.local_strategies.models import Version
    from andock.organisations.models import Organisation, Term

LOCAL_TEXT = "version__strategy__organisation"
"""What the way to a changed passage of a local strategy is made of, seen from an answer."""
CHANGES = Q(element__isnull=False) | Q(own_passage__isnull=False)
"""Answers for which a text was changed."""
READABLE = Q(version=None) | Q(version__state__in=FROZEN_STATES)
"""Those of them whose text everybody reads; of a local draft nothing is told."""
CROWD, CROWD_TIME = 10, timedelta(hours=1)


# Processes


def public_processes() -> QuerySet[Process]:
    """The published ones, with who holds them, their phases and topics."""
    return _whole(Process.objects.filter(publication=Publication.PUBLISHED))


def processes_at(processes: QuerySet[Process], time: PhaseTime, now: datetime) -> QuerySet[Process]:
    """Those that run, come or are over; between two phases a process runs."""
    timed = processes.annotate(begins_at=Min("phases__starts_at"), done_at=Max("phases__ends_at"))
    match time:
        case PhaseTime.COMING:
            return timed.filter(begins_at__gt=now).order_by("begins_at", "pk")
        case PhaseTime.RUNNING:
            return timed.filter(begins_at__lte=now, done_at__gt=now).order_by("done_at", "pk")
        case PhaseTime.OVER:
            return timed.filter(done_at__lte=now).order_by("-done_at", "-pk")


def process_at(slug: str) -> Process | None:
    """A process with its phases and, for its mails, its organisation's profile; whatever its state."""
    found = Process.objects.filter(slug=slug).select_related("organisation__profile")
    return found.prefetch_related("phases").first()


def phase_of(process: Process, kind: str) -> Phase | None:
    """The process's phase in which people do this. Phases must be at hand."""
    for phase in process.phases.all():
        if phase.kind == kind:
            phase.process = process
            return phase
    return None


def public_phase(slug: str, kind: str) -> Phase | None:
    """The phase of a published process in which people do this."""
    found = Phase.objects.filter(process__slug=slug, process__publication=Publication.PUBLISHED, kind=kind)
    return found.select_related("process__organisation").first()


def phases_begun(after: datetime, until: datetime) -> QuerySet[Phase]:
    """Phases of public processes in which people do something that began then, and not before all could read of them."""
    return _public_phases().filter(starts_at__gt=after, starts_at__lte=until, process__published_at__lt=F("starts_at"))


def phases_ending(after: datetime, until: datetime) -> QuerySet[Phase]:
    """Phases of public processes in which people do something that end then."""
    return _public_phases().filter(ends_at__gt=after, ends_at__lte=until)


def _public_phases() -> QuerySet[Phase]:
    found = Phase.objects.filter(process__publication=Publication.PUBLISHED)
    return found.exclude(kind=PhaseKind.INFORMATION).order_by("pk")


def processes_of(organisation: Organisation) -> QuerySet[Process]:
    """All processes of an organisation, drafts too."""
    return _whole(Process.objects.filter(organisation=organisation))


def mailbox_of(organisation: Organisation) -> str:
    """Where its last process sent questions to, else the mailbox of its profile."""
    named = Process.objects.filter(organisation=organisation).exclude(contact_email="").order_by("-changed_at", "-pk")
    return named.values_list("contact_email", flat=True).first() or profile_of(organisation).contact_email


def own_process(organisation: Organisation, slug: str) -> Process | None:
    return processes_of(organisation).filter(slug=slug).first()


def processes_answered_by(organisation: Organisation) -> QuerySet[Process]:
    """The processes of others in which people said something that is meant for this organisation."""
    meant = Contribution.objects.filter(process=OuterRef("pk"), office=organisation, state__in=SENT)
    return public_processes().exclude(organisation=organisation).filter(Exists(meant))


def process_answered_by(organisation: Organisation, slug: str) -> Process | None:
    """A process of its own, or one in which it answers."""
    others = processes_answered_by(organisation).filter(slug=slug)
    return own_process(organisation, slug) or others.first()


def processes_carrying(carried: Iterable[Term]) -> QuerySet[Process]:
    return public_processes().filter(terms__in=carried).distinct()


def is_slug_taken(slug: str) -> bool:
    return Process.objects.filter(slug=slug).exists()


def _whole(processes: QuerySet[Process]) -> QuerySet[Process]:
    return processes.select_related("organisation").prefetch_related("phases", "terms")


# People


def participant(participant_id: UUID) -> Participant | None:
    return Participant.objects.filter(pk=participant_id).first()


def participant_called(email: str) -> Participant | None:
    """Whoever has this address, folded."""
    return Participant.objects.filter(email_key=email_key(email)).first()


def participant_of(user: User) -> Participant | None:
    """The confirmed participant an account is, if it has taken part."""
    return Participant.objects.filter(user=user, confirmed_at__isnull=False).first()


def never_confirmed(before: datetime) -> QuerySet[Participant]:
    return Participant.objects.filter(confirmed_at=None, created_at__lt=before)


def people_in(process: Process) -> int:
    """How many people took part, each counted once over all phases; who was erased stays counted."""
    found = Involvement.objects.filter(phase__process=process, confirmed_at__isnull=False)
    counted = found.aggregate(
        people=Count("participant", distinct=True), erased=Count("pk", filter=Q(participant=None, is_again=False))
    )
    return counted["people"] + counted["erased"]


def involvements_of(participant_id: UUID) -> QuerySet[Involvement]:
    return Involvement.objects.filter(participant=participant_id).select_related("phase__process")


# Residence


def residence_code(process: Process, code: str) -> ResidenceCode | None:
    """A code as it is kept, whatever became of it."""
    found = ResidenceCode.objects.filter(process=process, digest__in=of_code(process.pk, code))
    return found.select_related("batch").first()


def typed_code(request_key: UUID | None) -> TypedCode | None:
    """The code that came with what was sent and is not confirmed yet."""
    return TypedCode.objects.filter(request_key=request_key).first() if request_key else None


def wrong_codes_since(origin_hash: str, since: datetime) -> int:
    return WrongCode.objects.filter(origin_hash=origin_hash, typed_at__gt=since).count()


def code_batches(process: Process) -> QuerySet[CodeBatch]:
    """The latest first, each with how many of its codes were ``used``."""
    used = Count("codes", filter=Q(codes__used_on__isnull=False))
    return (
        CodeBatch.objects.filter(process=process)
        .select_related("made_by")
        .annotate(used=used)
        .order_by("-made_at", "-pk")
    )


def codes_made(process: Process) -> int:
    """Without those that were revoked."""
    return sum(CodeBatch.objects.filter(process=process, revoked_at=None).values_list("number", flat=True))


def code_batch(process: Process, batch_id: int) -> CodeBatch | None:
    found = code_batches(process).select_related("process__organisation")
    return found.filter(pk=batch_id).first()


def ways_residence_was_proved(process: Process) -> list[str]:
    """In words, how people of this process have proved where they live."""
    ways = ResidenceProof.objects.filter(process=process).order_by("way").values_list("way", flat=True).distinct()
    return [str(ResidenceWay(way).label) for way in ways]


def residence_proofs_of(person: Participant) -> QuerySet[ResidenceProof]:
    return ResidenceProof.objects.filter(participant=person).select_related("process").order_by("pk")


def typed_codes_of(person: Participant) -> QuerySet[TypedCode]:
    return TypedCode.objects.filter(participant=person).select_related("code__process").order_by("pk")


def has_begun(process: Process) -> bool:
    """Whether anybody has taken part or sent something that waits to be confirmed."""
    return Involvement.objects.filter(phase__process=process).exists()


# Contributions


def contributions_of(process: Process) -> QuerySet[Contribution]:
    """All that were sent for sure and not taken back, with what a line shows of them."""
    return _with_answers(Contribution.objects.filter(process=process, state__in=SENT))


def contributions_for(process: Process, office: Organisation) -> QuerySet[Contribution]:
    """Those this office may answer: all for whoever holds the process, else what is meant for it."""
    return meant_for(contributions_of(process), process, office)


def meant_for(found: QuerySet[Contribution], process: Process, office: Organisation | None) -> QuerySet[Contribution]:
    """Those of a process that are this office's: all where it holds the process, or where none is named."""
    return found if office is None or process.organisation_id == office.pk else found.filter(office=office)


def public_contributions(process: Process) -> QuerySet[Contribution]:
    return _with_answers(Contribution.objects.filter(process=process, state=ContributionState.PUBLIC))


def contribution(contribution_id: int) -> Contribution | None:
    found = Contribution.objects.filter(pk=contribution_id)
    return _with_answers(found.select_related("process__organisation", "office", "assignee", "phase")).first()


def sent_lately(person: Participant, since: datetime, request_key: UUID) -> dict[UUID | None, int]:
    """What somebody sent since then, and what was ever sent with this key: numbers by their keys."""
    found = Contribution.objects.filter(Q(request_key=request_key) | Q(participant=person, sent_at__gte=since))
    return {key: pk for pk, key in found.order_by("pk").values_list("pk", "request_key")}


def sent_as(number: int) -> Contribution:
    return Contribution.objects.get(pk=number)


def contributions_by(person: Participant) -> QuerySet[Contribution]:
    """Everything a person sent, the latest first, with what became of it."""
    found = Contribution.objects.filter(participant=person).select_related("process", "office")
    return _with_answers(found.prefetch_related("decisions")).order_by("-sent_at", "-pk")


def slugs_with_words_of(person: Participant) -> list[str]:
    """The processes in which everybody reads something of this person."""
    public = Contribution.objects.filter(participant=person, state=ContributionState.PUBLIC)
    return list(public.values_list("process__slug", flat=True).distinct().order_by())


def is_crowd(origin_hash: str, now: datetime) -> bool:
    """Whether so many contributions came from one place just now that one more is looked at first."""
    found = Contribution.objects.filter(origin_hash=origin_hash, sent_at__gt=now - CROWD_TIME)
    # Said once more, for the index holds no others: SQLite else goes through all contributions there are.
    return bool(origin_hash) and found.exclude(origin_hash="").count() >= CROWD


def queue_of(organisation: Organisation) -> QuerySet[Contribution]:
    """What waits for a moderator of this organisation: held back, reported or objected to; the oldest first."""
    reported = Exists(Report.objects.filter(contribution=OuterRef("pk"), settled_at=None))
    objected = Exists(Decision.objects.filter(contribution=OuterRef("pk"), settled_at=None).exclude(objection=""))
    found = Contribution.objects.filter(state__in=SENT).filter(_of(organisation))
    found = found.annotate(is_reported=reported, is_objected=objected)
    waiting = found.filter(Q(state=ContributionState.HELD) | Q(is_reported=True) | Q(is_objected=True))
    open_reports = Prefetch("reports", Report.objects.filter(settled_at=None), to_attr="open_reports")
    return waiting.select_related("process", "office", "participant").prefetch_related(
        open_reports, "decisions__decided_by"
    )


def responses_of(process: Process) -> QuerySet[Response]:
    """The answers given, the latest first, with what they answer."""
    public = Contribution.objects.filter(state=ContributionState.PUBLIC)
    answered = Prefetch("contributions", public.select_related("participant"), to_attr="public_ones")
    found = Response.objects.filter(process=process).select_related("office", "edition", LOCAL_TEXT)
    return found.defer("version__resolved").prefetch_related(answered)


def changed_a_text(contribution: Contribution) -> bool:
    """Whether a text was changed for it."""
    return Response.objects.filter(CHANGES, contributions=contribution).exists()


def unanswered(process: Process) -> QuerySet[Contribution]:
    return public_contributions(process).filter(answered=None)


def untold_answers() -> QuerySet[Answered]:
    """Answers whose authors do not know of them yet."""
    found = Answered.objects.filter(told_at=None, contribution__participant__confirmed_at__isnull=False)
    return found.select_related("response__office", "contribution__participant", "contribution__process")


def log_of(organisation: Organisation) -> QuerySet[Decision]:
    """What moderators of this organisation decided, the latest first."""
    found = Decision.objects.filter(office=organisation).select_related("contribution__process", "decided_by")
    return found.order_by("-decided_at", "-pk")


def decision(decision_id: int) -> Decision | None:
    return Decision.objects.filter(pk=decision_id).select_related("contribution__process", "office").first()


def _of(organisation: Organisation) -> Q:
    return Q(office=organisation) | Q(process__organisation=organisation)


def _with_answers(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    response = "answered__response__"
    whole = contributions.select_related(
        "participant", "municipality", f"{response}office", f"{response}edition", f"{response}{LOCAL_TEXT}"
    )
    return whole.defer(f"{response}version__resolved")  # the text of a whole strategy


def untold_in_queue() -> QuerySet[Contribution]:
    """Held back, and no moderator was told of it yet."""
    return Contribution.objects.filter(state=ContributionState.HELD, told_moderators_at=None)


def untold_reports() -> QuerySet[Report]:
    return Report.objects.filter(settled_at=None, told_moderators_at=None)


PUBLIC_ANSWERED = Count("contributions", filter=Q(contributions__state=ContributionState.PUBLIC))


def counts_by_element() -> dict[UUID, int]:
    """How many public contributions belong to each passage that has any or was changed for some; one query for all pages."""
    said = Contribution.objects.filter(state=ContributionState.PUBLIC, element__isnull=False).order_by()
    counts = said.values_list("element").annotate(number=Count("pk"))
    changed = Response.objects.filter(READABLE, element__isnull=False).order_by().values_list("element", Value(0))
    return dict(sorted(counts.union(changed), key=itemgetter(1)))


def changes_of(element_id: UUID) -> QuerySet[Response]:
    """The answers for which a passage was changed, with how many public contributions they answer."""
    found = Response.objects.filter(READABLE, element=element_id).select_related("edition", "process", LOCAL_TEXT)
    return found.defer("version__resolved").annotate(number=PUBLIC_ANSWERED).order_by("-given_at", "-pk")


def local_changes(version: Version) -> Iterator[tuple[Response, set[int]]]:
    """The answers for which a local strategy was changed, up to this version that is or was in force; the latest first.

    Each with the numbers of the contributions everybody reads. Two queries.
    """
    upto = {"version__strategy": version.strategy_id, "version__number__lte": version.number}
    found = Response.objects.filter(CHANGES, READABLE, **upto).select_related("process", "version")
    rows = list(found.defer("version__resolved").order_by("-given_at", "-pk"))
    numbers: defaultdict[int, set[int]] = defaultdict(set)
    public = Answered.objects.filter(response__in=rows, contribution__state=ContributionState.PUBLIC)
    for response_id, number in public.values_list("response", "contribution"):
        numbers[response_id].add(number)
    return ((response, numbers[response.pk]) for response in rows)


def public_counts_of(element_ids: Iterable[str]) -> dict[str, int]:
    """How many public contributions belong to each of these passages, by its identity as text."""
    found = Contribution.objects.filter(state=ContributionState.PUBLIC, element__in=list(element_ids)).order_by()
    return {str(pk): number for pk, number in found.values_list("element").annotate(number=Count("pk"))}


# Tables and open data


def told_contributions(
    process: Process, *, answered_only: bool, with_unpublished: bool, office: Organisation | None = None
) -> QuerySet[Contribution]:
    """Contributions for a table, with everything it says of them; never what was not confirmed or was taken back."""
    states = SENT if with_unpublished else (ContributionState.PUBLIC,)
    found = meant_for(_with_answers(Contribution.objects.filter(process=process, state__in=states)), process, office)
    if answered_only:
        found = found.filter(answered__isnull=False)
    return found.select_related("phase", "municipality__municipality", "municipality__as_district")


def origins_in(process: Process) -> set[str]:
    """What came in from files, by where it stood before."""
    return set(Contribution.objects.filter(process=process).exclude(origin="").values_list("origin", flat=True))


def contribution_read_from(process: Process, url: str) -> Contribution | None:
    """What a file calls by this address, of the process it is read into."""
    return Contribution.objects.filter(process=process, origin=url).exclude(origin="").first()


def numbers_in(process: Process) -> list[int]:
    return list(Contribution.objects.filter(process=process).order_by().values_list("pk", flat=True))


def searched_ideas() -> QuerySet[Contribution]:
    """The ideas everybody may find."""
    found = Contribution.objects.filter(kind=ContributionKind.IDEA, state=ContributionState.PUBLIC)
    return found.filter(process__publication=Publication.PUBLISHED).select_related(
        "process__organisation", "municipality"
    )
