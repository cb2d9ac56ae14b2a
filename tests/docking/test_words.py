"""What changed inside a text: exact on both sides, readable, and bounded."""

import itertools
import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andock.docking.words import (
    ADDED,
    CHANGED,
    REMOVED,
    SAME,
    Line,
    Piece,
    common,
    line_diff,
    same_words,
    tokens,
    unchanged_lines,
    word_diff,
)

WORDS = st.lists(st.sampled_from(["und", "der", "Plan", "Daten.", "smart,", "2022", "\n", "a", "b"]), max_size=30)
TEXTS = st.one_of(st.text(max_size=60), st.text("ab. \n|", max_size=40), WORDS.map(" ".join))


def shown(pieces: tuple[Piece, ...]) -> str:
    """Pieces as people would mark them by hand."""
    marks = {SAME: "{}", ADDED: "[+{}]", REMOVED: "[-{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


def side(pieces: tuple[Piece, ...], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != without)


def lines_of(lines: tuple[Line, ...], without: str) -> str:
    """One side of a line difference as the text it came from."""
    return "\n".join("|".join(side(cell, without) for cell in line.cells) for line in lines if line.kind != without)


@given(TEXTS, TEXTS)
def test_word_diff_rebuilds_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)

    assert side(pieces, ADDED) == old
    assert side(pieces, REMOVED) == new


@given(TEXTS, TEXTS)
def test_word_diff_has_no_empty_piece_and_no_equal_neighbours(old: str, new: str) -> None:
    pieces = word_diff(old, new)

    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in itertools.pairwise(pieces))


@given(TEXTS)
def test_word_diff_of_the_same_text_is_that_text(text: str) -> None:
    assert word_diff(text, text) == ((Piece(SAME, text),) if text else ())


@given(TEXTS)
def test_tokens_rebuild_the_text(text: str) -> None:
    assert "".join(token.blank + token.word for token in tokens(text)) == text


@given(TEXTS, TEXTS, st.sampled_from(["list", "table"]))
def test_line_diff_rebuilds_both_texts(old: str, new: str, kind: str) -> None:
    lines = line_diff(old, new, kind=kind)

    assert lines_of(lines, ADDED) == old
    assert lines_of(lines, REMOVED) == new


@given(st.lists(st.integers(0, 4), max_size=12), st.lists(st.integers(0, 4), max_size=12))
def test_common_is_a_longest_common_subsequence(old: list[int], new: list[int]) -> None:
    pairs = common(old, new)

    assert all(old[left] == new[right] for left, right in pairs)
    assert pairs == sorted(pairs)
    assert all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(pairs))
    assert len(pairs) == textbook_length(tuple(old), tuple(new))


@cache
def textbook_length(old: tuple[int, ...], new: tuple[int, ...]) -> int:
    if not old or not new:
        return 0
    if old[0] == new[0]:
        return 1 + textbook_length(old[1:], new[1:])
    return max(textbook_length(old[1:], new), textbook_length(old, new[1:]))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "Jede Kommune erarbeitet bis 2022.",
            "Jede Kommune hat bis 2022.",
            "Jede Kommune [-erarbeitet][+hat] bis 2022.",
        ),
        ("Umwelt, Klima", "Umwelt & Klima", "Umwelt[-,][+ &] Klima"),
        ("Bis 2.500 Euro.", "Bis 3.500 Euro.", "Bis [-2.500][+3.500] Euro."),
        ("Eins. Zwei.", "Eins. Neu dazu. Zwei.", "Eins.[+ Neu dazu.] Zwei."),
        ("", "Neu", "[+Neu]"),
        ("eins zwei", "eins  zwei", "eins [+ ]zwei"),
    ],
)
def test_word_diff_reads_as_people_would_mark_it(old: str, new: str, expected: str) -> None:
    assert shown(word_diff(old, new)) == expected


def test_word_diff_of_a_rewritten_sentence_keeps_no_stray_words() -> None:
    pieces = word_diff("Alle Kommunen der Region planen.", "Niemand wartet an der Haltestelle lange.")

    assert shown(pieces) == "[-Alle Kommunen der Region planen][+Niemand wartet an der Haltestelle lange]."


def test_word_diff_of_blanks_alone_marks_blanks_alone() -> None:
    assert {piece.text.strip() for piece in word_diff("eins zwei", "eins  zwei") if piece.kind != SAME} <= {""}
    assert same_words("eins zwei ", "eins\n zwei")
    assert not same_words("eins zwei", "eins drei")


def test_line_diff_of_a_list_marks_words_inside_the_changed_item() -> None:
    lines = line_diff("Licht\nWasser im Ort messen\nWald", "Licht\nWasser im Dorf messen\nWald\nWind")

    assert [line.kind for line in lines] == [SAME, CHANGED, SAME, ADDED]
    assert shown(lines[1].cells[0]) == "Wasser im [-Ort][+Dorf] messen"


def test_line_diff_of_a_list_passes_over_removed_items() -> None:
    lines = line_diff("Ganz anderes\nWasser im Ort messen", "Wasser im Dorf messen")

    assert [line.kind for line in lines] == [REMOVED, CHANGED]


def test_line_diff_of_a_table_marks_words_inside_the_changed_cell() -> None:
    (line,) = line_diff("Soest|12 Sensoren", "Soest|14 Sensoren", kind="table")

    assert [shown(cell) for cell in line.cells] == ["Soest", "[-12][+14] Sensoren"]


def test_line_diff_of_a_row_with_a_new_cell_shows_both_rows() -> None:
    lines = line_diff("Soest|12", "Soest|12|neu", kind="table")

    assert [line.kind for line in lines] == [REMOVED, ADDED]


def test_unchanged_lines_has_the_shape_of_a_difference() -> None:
    assert unchanged_lines("a\nb", kind="list") == line_diff("a\nb", "a\nb")
    assert unchanged_lines("a|b", kind="table", as_kind=ADDED) == (
        Line(ADDED, ((Piece(ADDED, "a"),), (Piece(ADDED, "b"),))),
    )
    assert unchanged_lines("a\nb", kind="paragraph") == (Line(SAME, ((Piece(SAME, "a\nb"),),)),)


def steps_of(old: str, new: str) -> int:
    """How many lines of our code a word difference runs."""
    count = 0
    ours = word_diff.__code__.co_filename

    def trace(frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace if frame.f_code.co_filename == ours else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        word_diff(old, new)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(f"alt{n}" for n in range(1000)), " ".join(f"neu{n}" for n in range(1000))),
        ("und der " * 500, "der und " * 500),
        ("Wort. " * 1000, "Wort! " * 1000),
    ],
    ids=["nothing in common", "frequent words", "sentences of one word"],
)
def test_word_diff_of_1000_words_takes_a_bounded_number_of_steps(old: str, new: str) -> None:
    assert steps_of(old, new) < 200_000


def test_word_diff_of_twice_the_words_takes_about_twice_the_steps() -> None:
    once, twice = (steps_of("alt und " * number, "und neu " * number) for number in (500, 1000))

    assert twice < 2.2 * once


def sentences(number: int, word: str = "alt", *, every: int = 1) -> str:
    """Sentences of ten words; every so many of them hold one word of their own."""
    return " ".join(
        f"Satz {n} steht hier mit {word if n % every == 0 else 'gleich'} vielen {n} Wörtern ganz."
        for n in range(number)
    )


def test_word_diff_of_a_long_text_goes_by_sentences_and_looks_at_words_only_in_changed_ones() -> None:
    old, new = sentences(1000, every=50), sentences(1000, "neu", every=50)
    once_through = steps_of(old, old)

    assert once_through < 200 * len(tokens(old))
    assert steps_of(old, new) < 1.1 * once_through
    assert steps_of(sentences(1000), sentences(1000, "neu")) < once_through, "Beyond the limit all counts as rewritten."


def test_word_diff_beyond_the_limit_counts_as_rewritten_between_equal_ends() -> None:
    old, new = ([f"{side}{n}" for n in range(5200)] for side in "ab")

    assert common(["x", *old, "z"], ["x", *new, "z"]) == [(0, 0), (5201, 5201)]
