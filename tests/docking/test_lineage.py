"""Lineage over several editions."""

import pytest

from andock.docking.diff import diff
from andock.docking.lineage import LineageCycle, compose
from andock.docking.values import Lineage
from tests.docking.scenes import plain


def row(kind: str, source: str | None, target: str | None, reason: str = "") -> Lineage:
    return Lineage(kind, source, target, "equal", reason)


def test_compose_of_one_edition_is_its_lineage() -> None:
    rows = (row("replaced", "a", "b", "Darum."), row("withdrawn", "c", None))

    assert compose(rows) == rows


def test_compose_follows_an_element_over_a_skipped_edition() -> None:
    composed = compose((row("replaced", "a", "b", "Erst so."),), (row("replaced", "b", "c", "Dann so."),))

    assert Lineage("replaced", "a", "c", "", "Erst so.\nDann so.") in composed


def test_compose_follows_split_then_joined() -> None:
    composed = compose(
        (row("split", "a", "x"), row("split", "a", "y")), (row("joined", "x", "z"), row("joined", "y", "z"))
    )

    assert [change.kinds for change in diff(plain("a"), plain("z"), composed)] == [("replaced",)]


def test_compose_tells_the_reason_of_a_withdrawal_after_a_replacement() -> None:
    composed = compose((row("replaced", "a", "b", "Erst so."),), (row("withdrawn", "b", None, "Dann nicht mehr."),))

    (change,) = diff(plain("a"), plain(""), composed)

    assert (change.kinds, change.reasons) == (("withdrawn",), ("Erst so.", "Dann nicht mehr."))


def test_compose_of_withdrawn_and_reinstated_is_no_change() -> None:
    composed = compose((row("withdrawn", "a", None),), (row("reinstated", None, "a"),))

    assert [change.kinds for change in diff(plain("a"), plain("a"), composed)] == [("unchanged",)]


def test_compose_lets_history_return_but_refuses_a_circle_within_one_edition() -> None:
    assert compose((row("joined", "a", "b"),), (row("split", "b", "a"),))
    with pytest.raises(LineageCycle, match="→") as refused:
        compose((row("replaced", "a", "b"), row("replaced", "b", "c"), row("replaced", "c", "a")))

    assert set(refused.value.identities) == {"a", "b", "c"}


def test_compose_does_not_take_staying_for_a_circle() -> None:
    rows = (row("split", "a", "a"), row("split", "a", "b"))

    assert compose(rows) == rows


def test_compose_of_nothing_is_nothing() -> None:
    assert compose() == compose((), ()) == ()
