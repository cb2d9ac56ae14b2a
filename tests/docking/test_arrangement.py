"""In which order everything stands, printed or not."""

from __future__ import annotations

from andock.docking.local import OwnElement, Strategy, begin
from andock.docking.resolve import arrangement
from andock.docking.values import Element


def goal(name: str, parent: str | None = None) -> Element:
    return Element(name, parent, "goal", "", name)


def test_an_own_element_stands_after_the_sibling_it_follows_and_nothing_else_moves() -> None:
    begun = begin(1, (goal("g1"), goal("g2"), goal("m1", "g2")))
    strategy = Strategy(1, begun.decisions, (OwnElement(goal("own"), after="g1"), OwnElement(goal("below", "g2"))))

    assert arrangement(strategy) == (("g1", ""), ("own", ""), ("g2", ""), ("m1", "g2"), ("below", "g2"))


def test_an_own_element_kept_of_a_regional_one_takes_its_place_for_those_below() -> None:
    begun = begin(1, (goal("g1"), goal("m1", "g1")))
    strategy = Strategy(1, begun.decisions, (OwnElement(goal("own"), after="g1", origin="g1"),))

    assert dict(arrangement(strategy))["m1"] == "own"
