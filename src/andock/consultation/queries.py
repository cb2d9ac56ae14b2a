"""Reads of consultations: which text, what was said about it, and where most was said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from andock.docking.local import OWN
from andock.local_strategies.queries import open_version, resolved_version, strategy_of
from andock.participation.choices import SENT, ContributionKind, ContributionState
from andock.participation.queries import LOCAL_TEXT, local_changes
from andock.strategy.queries import edition_value, frameworks, open_editions

from .models import Anchor, Subject
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from andock.local_strategies.models import Version
    from andock.organisations.models import Organisation
    from andock.participation.models import Phase, Response
    from andock.strategy.models import Edition

    from .text import Counts

IS_PUBLIC = Q(contribution__state=ContributionState.PUBLIC)


def subject_of(phase: Phase) -> Subject | None:
    """The text of a phase, if one was chosen; the phase's process must be at hand."""
    texts = Subject.objects.select_related(
        "edition__framework__owner", "version__strategy__organisation", "version__edition"
    )
    found = texts.filter(phase=phase).first()
    if found:
        found.phase = phase
    return found


def text_of(subject: Subject) -> Text:
    """The text as it reads now, in reading order. Ask ``rules.may_read_text`` first."""
    if subject.edition:
        return Text(edition_value(subject.edition).elements)
    assert subject.version is not None
    found = resolved_version(subject.version).passages
    own = frozenset(passage.element.id for passage in found if passage.state == OWN)
    return Text(tuple(passage.element for passage in found), own)


def counts_of(phase: Phase) -> Counts:
    """How many public contributions each block has."""
    found = Anchor.objects.filter(IS_PUBLIC, contribution__phase=phase).order_by()
    return {
        (row["identity"], row["block"]): row["number"]
        for row in found.values("identity", "block").annotate(number=Count("pk"))
    }


def public_anchors(phase: Phase, identity: UUID) -> QuerySet[Anchor]:
    """What everybody reads about an element, the latest first, with author and official answer."""
    found = Anchor.objects.filter(IS_PUBLIC, contribution__phase=phase, identity=identity)
    return _with_answers(found).order_by("-contribution__sent_at", "-pk")


def elements_spoken_of(phase: Phase, *states: str) -> list[tuple[UUID, str, int]]:
    """Every element something was said about, as it was called then, and how often; in these states, or sent at all."""
    sent = Anchor.objects.filter(contribution__phase=phase, contribution__state__in=states or SENT)
    counted: dict[UUID, tuple[str, int]] = {}
    for identity, about in sent.order_by("contribution__sent_at", "pk").values_list("identity", "contribution__about"):
        counted[identity] = (about, counted.get(identity, ("", 0))[1] + 1)
    return [(identity, about, number) for identity, (about, number) in counted.items()]


def attention(phase: Phase) -> QuerySet[Anchor, Any]:
    """Blocks by how much was said about them, the most first: sent for sure and not taken back."""
    found = Anchor.objects.filter(contribution__phase=phase, contribution__state__in=SENT).order_by()
    counted = found.values("identity", "block").annotate(
        number=Count("pk"),
        wordings=Count("pk", filter=Q(contribution__kind=ContributionKind.WORDING)),
        held=Count("pk", filter=Q(contribution__state=ContributionState.HELD)),
        unanswered=Count("pk", filter=IS_PUBLIC & Q(contribution__answered=None)),
    )
    return counted.order_by("-number", "-unanswered", "identity", "block")


def anchors_at(phase: Phase, identity: UUID, block: UUID) -> QuerySet[Anchor]:
    """What was said about a block, held back and hidden too, for those who check and answer; the oldest first."""
    found = Anchor.objects.filter(contribution__phase=phase, identity=identity, block=block)
    return _with_answers(found.filter(contribution__state__in=SENT)).order_by("contribution__sent_at", "pk")


def _with_answers(anchors: QuerySet[Anchor]) -> QuerySet[Anchor]:
    response = "contribution__answered__response__"
    whole = anchors.select_related(
        "contribution__participant", f"{response}office", f"{response}edition", f"{response}{LOCAL_TEXT}", "edition", "version",
    )  # fmt: skip
    return whole.defer("version__resolved", f"{response}version__resolved")  # texts of whole strategies


def editions_to_choose(organisation: Organisation) -> list[Edition]:
    """Drafts and editions in consultation of the frameworks an organisation owns."""
    owned = [one for one in frameworks() if one.owner_id == organisation.pk]
    return [edition for framework in owned for edition in open_editions(framework)]


def version_to_choose(organisation: Organisation) -> Version | None:
    """The version of its own local strategy an organisation works on."""
    strategy = strategy_of(organisation)
    return open_version(strategy) if strategy else None


def anchors_with(numbers: Collection[int]) -> QuerySet[Anchor]:
    """Where the contributions with these numbers belong."""
    return Anchor.objects.filter(pk__in=numbers)


@dataclass(slots=True)
class AboutLocal:
    """A passage of a local strategy: the numbers of what was said about it and of what changed it, and the answers."""

    said: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    answers: list[Response] = field(default_factory=list)


def about_local(version: Version) -> dict[UUID, AboutLocal]:
    """What people said about the passages of a local strategy up to a version, by passage; three queries."""
    found: defaultdict[UUID, AboutLocal] = defaultdict(AboutLocal)
    upto = {"version__strategy": version.strategy_id, "version__number__lte": version.number}
    for identity, number in Anchor.objects.filter(IS_PUBLIC, **upto).values_list("identity", "contribution"):
        found[identity].said.add(number)
    for response, numbers in local_changes(version):
        assert response.passage_id, "Only answers for which a text was changed."
        about = found[response.passage_id]
        about.said |= numbers
        about.changed |= numbers
        about.answers.append(response)
    return dict(found)
