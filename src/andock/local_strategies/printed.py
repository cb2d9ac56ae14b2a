"""A version as people read it: a tree of passages, the origin of every part, what is not followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.docking.fields import BLOCK, PARAMETER, TERMS, TITLE
from andock.docking.local import OWN
from andock.docking.resolve import LOCAL, MIXED, REGIONAL
from andock.organisations.queries import terms
from andock.strategy.choices import ElementType, Obligation
from andock.strategy.outline import Node, anchor, outline

from .choices import DecisionState, Relation
from .queries import resolved_version

if TYPE_CHECKING:
    from datetime import date

    from andock.docking.resolve import Origin, Passage
    from andock.docking.values import Block, Parameter, Source
    from andock.organisations.models import Term

    from .models import ElementDecision, Version

KINDS = {REGIONAL: "region", LOCAL: "local", MIXED: "mixed"}
"""The marks of the design by the engine's words."""


@dataclass(frozen=True, slots=True)
class Place:
    """What names are looked up in: of the municipality, of editions, of regional elements, of topics."""

    version: Version
    name: str
    editions: Mapping[int, str]
    decisions: Mapping[str, ElementDecision]
    terms: Mapping[str, Term]

    def mark(self, origin: Origin) -> Mark:
        edition = self.editions.get(origin.edition, "")
        words = {"place": self.name, "edition": edition}
        text = {
            REGIONAL: _("Region, %(edition)s"),
            LOCAL: _("local, %(place)s"),
            MIXED: _("mixed: Region, %(edition)s, changed in %(place)s"),
        }[origin.kind]
        return Mark(KINDS[origin.kind], text % words)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a wording comes from: the mark of the design and the words beside it."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that follow each other and are of one origin."""

    mark: Mark
    blocks: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Served:
    """The regional element that an own one stands in relation to."""

    identity: str
    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A passage with what its page says about it. It stands in an outline as a wording of an edition does."""

    passage: Passage
    place: Place

    @property
    def element_id(self) -> str:
        return self.passage.element.id

    @property
    def parent_id(self) -> str | None:
        return self.passage.element.parent

    @property
    def label(self) -> str:
        return self.passage.element.label

    @property
    def title(self) -> str:
        return self.passage.element.title

    @property
    def state(self) -> str:
        return self.passage.state

    @property
    def is_own(self) -> bool:
        return self.passage.state == OWN

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.passage.element.parameters

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.passage.element.sources

    @property
    def without_technology(self) -> bool:
        return self.passage.element.without_technology

    @property
    def topics(self) -> list[Term]:
        found = (self.place.terms.get(key) for key in self.passage.element.terms)
        return [term for term in found if term]

    @property
    def kind(self) -> str:
        """Obligation and kind of passage; an own one obliges nobody else."""
        element = self.passage.element
        kind = str(ElementType(element.type).label) if element.type in ElementType.values else element.type
        return kind if self.is_own else f"{Obligation(element.obligation).label} · {kind}"

    @property
    def mark(self) -> Mark:
        return self.place.mark(self.passage.origin)

    @property
    def stretches(self) -> list[Stretch]:
        """The text in pieces of one origin each."""
        blocks = self.passage.element.blocks
        return [
            Stretch(mark, tuple({"kind": block.kind, "text": block.text} for block in found))
            for mark, found in groupby(blocks, key=self._mark_of)
        ]

    def _mark_of(self, block: Block) -> Mark:
        origin = self.passage.origins.get(BLOCK + block.id)
        return self.place.mark(origin) if origin else self.mark

    @property
    def origins(self) -> list[tuple[str, Mark]]:
        """Every part that readers see, with its origin."""
        return [(name, self.place.mark(origin)) for name, origin in self._parts()]

    def _parts(self) -> Iterator[tuple[str, Origin]]:
        origins = self.passage.origins
        yield _("Title"), origins[TITLE]
        for number, block in enumerate(self.passage.element.blocks, start=1):
            if origin := origins.get(BLOCK + block.id):
                yield _("Paragraph %d") % number, origin
        for slot in self.parameters:
            if slot.value and (origin := origins.get(PARAMETER + slot.key)):
                yield slot.label, origin
        if self.passage.element.terms:
            yield _("Topics"), origins[TERMS]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it reads differently here, where that was released."""
        row = self.place.decisions.get(self.element_id)
        if row is None or not row.reason_public:
            return ()
        return tuple(dict.fromkeys(filter(None, (row.reason, *self.passage.reasons))))

    @property
    def serves(self) -> Served | None:
        row = self.place.decisions.get(self.passage.serves)
        if row is None:
            return None
        return Served(self.passage.serves, named(row), str(Relation(self.passage.relation).label))


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """A regional element that isn't printed; its reason only where it was released."""

    identity: str
    name: str
    shown: str
    word: str
    reason: str
    until: date | None

    @property
    def anchor(self) -> str:
        return anchor(self.identity)


@dataclass(frozen=True, slots=True)
class Reading:
    """A version with everything its page shows of the text."""

    nodes: list[Node]
    unfollowed: list[Unfollowed]
    undecided: int
    tally: dict[str, int] = field(default_factory=dict)

    @property
    def walk(self) -> Iterator[Node]:
        return (node for root in self.nodes for node in root.walk())


def place_of(version: Version) -> Place:
    """Three queries, however long the text is."""
    strategy = version.strategy
    return Place(
        version,
        strategy.organisation.name,
        dict(strategy.framework.editions.values_list("ordinal", "label")),
        {str(row.element_id): row for row in version.decisions.order_by("position")},
        {term.key: term for term in terms()},
    )


def reading(version: Version, *, all_reasons: bool = False) -> Reading:
    """The text as a tree, and what is not followed. ``all_reasons`` is for those who may see the draft."""
    place = place_of(version)
    printed = [Printed(passage, place) for passage in resolved_version(version).passages]
    tally: dict[str, int] = {}
    for one in printed:
        tally[one.state] = tally.get(one.state, 0) + 1
    left = [row for row in place.decisions.values() if row.state != DecisionState.ADOPTED]
    decided = [row for row in left if row.state in (DecisionState.DECLINED, DecisionState.DEFERRED)]
    return Reading(
        outline(printed),
        [unfollowed(row, all_reasons=all_reasons) for row in decided],
        sum(row.state == DecisionState.UNDECIDED for row in left),
        tally,
    )


def unfollowed(row: ElementDecision, *, all_reasons: bool) -> Unfollowed:
    reason = row.reason if all_reasons or row.reason_public else ""
    word = str(row.get_shown_display())
    return Unfollowed(str(row.element_id), named(row), row.shown, word, reason, row.until)


def named(row: ElementDecision) -> str:
    """Number and title as the region has them."""
    return f"{row.base['label']} {row.base['title']}".strip()
