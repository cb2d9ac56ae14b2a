"""What changed inside a text, word by word: deterministic, bounded, and exact enough to rebuild both sides.

Whole sentences that stayed are found first, so that a moved "und" never ties two unrelated sentences together;
words are compared only between them. Both steps use the longest common subsequence, computed with the bits of
one large integer per row (Hyyrö 2004, "Bit-parallel LCS-length computation revisited"): a block of 1,000 words
takes 1,000 rows, each a handful of integer operations.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

SAME, ADDED, REMOVED = "same", "added", "removed"
CHANGED = "changed"
MAX_CELLS = 25_000_000
"""Largest table of comparisons, about 5,000 × 5,000 words; beyond it the whole passage counts as rewritten."""
ALIKE = 0.4
"""Share of common words from which two lines of a list or table count as one that was changed."""
NEAR = 20
"""How many lines ahead are searched for the one that was changed."""
LONG = 16
"""A kept run of more letters than this is always shown as kept."""

TOKEN = re.compile(r"(\s*)([\w\u00ad\u0300-\u036f]+(?:[-–’'.,:/*][\w\u00ad\u0300-\u036f]+)*|[^\w\s]|\Z)")
SENTENCE_END = frozenset(".!?…:;")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, list item or table row; ``kind`` is also ``changed``. A table row has several cells."""

    kind: str
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign with the blanks before it. The last token of a text may have no word."""

    blank: str
    word: str


def tokens(text: str) -> list[Token]:
    """Split a text so that joining blanks and words gives it back."""
    return [Token(*match.groups()) for match in TOKEN.finditer(text) if match[0]]


def same_words(old: str, new: str) -> bool:
    """Whether two texts differ in blanks at most."""
    if "".join(old.split()) != "".join(new.split()):
        return False
    return [token.word for token in tokens(old) if token.word] == [token.word for token in tokens(new) if token.word]


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The new text against the old one; dropping added (removed) pieces gives the old (new) text exactly."""
    before, after, pairs = aligned(old, new)
    return tuple(_joined(_grouped(_edits(before, after, _solid(before, after, pairs)))))


def line_diff(old: str, new: str, *, kind: str = "list") -> tuple[Line, ...]:
    """A list (one item per line) or table (cells divided by ``|``) line by line, words inside changed lines."""
    before, after = old.split("\n"), new.split("\n")
    lines: list[Line] = []
    for gap_old, gap_new, kept in _gaps(before, after, common(before, after)):
        lines += _changed_lines(gap_old, gap_new, kind)
        lines += [_whole(SAME, line, kind) for line in kept]
    return tuple(lines)


def unchanged_lines(text: str, *, kind: str, as_kind: str = SAME) -> tuple[Line, ...]:
    """A whole text in the shape of ``line_diff``."""
    return tuple(_whole(as_kind, line, kind) for line in (text.split("\n") if kind in {"list", "table"} else [text]))


# --- longest common subsequence -------------------------------------------------------------------------------------
def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Positions of a longest common subsequence, ascending; only what stays at both ends where it would be too large."""
    start = _shared(zip(old, new, strict=False))
    end = _shared(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    pairs = [(place, place) for place in range(start)]
    if len(middle_old) * len(middle_new) <= MAX_CELLS:
        pairs += [(start + left, start + right) for left, right in _longest(middle_old, middle_new)]
    return pairs + [(len(old) - place, len(new) - place) for place in range(end, 0, -1)]


def _shared(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    """How many pairs are equal before the first that is not."""
    count = 0
    for left, right in pairs:
        if left != right:
            break
        count += 1
    return count


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Fill one integer per row of the table (bit clear = the subsequence grew), then walk back."""
    places: dict[Hashable, int] = {}
    for place, item in enumerate(old):
        places[item] = places.get(item, 0) | 1 << place
    full = (1 << len(old)) - 1
    row, rows = full, []
    for item in new:
        match = row & places.get(item, 0)
        row = ((row + match) | (row - match)) & full
        rows.append(row)
    return _walk_back(rows, len(old), full)


def _walk_back(rows: list[int], column: int, full: int) -> list[Pair]:
    pairs: list[Pair] = []
    line = len(rows)
    while column and line:
        bit = 1 << (column - 1)
        if rows[line - 1] & bit:
            column -= 1
            continue
        line -= 1
        if (rows[line - 1] if line else full) & bit:
            column -= 1
            pairs.append((column, line))
    return pairs[::-1]


def _gaps(
    old: Sequence[str], new: Sequence[str], pairs: list[Pair]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """What lies between kept places: (only old, only new, the kept item that follows or nothing)."""
    left = right = 0
    for next_left, next_right in pairs:
        yield old[left:next_left], new[right:next_right], new[next_right : next_right + 1]
        left, right = next_left + 1, next_right + 1
    yield old[left:], new[right:], ()


# --- sentences and words --------------------------------------------------------------------------------------------
def aligned(old: str, new: str) -> tuple[list[Token], list[Token], list[Pair]]:
    """The tokens of both texts and which of them correspond."""
    before, after = tokens(old), tokens(new)
    sentences_old, sentences_new = _sentences(before), _sentences(after)
    pairs: list[Pair] = []
    left = right = 0
    ends = (len(before), len(after))
    for start_old, start_new, length in (*_kept_sentences(sentences_old, sentences_new), (*ends, 0)):
        inside = common([t.word for t in before[left:start_old]], [t.word for t in after[right:start_new]])
        pairs += [(left + a, right + b) for a, b in inside]
        pairs += [(start_old + step, start_new + step) for step in range(length)]
        left, right = start_old + length, start_new + length
    return before, after, pairs


def _sentences(found: list[Token]) -> list[tuple[int, tuple[str, ...]]]:
    """Where each sentence begins, and its words."""
    sentences, start = [], 0
    for place, token in enumerate(found):
        last = place + 1 == len(found)
        if last or "\n" in found[place + 1].blank or (token.word in SENTENCE_END and found[place + 1].blank):
            sentences.append((start, tuple(token.word for token in found[start : place + 1])))
            start = place + 1
    return sentences


def _kept_sentences(
    old: list[tuple[int, tuple[str, ...]]], new: list[tuple[int, tuple[str, ...]]]
) -> Iterator[tuple[int, int, int]]:
    """Beginning in both texts and number of tokens of every sentence that stayed."""
    for left, right in common([words for _start, words in old], [words for _start, words in new]):
        yield old[left][0], new[right][0], len(old[left][1])


def _edits(old: list[Token], new: list[Token], pairs: list[Pair]) -> Iterator[Piece]:
    """Token by token: what went, what came, what stayed."""
    left = right = 0
    for next_left, next_right in pairs:
        yield Piece(REMOVED, _text(old[left:next_left]))
        yield Piece(ADDED, _text(new[right:next_right]))
        one, other = old[next_left], new[next_right]
        if one.blank != other.blank:
            yield from (Piece(REMOVED, one.blank), Piece(ADDED, other.blank), Piece(SAME, one.word))
        else:
            yield Piece(SAME, one.blank + one.word)
        left, right = next_left + 1, next_right + 1
    yield Piece(REMOVED, _text(old[left:]))
    yield Piece(ADDED, _text(new[right:]))


def _grouped(edits: Iterable[Piece]) -> Iterator[Piece]:
    """One removed and one added piece between kept text; a blank that begins both stays outside the marks."""
    texts = {REMOVED: "", ADDED: ""}
    for edit in (*edits, Piece(SAME, "")):
        if edit.kind != SAME:
            texts[edit.kind] += edit.text
            continue
        if edit.text or any(texts.values()):
            blank = _shared_blank(texts[REMOVED], texts[ADDED])
            yield Piece(SAME, texts[REMOVED][:blank])
            yield from (Piece(kind, text[blank:]) for kind, text in texts.items())
            texts = {REMOVED: "", ADDED: ""}
        yield edit


def _shared_blank(one: str, other: str) -> int:
    """Length of the blanks with which both texts begin."""
    return _shared((a, b) if a.isspace() else (a, "") for a, b in zip(one, other, strict=False))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, empty ones dropped."""
    held = Piece(SAME, "")
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind == held.kind:
            held = Piece(held.kind, held.text + piece.text)
            continue
        if held.text:
            yield held
        held = piece
    if held.text:
        yield held


def _solid(old: list[Token], new: list[Token], pairs: list[Pair]) -> list[Pair]:
    """Without kept runs that are shorter than what changed on both sides: they only chop up a rewritten passage."""
    runs = _runs(pairs)
    ends = [(0, 0), *((left + size, right + size) for left, right, size in runs)]
    starts = [*((left, right) for left, right, _size in runs), (len(old), len(new))]
    changed = [max(_size(old[a:c]), _size(new[b:d])) for (a, b), (c, d) in zip(ends, starts, strict=True)]
    kept: list[Pair] = []
    before = changed[0]
    for (left, right, size), after in zip(runs, changed[1:], strict=True):
        length = _size(old[left : left + size])
        if length <= min(before, after, LONG):
            before += length + after
        else:
            kept += [(left + step, right + step) for step in range(size)]
            before = after
    return kept


def _runs(pairs: list[Pair]) -> list[tuple[int, int, int]]:
    """Pairs that follow each other directly on both sides, as (left, right, number)."""
    runs: list[tuple[int, int, int]] = []
    for left, right in pairs:
        if runs and (left, right) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((left, right, 1))
    return runs


def _size(found: list[Token]) -> int:
    """Letters, blanks not counted."""
    return sum(len(token.word) for token in found)


def _text(found: list[Token]) -> str:
    return "".join(token.blank + token.word for token in found)


# --- lines of lists and tables --------------------------------------------------------------------------------------
def _changed_lines(old: Sequence[str], new: Sequence[str], kind: str) -> Iterator[Line]:
    """Lines between kept ones: those that are alike in order as changed, the others as removed, then added."""
    left = right = 0
    for next_left, next_right in (*_alike_pairs(old, new), (len(old), len(new))):
        yield from (_whole(REMOVED, line, kind) for line in old[left:next_left])
        yield from (_whole(ADDED, line, kind) for line in new[right:next_right])
        if next_left < len(old):
            yield from _changed_line(old[next_left], new[next_right], kind)
        left, right = next_left + 1, next_right + 1


def _alike_pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Each new line with the first old one that is alike and not too far ahead."""
    left = 0
    for right, line in enumerate(new):
        ahead = range(left, min(left + NEAR, len(old)))
        found = next((place for place in ahead if alike(old[place], line)), None)
        if found is not None:
            yield found, right
            left = found + 1


def alike(old: str, new: str) -> bool:
    """Whether at least ``ALIKE`` of the words are common."""
    before, after = tokens(old), tokens(new)
    kept = len(common([token.word for token in before], [token.word for token in after]))
    return 2 * kept >= ALIKE * (len(before) + len(after))


def _changed_line(old: str, new: str, kind: str) -> Iterator[Line]:
    """One changed line; table rows with different numbers of cells as removed and added."""
    before, after = _cells(old, kind), _cells(new, kind)
    if len(before) == len(after):
        yield Line(CHANGED, tuple(word_diff(one, other) for one, other in zip(before, after, strict=True)))
        return
    yield _whole(REMOVED, old, kind)
    yield _whole(ADDED, new, kind)


def _whole(line_kind: str, line: str, kind: str) -> Line:
    return Line(line_kind, tuple((Piece(line_kind, cell),) for cell in _cells(line, kind)))


def _cells(line: str, kind: str) -> list[str]:
    """A table's line as its cells, any other line as one."""
    return line.split("|") if kind == "table" else [line]
