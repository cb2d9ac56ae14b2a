"""What changed from one edition to another."""

from collections import Counter
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andock.docking.diff import (
    Change,
    FieldChange,
    diff,
    differences,
    in_order,
    same_text,
)
from andock.docking.lineage import LineageCycle
from andock.docking.values import Edition, Lineage, Parameter
from andock.docking.words import Piece
from tests.docking.scenes import ROWS, block, edition, editions, element, plain


def kinds(changes: tuple[Change, ...]) -> dict[str, tuple[str, ...]]:
    """Kinds by the elements of both sides, such as ``{"a>b": ("replaced",)}``."""
    return {f"{_names(change.old)}>{_names(change.new)}": change.kinds for change in changes}


def _names(elements: tuple) -> str:
    return "+".join(found.id for found in elements)


# --- what always holds ----------------------------------------------------------------------------------------------
@given(editions())
def test_diff_of_an_edition_with_itself_is_empty(one: Edition) -> None:
    assert differences(diff(one, one)) == ()


@given(editions(), editions(), ROWS)
def test_diff_holds_every_element_of_both_editions_exactly_once(old: Edition, new: Edition, rows: tuple) -> None:
    changes = diff(old, new, rows)

    for side, whole in (("old", old), ("new", new)):
        found = Counter(found.id for change in changes for found in getattr(change, side))
        assert found == Counter(found.id for found in whole.elements)


@given(editions(), editions(), ROWS)
def test_diff_holds_every_block_of_the_new_edition_exactly_once(old: Edition, new: Edition, rows: tuple) -> None:
    shown = Counter(part.new.id for change in diff(old, new, rows) for part in change.blocks if part.new)

    assert shown == Counter(part.id for found in new.elements for part in found.blocks)


@given(editions(), editions(), ROWS)
def test_diff_shows_the_text_of_every_new_block(old: Edition, new: Edition, rows: tuple) -> None:
    for part in chain.from_iterable(change.blocks for change in diff(old, new, rows)):
        if part.new and part.new.text:
            cells = chain.from_iterable(line.cells for line in part.lines)
            text = "".join(piece.text for cell in cells for piece in cell if piece.kind != "removed")
            assert text == part.new.text


@given(editions(), st.sampled_from(["7", "8.1"]))
def test_diff_of_labels_alone_has_no_item(one: Edition, label: str) -> None:
    relabelled = edition(
        *(
            element(found.id, *found.blocks, parent=found.parent, title=found.title, label=label)
            if found.blocks
            else found
            for found in one.elements
        )
    )

    assert differences(diff(one, relabelled)) == ()


@given(st.permutations("abcdefg"), st.permutations("abcdefg"))
def test_diff_of_a_new_order_marks_as_few_as_possible(old: list[str], new: list[str]) -> None:
    changes = diff(plain("".join(old)), plain("".join(new)))

    stayed = [change.element.id for change in changes if "moved" not in change.kinds]
    assert stayed == [name for name in old if name in stayed]
    assert len(stayed) == longest_kept("".join(old), "".join(new))


def longest_kept(old: str, new: str) -> int:
    sizes = range(len(old), 0, -1)
    return next(
        size
        for size in sizes
        if any("".join(sorted(some, key=new.index)) == "".join(some) for some in combinations(old, size))
    )


# --- each kind ------------------------------------------------------------------------------------------------------
def test_diff_tells_new_from_withdrawn() -> None:
    rows = (Lineage("withdrawn", "b", None, reason="Die Frist ist abgelaufen."),)

    changes = diff(plain("abc"), plain("acd"), rows)

    assert kinds(changes) == {"a>a": ("unchanged",), "b>": ("withdrawn",), "c>c": ("unchanged",), ">d": ("added",)}
    assert changes[1].reasons == ("Die Frist ist abgelaufen.",)


def test_diff_of_withdrawn_element_stands_where_it_stood() -> None:
    assert [change.element.id for change in diff(plain("abcd"), plain("dc"))] == ["a", "b", "d", "c"]


def test_diff_of_one_sibling_moved_marks_that_one_alone() -> None:
    assert [c.element.id for c in diff(plain("abcde"), plain("eabcd")) if "moved" in c.kinds] == ["e"]


def test_diff_of_moved_and_edited_element_is_both_with_words() -> None:
    old = edition(element("a"), element("b"), element("c", block("t", "Jede Kommune plant."), parent="a"))
    new = edition(element("a"), element("b"), element("c", block("t", "Jede Kommune handelt."), parent="b"))

    (change,) = differences(diff(old, new))

    assert change.kinds == ("moved", "changed")
    assert (change.old_place.parent.id, change.new_place.parent.id) == ("a", "b")
    assert Piece("added", "handelt") in change.blocks[0].lines[0].cells[0]


def test_diff_names_the_sibling_before() -> None:
    (change,) = differences(diff(plain("abc"), plain("cab")))

    assert (change.old_place.after.id, change.new_place.after) == ("b", None)


def test_diff_of_split_shows_all_parts() -> None:
    rows = (Lineage("split", "a", "x", reason="Zwei Ziele."), Lineage("split", "a", "y", reason="Zwei Ziele."))
    old = edition(element("a", block("p"), block("q")))
    new = edition(element("x", block("p")), element("y", block("q"), block("r")))

    (change,) = diff(old, new, rows)

    assert (change.kinds, change.reasons) == (("split",), ("Zwei Ziele.",))
    assert [(part.home.id, part.kinds) for part in change.blocks] == [("x", ()), ("y", ()), ("y", ("added",))]


def test_diff_of_split_where_the_old_one_stays() -> None:
    rows = (Lineage("split", "a", "a"), Lineage("split", "a", "b"))

    assert kinds(diff(plain("a"), plain("ba"), rows)) == {"a>b+a": ("split",)}


def test_diff_of_joined_and_of_both_at_once() -> None:
    joined = (Lineage("joined", "a", "c"), Lineage("joined", "b", "c"))
    both = (*joined, Lineage("split", "b", "d"))

    assert kinds(diff(plain("ab"), plain("c"), joined)) == {"a+b>c": ("joined",)}
    assert kinds(diff(plain("ab"), plain("cd"), both)) == {"a+b>c+d": ("split", "joined")}


def test_diff_of_replaced_shows_both_titles() -> None:
    (change,) = diff(plain("a"), plain("b"), (Lineage("replaced", "a", "b", reason="Acht Felder."),))

    assert (change.kinds, change.reasons) == (("replaced",), ("Acht Felder.",))
    assert [field.name for field in change.fields] == ["title"]


def test_diff_of_continued_under_a_new_identity_is_no_replacement() -> None:
    rows = (Lineage("continued", "a", "b"),)

    assert kinds(
        diff(edition(element("a", block("p"))), edition(element("b", block("p"), title="Stelle a")), rows)
    ) == {"a>b": ("relabelled",)}


def test_diff_of_reinstated() -> None:
    rows = (Lineage("reinstated", None, "b", reason="Viele fragten danach."),)

    changes = diff(plain("a"), plain("ab"), rows)

    assert (changes[1].kinds, changes[1].reasons) == (("reinstated",), ("Viele fragten danach.",))


def test_diff_of_children_that_follow_their_replaced_parent_moves_none() -> None:
    old = edition(element("a"), element("c", parent="a"))
    new = edition(element("b"), element("c", parent="b"))
    replaced = Lineage("replaced", "a", "b")

    assert kinds(diff(old, new, (replaced,)))["c>c"] == ("unchanged",)
    assert kinds(diff(old, new))["c>c"] == ("moved",)
    assert kinds(diff(old, new, (replaced, Lineage("moved", "c", "c"))))["c>c"] == ("moved",)


def test_diff_ignores_lineage_of_elements_that_stand_in_neither_edition() -> None:
    rows = (Lineage("withdrawn", "z", None, reason="x"), Lineage("reinstated", None, "z"), Lineage("split", "z", "a"))

    assert kinds(diff(plain("a"), plain("a"), rows)) == {"a>a": ("unchanged",)}


def test_diff_refuses_a_circle() -> None:
    with pytest.raises(LineageCycle):
        diff(plain("ab"), plain("ab"), (Lineage("replaced", "a", "b"), Lineage("replaced", "b", "a")))


# --- fields and blocks ----------------------------------------------------------------------------------------------
def test_diff_names_every_field_that_differs() -> None:
    year = Parameter("jahr", "Zieljahr", "year")
    old = edition(element("a", title="Offene Daten", terms=("topics/klima", "topics/umwelt")))
    new = edition(element("a", title="Offene  Daten", terms=("topics/klima", "topics/bildung"), parameters=(year,)))

    (change,) = diff(old, new)

    assert [field.name for field in change.fields] == ["terms", "parameters"]
    assert (change.fields[0].gone, change.fields[0].come) == (("topics/umwelt",), ("topics/bildung",))


def test_diff_of_evidence_alone_has_no_item_but_names_the_field() -> None:
    (change,) = diff(plain("a"), edition(element("a", verified=False, note="Nicht gesehen.")))

    assert not change.is_item
    assert [field.name for field in change.fields] == ["verified", "note"]


def test_field_change_of_text_marks_words_and_counts_as_one_value() -> None:
    field = FieldChange("title", "Offene Daten", "Offene Quellen")

    assert [piece.kind for piece in field.words] == ["same", "removed", "added"]
    assert (field.gone, field.come) == (("Offene Daten",), ("Offene Quellen",))


def test_diff_of_blocks_by_identity() -> None:
    old = edition(element("a", block("p"), block("q"), block("r"), block("s", "Alt.")))
    new = edition(element("a", block("n"), block("r"), block("p"), block("s", "Neu.")))

    (change,) = diff(old, new)

    found = {part.block.id: part.kinds for part in change.blocks}
    assert found in ({"n": ("added",), "r": (), "p": ("moved",), "q": ("removed",), "s": ("changed",)}, {"n": ("added",), "r": ("moved",), "p": (), "q": ("removed",), "s": ("changed",)})  # fmt: skip


def test_diff_of_block_moved_to_another_element_tells_both_ends() -> None:
    old = edition(element("a", block("p"), block("q", "Wandert.")), element("b", block("r")))
    new = edition(element("a", block("p")), element("b", block("r"), block("q", "Wandert mit.")))

    first, second = diff(old, new)

    assert [(part.kinds, part.elsewhere.id) for part in first.blocks if part.kinds] == [(("moved_away",), "b")]
    assert [(part.kinds, part.elsewhere.id) for part in second.blocks if part.kinds] == [
        (("moved_here", "changed"), "a")
    ]


def test_diff_of_list_and_of_changed_kind_shows_lines() -> None:
    old = edition(element("a", block("l", "eins\nzwei", "list"), block("k", "eins")))
    new = edition(element("a", block("l", "eins\ndrei vier", "list"), block("k", "eins", "quote")))

    items, quote = (part.lines for part in diff(old, new)[0].blocks)

    assert [line.kind for line in items] == ["same", "removed", "added"]
    assert [line.kind for line in quote] == ["removed", "added"]


def test_same_text_ignores_blanks_and_composition_of_letters() -> None:
    assert same_text("Ma\u00dfnahme  f\u00fcr", "Ma\u00dfnahme fu\u0308r")
    assert not same_text("Wald", "Wind")


@given(st.lists(st.integers(), unique=True, max_size=9))
def test_in_order_is_a_longest_increasing_run(numbers: list[int]) -> None:
    places = sorted(in_order(numbers))

    found = [numbers[place] for place in places]
    assert found == sorted(found)
    assert len(found) == max(
        (
            size
            for size in range(len(numbers) + 1)
            for some in combinations(numbers, size)
            if list(some) == sorted(some)
        ),
        default=0,
    )


def test_diff_shows_what_went_before_what_took_its_place() -> None:
    (change,) = diff(edition(element("a", block("p"), block("q"))), edition(element("a", block("n"), block("q"))))

    assert [(part.block.id, part.kinds) for part in change.blocks] == [
        ("p", ("removed",)),
        ("n", ("added",)),
        ("q", ()),
    ]
