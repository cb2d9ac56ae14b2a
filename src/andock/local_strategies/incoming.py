"""A local strategy from a file (``andock-local-strategy/1``) as the engine takes it. Described in docs/develop/region-format.md."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from andock.docking import local
from andock.docking.fields import BLOCK, PARAMETER, TERMS, TITLE, healed
from andock.docking.values import Block, Edition, Element, Source
from andock.strategy.choices import ElementType

from .choices import DecisionState, Outcome, Relation, Weight
from .reading_file import Part
from .services.own import blocks_of
from .services.states import Decided

REASONED = (DecisionState.DECLINED, DecisionState.DEFERRED)


@dataclass(frozen=True, slots=True)
class IncomingVersion:
    """One version of a file with everything that is written of it."""

    fields: Mapping[str, Any]
    in_force_on: date
    strategy: local.Strategy
    public_reasons: frozenset[uuid.UUID]
    records: tuple[Decided, ...]


def version_of(part: Part, edition: Edition, before: local.Strategy | None, terms: Collection[str]) -> IncomingVersion:
    """A version of the file on its edition; ``before`` is the version it follows, whose own text keeps its identity."""
    reader = _OnEdition(edition, terms)
    fields = {
        "number": part.number("number"), "title": part.text("title", required=True),
        "introduction": part.text("introduction"), "demonstration": part.flag("demonstration"),
    }  # fmt: skip
    decisions = reader.decisions(part)
    found = IncomingVersion(
        fields=fields, in_force_on=part.day("in_force_on", required=True) or date.min,
        strategy=local.Strategy(edition.ordinal, tuple(decisions), tuple(reader.own(part, before))),
        public_reasons=frozenset(reader.public), records=tuple(_records(part)),
    )  # fmt: skip
    part.value("edition")
    part.close()
    return found


def _records(part: Part) -> Iterator[Decided]:
    for one in part.parts("records"):
        yield Decided(
            weight=one.choice("weight", Weight.values, Weight.SUBSTANTIAL),
            outcome=one.choice("outcome", Outcome.values, Outcome.APPROVED),
            body=one.text("body", required=True), decided_on=one.day("decided_on", required=True) or date.min,
            reference=one.text("reference"), note=one.text("note"),
        )  # fmt: skip
        one.close()


class _OnEdition:
    """Reads what a file says about the elements of an edition, named by their number there or their identity."""

    def __init__(self, edition: Edition, terms: Collection[str]) -> None:
        self.edition, self.terms, self.public = edition, terms, set[uuid.UUID]()
        self.named = {element.label: element for element in edition.elements if element.label}
        self.named |= {element.id: element for element in edition.elements}

    def decisions(self, part: Part) -> Iterator[local.Decision]:
        otherwise = part.choice("otherwise", (local.ADOPTED, local.UNDECIDED), local.UNDECIDED)
        listed: dict[str, Part] = {}
        for name, one in part.named("decisions"):
            if name in self.named:
                listed[self.named[name].id] = one
            else:
                one.refuse("", _("There is no such element in edition %d.") % self.edition.ordinal)
        for element in self.edition.elements:
            start = local.Decision(element.id, element, self.edition.ordinal, state=otherwise)
            yield self._decision(listed[element.id], start) if element.id in listed else start

    def _decision(self, part: Part, start: local.Decision) -> local.Decision:
        until = part.day("until")
        decision = replace(
            start, state=part.choice("state", DecisionState.values, local.ADOPTED), reason=part.text("reason"),
            until=until.isoformat() if until else "", was=part.choice("was", ("", *local.LIVE), ""),
            overrides=tuple(self._overrides(part, start.base)), additions=tuple(_additions(part, start.base)),
        )  # fmt: skip
        self._check(part, decision)
        part.close()
        return healed(decision)

    def _check(self, part: Part, decision: local.Decision) -> None:
        if decision.state in REASONED and not decision.reason:
            part.refuse("reason", _("What is declined or deferred needs a reason."))
        if decision.state == local.DEFERRED and not decision.until:
            part.refuse("until", _("What is deferred needs the day until when."))
        if part.flag("reason_public"):
            self.public.add(uuid.UUID(decision.element))

    def _overrides(self, part: Part, base: Element) -> Iterator[local.Override]:
        if title := part.text("title"):
            yield local.Override(TITLE, title)
        if terms := part.texts("terms"):
            for name in set(terms) - set(self.terms):
                part.refuse("terms", _("There is no term “%s”.") % name)
            yield local.Override(TERMS, tuple(sorted(terms)))
        slots = {slot.key: slot for slot in base.parameters}
        for key, value in part.pairs("parameters"):
            if key in slots:
                yield local.Override(PARAMETER + key, replace(slots[key], value=str(value)))
            else:
                part.refuse("parameters", _("The element has no slot “%s”.") % key)
        for number, text in part.pairs("blocks"):
            if block := _block(part, "blocks", base, number):
                yield local.Override(BLOCK + block.id, replace(block, text=str(text)) if text else None)

    def own(self, part: Part, before: local.Strategy | None) -> Iterator[local.OwnElement]:
        older = {own.element.id: own.element.blocks for own in before.own} if before else {}
        for one in part.parts("own"):
            yield self._own(one, older)
            one.close()

    def _own(self, part: Part, older: Mapping[str, tuple[Block, ...]]) -> local.OwnElement:
        identity, serves = part.identity("id"), self._element(part, "serves")
        relation = part.choice("relation", Relation.values, Relation.NONE)
        if bool(serves) != (relation != Relation.NONE):
            part.refuse("relation", _("Say which element it serves and how, or neither."))
        return local.OwnElement(
            Element(
                id=identity, parent=self._element(part, "below") or None, label="", title=part.text("title", required=True),
                type=part.choice("type", ElementType.values, ElementType.SECTION), obligation="optional",
                blocks=blocks_of(part.text("text"), older.get(identity, ())), sources=tuple(_sources(part)),
            ),
            serves=serves, relation=relation, after=self._element(part, "after"),
        )  # fmt: skip

    def _element(self, part: Part, name: str) -> str:
        """The identity of a regional element named by its number, or of an own one by its identity."""
        found = part.text(name)
        if not found or found in self.named:
            return self.named[found].id if found else ""
        return part.identity(name)


def _sources(part: Part) -> Iterator[Source]:
    for one in part.parts("sources"):
        yield Source(one.text("title", required=True), one.text("url"))
        one.close()


def _additions(part: Part, base: Element) -> Iterator[local.Addition]:
    for place, one in enumerate(part.parts("additions")):
        number, text = one.text("after"), one.text("text", required=True)
        block = _block(one, "after", base, number) if number not in {"", "0"} else None
        after = block.id if block else local.START if number == "0" else ""
        identity = uuid.uuid5(uuid.NAMESPACE_OID, f"{base.id}/{place}/{text}")
        yield local.Addition(Block(str(identity), one.choice("kind", ("paragraph", "list"), "paragraph"), text), after)
        one.close()


def _block(part: Part, name: str, base: Element, number: str) -> Block | None:
    """A block by its place, counted from 1."""
    if number.isdigit() and 0 < int(number) <= len(base.blocks):
        return base.blocks[int(number) - 1]
    part.refuse(name, _("The element has no paragraph “%s”; they are counted from 1.") % number)
    return None
