"""Two people have changed the same text: put both together where their changes touch different words.

Three-way merge after Khanna, Kunal and Pierce 2007, "A Formal Investigation of Diff3": what both left alone is
stable; between two stable places one side may have changed, or both the same way, else they are in conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from .words import Pair, aligned, common

Chunk = tuple[Sequence[str], Sequence[str], Sequence[str]]
"""Base, one and other between two stable places, or the stable place itself as each side writes it."""


def merge(base: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[str] | None:
    """Both changes together, None where they touch the same place. Changes that meet without a gap are a conflict."""
    return _merged(_chunks((base, one, other), common(base, one), common(base, other)))


def merge_words(base: str, one: str, other: str) -> str | None:
    """Both changes of a text together, word by word; None where they touch neighbouring words.

    ``one`` is the change that many share (the region's): it is found once for all who changed the same text.
    """
    before, mine, pairs = _shared(base, one)
    _before, theirs, other_pairs = aligned(base, other)
    texts = [[token.blank + token.word for token in side] for side in (before, mine, theirs)]
    found = _merged(_chunks((texts[0], texts[1], texts[2]), pairs, other_pairs))
    return None if found is None else "".join(found)


_shared = lru_cache(maxsize=128)(aligned)


def _chunks(texts: Chunk, pairs: list[Pair], other_pairs: list[Pair]) -> Iterator[Chunk]:
    """Unstable stretch and stable place in turn; the stretch may be empty on every side."""
    base, one, other = texts
    found, stable = dict(pairs), dict(other_pairs)
    start, left, right = 0, 0, 0
    for place in sorted(found.keys() & stable.keys()):
        here, there = found[place], stable[place]
        yield base[start:place], one[left:here], other[right:there]
        yield base[place : place + 1], one[here : here + 1], other[there : there + 1]
        start, left, right = place + 1, here + 1, there + 1
    yield base[start:], one[left:], other[right:]


def _merged(chunks: Iterator[Chunk]) -> list[str] | None:
    result: list[str] = []
    for base, one, other in chunks:
        if list(one) == list(other) or list(other) == list(base):
            result += one
        elif list(one) == list(base):
            result += other
        else:
            return None
    return result
