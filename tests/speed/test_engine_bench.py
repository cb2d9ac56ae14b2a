"""The bench of the docking engine measures what it says: invented, repeatable, in the shares it promises."""

from collections import Counter

import pytest

from andock.bench import engine
from andock.bench.engine import Figure, Part, confirmed, editions, growth, large_figures, strategy
from andock.docking.apply import apply
from andock.docking.fields import fields_of
from andock.docking.items import CONFLICT, DECLINED_CHANGED, UPSTREAM_ONLY
from andock.docking.local import ADAPTED, ADOPTED
from andock.docking.reconcile import reconcile


def test_editions_are_the_same_for_the_same_seed_and_one_element_in_five_differs() -> None:
    first, second = editions(400)
    changed = sum(one != other for one, other in zip(first.elements, second.elements, strict=True))

    assert editions(400) == (first, second)
    assert len(fields_of(first.elements[0])) == 6
    assert 60 < changed < 100


def test_strategies_are_mostly_untouched_a_quarter_local_and_a_twentieth_in_conflict() -> None:
    first, second = editions(400)
    states: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for seed in range(10):
        one = strategy(first, second, seed)
        states.update(decision.shown_state for decision in one.decisions)
        kinds.update(item.kind for item in reconcile(one, second, {2: ()}).items)

    assert states[ADOPTED] / 4000 == pytest.approx(0.60, abs=0.03)
    assert states[ADAPTED] / 4000 == pytest.approx(0.25, abs=0.03)
    assert kinds[CONFLICT] / 4000 == pytest.approx(0.05, abs=0.02)
    assert strategy(first, second, 3) == strategy(first, second, 3) != strategy(first, second, 4)


def test_the_answers_of_the_bench_finish_a_run() -> None:
    first, second = editions(50)
    run = reconcile(strategy(first, second, 1), second, {2: ()})

    assert apply(run, confirmed(run)).edition == 2


def test_the_large_run_counts_every_strategy_once_however_it_is_divided() -> None:
    told: list[int] = []
    figures = {figure.name: figure for figure in large_figures(towns=60, elements=20, tell=told.append)}
    first, second = editions(20)
    expected = Counter(
        item.kind for seed in range(60) for item in reconcile(strategy(first, second, seed), second, {2: ()}).items
    )

    name = "60 strategies × 20 elements"
    for kind in (CONFLICT, UPSTREAM_ONLY, DECLINED_CHANGED):
        assert figures[f"{name}, questions: {kind}"].value == expected[kind]
    assert sum(told) == 60
    assert figures[f"{name}, {engine.PROCESSES} processes"].value > 0


def test_growth_is_that_of_the_process_that_grew_most_after_its_first_tenth() -> None:
    sizes = {1: [10.0, 20.0, *[20.0] * 8, 21.0], 2: [10.0] * 11}
    parts = [Part(process, 1, Counter(), 0, size) for process, found in sizes.items() for size in found]

    assert growth(parts) == 1.0


def test_a_figure_without_a_limit_is_kept() -> None:
    assert Figure("x", 9, "ms").is_kept
    assert Figure("x", 9, "ms", 9).is_kept
    assert not Figure("x", 9, "ms", 8).is_kept
