"""Two changes of one text: put together where they leave something between them, else refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andock.docking.threeway import merge, merge_words
from tests.docking.profiles import MANY


@pytest.mark.parametrize(
    ("base", "one", "other", "merged"),
    [
        ("Wir planen bis 2030.", "Wir planen bis 2035.", "Alle planen bis 2030.", "Alle planen bis 2035."),
        ("Eins. Zwei. Drei.", "Eins. Zwei.", "Null. Zwei. Drei.", "Null. Zwei."),
        ("Wir planen.", "Wir planen.", "Wir bauen.", "Wir bauen."),
        ("Wir planen.", "Wir bauen.", "Wir bauen.", "Wir bauen."),
        ("Licht und Wasser", "Licht und viel Wasser", "Licht und viel Wasser", "Licht und viel Wasser"),
        ("Licht\nWasser\nWald", "Licht\nWasser\nWald\nWind", "Luft\nWasser\nWald", "Luft\nWasser\nWald\nWind"),
        ("Wir  planen viel.", "Wir planen viel.", "Wir  planen mehr.", "Wir planen mehr."),
    ],
    ids=["two words", "sentences", "one side", "same edit", "same addition", "list", "blanks"],
)
def test_changes_with_something_between_them_merge(base: str, one: str, other: str, merged: str) -> None:
    assert merge_words(base, one, other) == merged
    assert merge_words(base, other, one) == merged


@pytest.mark.parametrize(
    ("base", "one", "other"),
    [
        ("Bis 2030.", "Bis 2035.", "Bis 2040."),
        ("Wir planen viel.", "Wir bauen viel.", "Wir planen mehr."),
        ("Wir planen viel.", "Wir viel.", "Wir bauen viel."),
        ("Wir planen.", "Wir heute planen.", "Wir morgen planen."),
        ("Wir  planen", "Wir planen", "Wir   planen"),
    ],
    ids=["same number", "neighbours", "removed and changed", "two additions at one place", "blanks"],
)
def test_changes_that_touch_each_other_are_a_conflict(base: str, one: str, other: str) -> None:
    assert merge_words(base, one, other) is None
    assert merge_words(base, other, one) is None


LETTERS = st.text("abc", max_size=8).map(list)


@MANY
@given(LETTERS, LETTERS, LETTERS)
def test_which_side_is_which_does_not_matter(base: list[str], one: list[str], other: list[str]) -> None:
    assert merge(base, one, other) == merge(base, other, one)


@MANY
@given(LETTERS, LETTERS)
def test_a_side_that_changed_nothing_gives_the_other(base: list[str], one: list[str]) -> None:
    assert merge(base, one, base) == merge(base, base, one) == merge(base, one, one) == one


# --- against another implementation -----------------------------------------------------------------------------------
CHANGES = st.sampled_from(["stays", "reworded", "removed", "preceded"])
SCENES = st.lists(st.tuples(CHANGES, CHANGES), min_size=1, max_size=8)


def scene(changes: list[tuple[str, str]]) -> tuple[list[str], list[str], list[str]]:
    """Base and both sides: every block that may change is followed by one that both leave alone; none moves."""
    base: list[str] = []
    sides: tuple[list[str], list[str]] = ([], [])
    for number, pair in enumerate(changes):
        base += [f"block {number}", f"rest {number}"]
        for name, side, change in zip("AB", sides, pair, strict=True):
            side.extend([f"new {number} {name}"] if change in {"reworded", "preceded"} else [])
            side.extend([f"block {number}"] if change in {"stays", "preceded"} else [])
            side.append(f"rest {number}")
    return base, *sides


@MANY
@given(SCENES)
def test_blocks_merge_as_merge3_merges_them(changes: list[tuple[str, str]]) -> None:
    merge3 = pytest.importorskip("merge3", reason="GPL, so only `make nightly` installs it")
    base, one, other = scene(changes)

    groups = list(merge3.Merge3(base, one, other).merge_groups())

    theirs = (
        None if any(group[0] == "conflict" for group in groups) else [line for _, lines in groups for line in lines]
    )
    assert merge(base, one, other) == theirs
