"""How fast the docking engine is: invented editions and strategies, the same for the same seed, and nothing else.

Times are processor time of one process, which suffers less from its neighbours than the clock does; the large run,
which is about two processes at once, is timed by the clock as well.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from andock.docking.apply import apply
from andock.docking.fields import with_override
from andock.docking.items import DEFER, Resolution, Run, matters, safe_proposals
from andock.docking.local import ADOPTED, DECLINED, UNDECIDED, Decision, Override, Strategy, begin, decided
from andock.docking.preview import preview
from andock.docking.reconcile import reconcile
from andock.docking.resolve import resolve
from andock.docking.succession import Ways
from andock.docking.synopsis import synopsis
from andock.docking.threeway import merge_words
from andock.docking.values import Block, Edition, Element
from andock.docking.words import word_diff

TOWNS, ELEMENTS, PROCESSES, PART = 11_000, 400, 2, 50
CHANGED, OVERRIDDEN, CONFLICTING, UNTOUCHED = 0.20, 0.20, 0.05, 0.60
WORDS = (
    "Netz", "Licht", "Daten", "Rad", "Wald", "Schule", "Markt", "Fluss", "Bus", "Dorf", "Klima", "Energie", "Pflege",
    "Bildung", "Straße", "Verein",
)  # fmt: skip
TITLE, SENTENCE, ROUNDS = 5, 10, 7
REWORDED = 0.1


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside what it may be at most (nothing where it only informs)."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def is_kept(self) -> bool:
        return self.limit is None or self.value <= self.limit


# --- what is measured with ---------------------------------------------------------------------------------------------
def editions(elements: int, seed: int = 1) -> tuple[Edition, Edition]:
    """Two editions of elements with six fields each; one element in five reads differently in the second."""
    chance = random.Random(seed)  # noqa: S311  repeatable, not secret
    first = tuple(_element(number, chance) for number in range(elements))
    second = tuple(_changed(element, chance) if chance.random() < CHANGED else element for element in first)
    return Edition(1, "1.0", "Rahmen", first), Edition(2, "2.0", "Rahmen", second)


def _element(number: int, chance: random.Random) -> Element:
    parent = f"e{number - number % 10}" if number % 10 else None
    blocks = tuple(Block(f"e{number}b{place}", "paragraph", text(chance, 60)) for place in (1, 2))
    return Element(
        f"e{number}", parent, "goal", str(number), text(chance, TITLE), terms=("SDG 9", "SDG 11"), blocks=blocks
    )


def _changed(element: Element, chance: random.Random) -> Element:
    block = element.blocks[0]
    return replace(element, blocks=(replace(block, text=reworded(block.text, chance)), *element.blocks[1:]))


def text(chance: random.Random, words: int) -> str:
    """Sentences of about ten words."""
    found = [
        f"{word}." if place % SENTENCE == SENTENCE - 1 else word
        for place, word in enumerate(chance.choices(WORDS, k=words))
    ]
    return " ".join(found)


def reworded(old: str, chance: random.Random) -> str:
    """The text with one word in ten replaced."""
    return " ".join(chance.choice(WORDS) if chance.random() < REWORDED else word for word in old.split())


def strategy(first: Edition, second: Edition, seed: int) -> Strategy:
    """A municipality: most adopted as it stands, a fifth in local words, a twentieth in words the region changes too."""
    chance = random.Random(seed)  # noqa: S311  repeatable, not secret
    made = begin(1, first.elements)
    pairs = zip(made.decisions, second.elements, strict=True)
    return replace(made, decisions=tuple(_decided(decision, element, chance) for decision, element in pairs))


def _decided(decision: Decision, element: Element, chance: random.Random) -> Decision:
    lot = chance.random()
    if lot < UNTOUCHED:
        return decided(decision, ADOPTED)
    is_changed = element is not decision.base
    if lot < UNTOUCHED + OVERRIDDEN + CONFLICTING:
        block = decision.base.blocks[0 if is_changed and chance.random() < CONFLICTING / (OVERRIDDEN * CHANGED) else 1]
        local = replace(block, text=reworded(block.text, chance))
        return with_override(decided(decision, ADOPTED), Override(f"block:{block.id}", local))
    return decided(decision, chance.choice((DECLINED, UNDECIDED)), reason="Andere Lage")


def confirmed(run: Run) -> dict[str, Resolution]:
    """What may be confirmed in one step, everything else put off."""
    found = safe_proposals(run, {})
    for item in run.items:
        if item.key not in found and matters(item, found):
            found[item.key] = Resolution(item.key, DEFER, reason="Später", until="2030-01-01")
    return found


# --- small figures -------------------------------------------------------------------------------------------------------
def small_figures() -> list[Figure]:
    """What a municipality waits for when it starts a run, and the agency when it looks ahead."""
    first, second = editions(ELEMENTS)
    one = strategy(first, second, 1)
    run = reconcile(one, second, {2: ()})
    answers = confirmed(run)
    made = apply(run, answers)
    before, after = resolve(one), resolve(made)
    region = editions(100)
    towns = [(number, strategy(*region, number)) for number in range(59)]
    name = f"one strategy, {ELEMENTS} elements × 6 fields: "
    return [
        Figure(f"{name}questions", milliseconds(lambda: reconcile(one, second, {2: ()})), "ms", 50),
        Figure(f"{name}answers applied", milliseconds(lambda: apply(run, answers)), "ms"),
        Figure(f"{name}text", milliseconds(lambda: resolve(made)), "ms"),
        Figure(f"{name}synopsis", milliseconds(lambda: synopsis(before, after, second)), "ms"),
        Figure("59 strategies × 100 elements", milliseconds(lambda: preview(towns, region[1], {2: ()})), "ms", 1000),
        *_figures_of_words(),
    ]


def _figures_of_words() -> Iterator[Figure]:
    chance = random.Random(1)  # noqa: S311  repeatable, not secret
    for words, limit in ((1000, 100), (5000, None)):
        old = text(chance, words)
        one, other = reworded(old, chance), reworded(old, chance)
        strange = " ".join(f"neu{place}" for place in range(words))
        for name, work in (
            ("one in ten changed", partial(word_diff, old, one)),
            ("all changed", partial(word_diff, old, strange)),
            ("both sides merged", partial(merge_words, old, one, other)),
        ):
            yield Figure(f"{words} words, {name}", milliseconds(work), "ms", limit)


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time, median of some rounds after one that warms up."""
    work()
    return statistics.median(_once(work) for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


# --- a whole country -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Part:
    """Some of the strategies: what they would be asked, how long it took, how large the process was in the end."""

    process: int
    strategies: int
    kinds: Counter[str]
    seconds: float
    megabytes: float


def large_figures(*, towns: int = TOWNS, elements: int = ELEMENTS, tell: Callable[[int], object]) -> list[Figure]:
    """Every strategy of a country made, reconciled and forgotten, in two processes; ``tell`` hears of progress."""
    began, parts, kinds = time.monotonic(), list[Part](), Counter[str]()
    starts = range(0, towns, PART)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(_part, elements, start, min(start + PART, towns)) for start in starts]):
            parts.append(done.result())
            kinds.update(parts[-1].kinds)
            tell(parts[-1].strategies)
    seconds = time.monotonic() - began
    name = f"{towns:,} strategies × {elements} elements"
    return [
        Figure(f"{name}, {PROCESSES} processes", seconds, "s", 180),
        Figure(f"{name}, processor time", sum(part.seconds for part in parts), "s"),
        Figure(f"{name}, growth of a process after its first tenth", growth(parts), "MB", 5),
        Figure(f"{name}, largest process", max(part.megabytes for part in parts), "MB"),
        *(Figure(f"{name}, questions: {kind}", count, "") for kind, count in kinds.most_common()),
    ]


def growth(parts: Sequence[Part]) -> float:
    """By how much the process that grew most was larger at its end than after a tenth of its work."""
    sizes: dict[int, list[float]] = {}
    for part in parts:
        sizes.setdefault(part.process, []).append(part.megabytes)
    return max(found[-1] - found[len(found) // 10] for found in sizes.values())


_kept: dict[int, tuple[Edition, Edition, Ways]] = {}


def _part(elements: int, start: int, end: int) -> Part:
    """Runs in a process of its own that makes the editions once."""
    began = time.process_time()
    if elements not in _kept:
        first, second = editions(elements)
        _kept[elements] = first, second, Ways(second, {2: ()})
    first, second, ways = _kept[elements]
    kinds: Counter[str] = Counter()
    for number in range(start, end):
        kinds.update(item.kind for item in reconcile(strategy(first, second, number), second, {2: ()}, ways=ways).items)
    return Part(os.getpid(), end - start, kinds, time.process_time() - began, _megabytes())


def _megabytes() -> float:
    """What the process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1_000_000
