"""What became of elements, over every edition a strategy has skipped."""

from dataclasses import replace

import pytest

from andock.docking.items import JOINED, REPLACED, SPLIT
from andock.docking.local import ADOPTED, DECLINED, DEFERRED, UNDECIDED, Strategy
from andock.docking.succession import Ways, successions
from andock.docking.values import Lineage
from tests.docking.scenes import edition, element, plain, town


def row(kind: str, source: str | None, target: str | None, reason: str = "") -> Lineage:
    return Lineage(kind, source, target, reason=reason)


def found(strategy: Strategy, names: str, *steps: tuple[Lineage, ...]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Kind and sources by target, where each step is the lineage of an edition."""
    lineage = dict(enumerate(steps, start=2))
    target = replace(plain(names), ordinal=1 + len(steps))
    return {
        name: (succession.kind, tuple(source.element for source in succession.sources))
        for name, succession in successions(strategy, Ways(target, lineage)).items()
    }


@pytest.mark.parametrize(
    ("first", "names", "steps", "expected"),
    [
        ("a", "b", [(row("replaced", "a", "b"),)], {"b": (REPLACED, ("a",))}),
        ("a", "bc", [(row("split", "a", "b"), row("split", "a", "c"))], {"b": (SPLIT, ("a",)), "c": (SPLIT, ("a",))}),
        ("ab", "c", [(row("joined", "a", "c"), row("joined", "b", "c"))], {"c": (JOINED, ("a", "b"))}),
        ("a", "c", [(row("replaced", "a", "b"),), (row("replaced", "b", "c"),)], {"c": (REPLACED, ("a",))}),
        ("ab", "d", [(row("replaced", "a", "c"),), (row("joined", "c", "d"), row("joined", "b", "d"))], {"d": (JOINED, ("a", "b"))}),
        ("a", "a", [(row("replaced", "a", "b"),), (row("replaced", "b", "a"),)], {}),
        ("a", "ab", [(row("split", "a", "a"), row("split", "a", "b"))], {"b": (SPLIT, ("a",))}),
        ("a", "a", [(row("moved", "a", "a"),)], {}),
        ("a", "c", [(row("replaced", "a", "b"),)], {}),
    ],
    ids=["replaced", "split", "joined", "two steps", "joined later", "there and back", "goes on", "moved", "gone again"],
)  # fmt: skip
def test_successions_are_found(first: str, names: str, steps, expected) -> None:
    assert found(town(plain(first)), names, *steps) == expected


@pytest.mark.parametrize(
    ("state", "expected"), [(ADOPTED, ("b",)), (DECLINED, ("b",)), (DEFERRED, ()), (UNDECIDED, ())]
)
def test_only_what_somebody_has_made_up_their_mind_about_hands_anything_on(state: str, expected) -> None:
    assert tuple(found(town(plain("a"), state=state), "b", (row("replaced", "a", "b"),))) == expected


def with_target(state: str, since: int, settled: int = 0) -> Strategy:
    """A has been split into itself, b and c; b was answered in edition 2, and c put off."""
    source, target, other = town(plain("abc")).decisions
    return Strategy(
        2,
        (
            replace(source, edition=2, settled=1),
            replace(target, edition=since, state=state),
            replace(other, state=DEFERRED),
        ),
    )


SPLIT_ROWS = tuple(row("split", "a", name) for name in "abc")


@pytest.mark.parametrize(
    ("state", "asked"), [(ADOPTED, {"c"}), (DECLINED, {"c"}), (UNDECIDED, {"c"}), (DEFERRED, {"b", "c"})]
)
def test_an_answered_part_is_not_asked_again_while_another_waits(state: str, asked: set[str]) -> None:
    assert set(found(with_target(state, 2), "abc", SPLIT_ROWS, ())) == asked


def test_an_undecided_part_is_asked_again_while_what_has_ended_waits() -> None:
    assert set(found(with_target(UNDECIDED, 2), "bc", SPLIT_ROWS, ())) == {"b", "c"}


def test_an_answered_part_is_asked_again_when_more_comes_to_it() -> None:
    later = (row("joined", "a", "b"), row("joined", "b", "b"))
    through_another = ((row("split", "a", "c"),), (row("joined", "c", "b"),))

    assert set(found(with_target(ADOPTED, 2), "abc", SPLIT_ROWS, later)) == {"b", "c"}
    assert "b" in found(with_target(ADOPTED, 2), "ab", *through_another)


def test_ways_know_what_goes_on_and_what_ends() -> None:
    rows = tuple(row("joined", name, "b") for name in "ab")
    ways = Ways(edition(element("b"), ordinal=2), {2: rows})

    (succession,) = successions(town(plain("ab")), ways).values()
    assert (succession.ending, tuple(succession.continuing), succession.kind) == (("a",), (), JOINED)


def test_rows_to_an_element_tell_reasons_from_every_side_once_composed() -> None:
    ways = Ways(plain("c"), {1: (row("joined", "a", "c", "Eins."), row("joined", "b", "c", "Zwei."))})

    assert [one.reason for one in ways.rows_to("c", 0)] == ["Eins.", "Zwei."]
    assert ways.rows("a", 0) == ways.rows("a", 0)
    assert ways.rows("a", 1) == []
