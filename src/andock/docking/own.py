"""Elements of one's own: what stays, what the region has taken up, and what is kept of elements that ended."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace

from . import items as kinds
from .items import Resolution, Run
from .local import ADOPTED, ENDED, EQUAL, Decision, OwnElement
from .resolve import own_text
from .values import Element

Answers = Mapping[str, Resolution]


def staying(run: Run, answers: Answers, decisions: tuple[Decision, ...]) -> Iterator[OwnElement]:
    """Own elements that go on: not those the region has taken up, nor those that say what came back into the region's."""
    adopted = {decision.element: decision for decision in decisions if decision.state == ADOPTED}
    taken = {
        own.element.id: target
        for target, own in run.promoted.items()
        if target in adopted and target in answers and target not in run.successions
    }
    for own in run.strategy.own:
        if own.element.id in taken:
            continue
        back = adopted.get(own.origin) if own.origin in answers else None
        if not back:
            yield _beside(own, taken)
        elif not _says_the_same(own.element, own_text(back, own.element.id)):
            yield replace(_beside(own, taken), serves=own.origin, relation=EQUAL)


def _beside(own: OwnElement, taken: Mapping[str, str]) -> OwnElement:
    """Own elements below or after one that was taken up stand below or after what it has become."""
    parent = own.element.parent
    moved = replace(own.element, parent=taken.get(parent, parent)) if parent else own.element
    return replace(own, element=moved, after=taken.get(own.after, own.after))


def _says_the_same(one: Element, other: Element) -> bool:
    return (one.title, [b.text for b in one.blocks]) == (other.title, [b.text for b in other.blocks])


def kept_as_own(run: Run, answers: Answers, decisions: tuple[Decision, ...]) -> Iterator[OwnElement]:
    """What was kept of elements that have ended now, each once, where it stood."""
    before = {decision.element: decision for decision in run.strategy.decisions}
    for decision in decisions:
        old = before.get(decision.element)
        if not old or old.state != ADOPTED or decision.state != ENDED:
            continue
        if found := _to_local(run, answers, decision.element):
            serves, answer, is_first = found
            name = f"{run.target.ordinal}/{answer.identity}/{decision.element}"
            identity = answer.identity if answer.identity and is_first else str(uuid.uuid5(uuid.NAMESPACE_OID, name))
            yield OwnElement(own_text(old, identity), serves=serves, after=decision.element, origin=decision.element)


def _to_local(run: Run, answers: Answers, element: str) -> tuple[str, Resolution, bool] | None:
    """The answer that keeps an element: what it will serve, and whether it has the answer's identity."""
    for item in run.items:
        answer = answers.get(item.key)
        if answer and answer.answer == kinds.TO_LOCAL and element in item.ending:
            return ("" if item.key == element else item.key), answer, item.ending[0] == element
    return None
