"""Storing the engine's values as JSON and reading them back gives the same."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andock.docking import plain
from andock.docking.items import Resolution
from andock.docking.local import Addition, Decision, Held, Override, OwnElement, Strategy
from andock.docking.resolve import resolve
from andock.docking.values import Block, Element, Parameter, Source

WORDS = st.text('aä\u0308 \n"\\', max_size=4)
BLOCKS = st.builds(Block, WORDS, st.sampled_from(["paragraph", "list"]), WORDS)
SLOTS = st.builds(Parameter, *[WORDS] * 5)
ELEMENTS = st.builds(
    Element, WORDS, st.none() | WORDS, WORDS, WORDS, WORDS, terms=st.lists(WORDS, max_size=2).map(tuple),
    without_technology=st.booleans(), parameters=st.lists(SLOTS, max_size=2).map(tuple),
    blocks=st.lists(BLOCKS, max_size=2).map(tuple), sources=st.lists(st.builds(Source, WORDS, WORDS), max_size=1).map(tuple),
)  # fmt: skip
VALUES = st.one_of(
    st.tuples(st.just("title"), WORDS), st.tuples(st.just("terms"), st.lists(WORDS, max_size=2).map(tuple)),
    st.tuples(st.just("without_technology"), st.booleans()), st.tuples(st.just("parent"), WORDS),
    st.tuples(st.just("block:b"), st.none() | BLOCKS), st.tuples(st.just("parameter:p"), SLOTS),
)  # fmt: skip
OVERRIDES = VALUES.map(lambda pair: Override(*pair, "Weil.", "council"))
DECISIONS = st.builds(
    Decision, WORDS, ELEMENTS, st.integers(0, 3), overrides=st.lists(OVERRIDES, max_size=2).map(tuple),
    additions=st.lists(st.builds(Addition, BLOCKS, WORDS), max_size=1).map(tuple),
    held=st.lists(st.builds(Held, WORDS, st.integers(0, 3), WORDS, WORDS), max_size=1).map(tuple),
)  # fmt: skip
STRATEGIES = st.builds(
    Strategy, st.integers(0, 3), st.lists(DECISIONS, max_size=2).map(tuple),
    st.lists(st.builds(OwnElement, ELEMENTS, WORDS), max_size=1).map(tuple),
)  # fmt: skip
RESOLUTIONS = VALUES.map(lambda pair: Resolution(f"e/{pair[0]}", "edited", pair[1], placed=("x/title",), identity="k"))


def stored(value):
    return json.loads(plain.canonical(value))


@given(STRATEGIES)
def test_a_strategy_is_read_as_it_was_written(strategy: Strategy) -> None:
    assert plain.read_strategy(stored(strategy)) == strategy


@given(RESOLUTIONS)
def test_an_answer_is_read_as_it_was_written(resolution: Resolution) -> None:
    assert plain.read_resolution(stored(resolution)) == resolution


@given(ELEMENTS)
def test_a_frozen_version_is_read_as_it_was_written(element: Element) -> None:
    own = OwnElement(replace(element, id="o"), "x", "equal")
    resolved = resolve(Strategy(1, (Decision("x", element, 1, "declined"),), (own,)))

    assert plain.read_resolved(stored(resolved)) == resolved


def test_a_version_frozen_before_there_was_an_origin_can_still_be_read() -> None:
    resolved = resolve(Strategy(1, (), (OwnElement(Element("o", None, "goal", "", "T")),)))
    old = stored(resolved)
    del old["passages"][0]["was"]

    assert plain.read_resolved(old) == resolved


def test_the_canonical_text_is_one_whatever_the_order_and_keeps_letters() -> None:
    assert plain.canonical({"b": (1, "ä"), "a": None}) == '{"a":null,"b":[1,"ä"]}'
    assert plain.digest({"b": 1, "a": 2}) == plain.digest({"a": 2, "b": 1})
    assert len(plain.digest("ä")) == 64


@pytest.mark.parametrize(
    ("field", "data", "value"), [("title", None, None), ("terms", ["b", "a"], ("b", "a")), ("x", ["a"], None)]
)
def test_a_value_is_read_by_the_name_of_its_field(field: str, data, value) -> None:
    assert plain.read_value(field, data) == value
