"""The order and nesting of an edition's elements, and the steps an editor takes in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

Key = TypeVar("Key", bound=Hashable)
PREFIXED = re.compile(r"([^\d.]+)(\d+)")


class CannotMove(Exception):
    """The step leads nowhere; the message says why."""


class Arrangement(Generic[Key]):
    """Elements by identity as a tree. Built from (identity, parent) in reading order."""

    def __init__(self, pairs: Iterable[tuple[Key, Key | None]]) -> None:
        self._parent: dict[Key, Key | None] = {}
        self._children: dict[Key | None, list[Key]] = {None: []}
        for key, parent in pairs:
            home = parent if parent in self._parent else None
            self._parent[key] = home
            self._children.setdefault(key, [])
            self._children[home].append(key)

    def order(self, start: Key | None = None) -> Iterator[Key]:
        """All below ``start`` in reading order."""
        for key in self._children[start]:
            yield key
            yield from self.order(key)

    def parent_of(self, key: Key) -> Key | None:
        return self._parent[key]

    def children_of(self, key: Key | None) -> list[Key]:
        return list(self._children[key])

    def steps(self, key: Key) -> set[str]:
        """The steps that lead somewhere: up, down, indent, outdent."""
        place = self._place(key)
        return {
            name
            for name, possible in {
                "up": place > 0,
                "down": place + 1 < len(self._siblings(key)),
                "indent": place > 0,
                "outdent": self._parent[key] is not None,
            }.items()
            if possible
        }

    def step(self, key: Key, name: str) -> None:
        """Take one step. Raises ``CannotMove``."""
        {"up": self.up, "down": self.down, "indent": self.indent, "outdent": self.outdent}[name](key)

    def up(self, key: Key) -> None:
        """Before the sibling before it."""
        if (place := self._place(key)) == 0:
            raise CannotMove(_("This already stands first among its neighbours. Move it out to go further up."))
        self._swap(key, place - 1)

    def down(self, key: Key) -> None:
        """After the sibling after it."""
        if (place := self._place(key)) + 1 == len(self._siblings(key)):
            raise CannotMove(_("This already stands last among its neighbours. Move it out to go further down."))
        self._swap(key, place + 1)

    def indent(self, key: Key) -> None:
        """Below the sibling before it, at its end."""
        if (place := self._place(key)) == 0:
            raise CannotMove(_("There is nothing before it on this level that it could stand below."))
        self.put(key, self._siblings(key)[place - 1])

    def outdent(self, key: Key) -> None:
        """One level up, after its present parent."""
        if (parent := self._parent[key]) is None:
            raise CannotMove(_("This already stands on the topmost level."))
        self.put(key, self._parent[parent], after=parent)

    def put(self, key: Key, parent: Key | None, *, after: Key | None = None) -> None:
        """Below ``parent``: after the sibling ``after``, else last. Raises ``CannotMove`` below itself."""
        if parent == key or parent in set(self.order(key)):
            raise CannotMove(_("An element cannot stand below itself. Choose another place."))
        self._siblings(key).remove(key)
        self._insert(key, parent, after)

    def add(self, key: Key, parent: Key | None, *, after: Key | None = None) -> None:
        """A new one below ``parent``: after the sibling ``after``, else last."""
        self._children[key] = []
        self._insert(key, parent, after)

    def take_out(self, key: Key) -> None:
        """Take one away; what stands below it moves up one level into its place."""
        siblings, parent = self._siblings(key), self._parent[key]
        place = siblings.index(key)
        below = self._children.pop(key)
        siblings[place : place + 1] = below
        self._parent.update(dict.fromkeys(below, parent))
        del self._parent[key]

    def _insert(self, key: Key, parent: Key | None, after: Key | None) -> None:
        siblings = self._children[parent]
        siblings.insert(siblings.index(after) + 1 if after in siblings else len(siblings), key)
        self._parent[key] = parent

    def _siblings(self, key: Key) -> list[Key]:
        return self._children[self._parent[key]]

    def _place(self, key: Key) -> int:
        return self._siblings(key).index(key)

    def _swap(self, key: Key, other: int) -> None:
        siblings, place = self._siblings(key), self._place(key)
        siblings[place], siblings[other] = siblings[other], siblings[place]


def numbered(arrangement: Arrangement[Key], labels: dict[Key, str]) -> dict[Key, str]:
    """New labels in reading order: 1, 1.1, 1.1.1; series such as M01, M02 are counted on through the edition.

    Neighbours that all have no label stay without.
    """
    new: dict[Key, str] = {}
    counts: dict[str, int] = {}

    def visit(parent: Key | None) -> None:
        siblings = arrangement.children_of(parent)
        series = _series([labels[key] for key in siblings])
        labelled = any(labels[key] for key in siblings)
        above = new.get(parent, "") if parent is not None else ""
        for place, key in enumerate(siblings, 1):
            if series:
                counts[series[0]] = counts.get(series[0], 0) + 1
                new[key] = f"{series[0]}{counts[series[0]]:0{series[1]}d}"
            else:
                new[key] = (f"{above}.{place}" if above else str(place)) if labelled else ""
            visit(key)

    visit(None)
    return new


def _series(labels: list[str]) -> tuple[str, int] | None:
    """Letters and number of digits of a series such as M01, told by the first label of the neighbours."""
    first = PREFIXED.fullmatch(next((label for label in labels if label), ""))
    return (first[1], len(first[2])) if first else None
