"""The wordings of a question side by side, with the words that differ marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.docking.diff import CHANGED, BlockChange
from andock.docking.fields import BLOCK, PARAMETER, PARENT, TERMS, TITLE, WITHOUT_TECHNOLOGY, same
from andock.docking.values import Block, Element, Parameter
from andock.docking.words import ADDED

from .run_words import NO_PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from andock.docking.items import Item
    from andock.docking.local import Value


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called: elements by their id, topics by their key."""

    elements: Mapping[str, Element]
    terms: Mapping[str, str]

    def element(self, identity: str) -> str:
        found = self.elements.get(identity)
        return f"{found.label} {found.title}".strip() if found else identity


@dataclass(frozen=True, slots=True)
class Pane:
    """One wording. ``change`` compares it with the one of until now; ``empty`` is said where nothing stands."""

    title: str
    under: str
    style: str
    change: BlockChange | None
    empty: Promise | str = ""


def panes(item: Item, element: Element, names: Names, *, town: str, before: str, target: str) -> list[Pane]:
    """Until now, new in the region, and here today, where that is something else.

    ``before`` is empty where the wording of until now never was the region's.
    """
    base, upstream, local = (_as_block(value, item.field, names) for value in (item.base, item.upstream, item.local))
    is_same = same(item.base, item.local)
    found = [
        Pane(
            _until_now(town, before, is_same=is_same), before or _("your own element"), "" if before else "p-loc",
            BlockChange((), element, base, base) if base else None, NO_PARAGRAPH["base"],
        ),
        Pane(
            _("New in the region"), _("%s, difference to until now") % target, "p-reg",
            _compared(element, base, upstream), _gone(item, names),
        ),
    ]  # fmt: skip
    if not is_same:
        pane = Pane(
            _("Today in %s") % town, _("local, difference to until now"), "p-loc", _compared(element, base, local),
            NO_PARAGRAPH["local"],
        )  # fmt: skip
        found.append(pane)
    return found


def _until_now(town: str, before: str, *, is_same: bool) -> str:
    if not before:
        return _("Until now in %s") % town
    return _("Until now, in %s too") % town if is_same else _("Until now shared")


def _compared(element: Element, old: Block | None, new: Block | None) -> BlockChange | None:
    if new is None:
        return None
    return BlockChange((CHANGED,) if old else (ADDED,), element, old, new)


def _gone(item: Item, names: Names) -> Promise | str:
    if item.home:
        return _("This paragraph now stands in %s.") % names.element(item.home)
    return NO_PARAGRAPH["upstream"]


def _as_block(value: Value, field: str, names: Names) -> Block | None:
    """Any value as text that can be compared word by word."""
    if value is None or isinstance(value, Block):
        return value
    if isinstance(value, tuple):
        return Block("", "list", "\n".join(sorted(names.terms.get(key, key) for key in value)) or "–")
    if isinstance(value, Parameter):
        return Block("", "paragraph", f"{value.value} {value.unit}".strip() or "–")
    if isinstance(value, bool):
        return Block("", "paragraph", _("yes") if value else _("no"))
    if field == PARENT:
        return Block("", "paragraph", names.element(value) if value else _("At the top of the outline"))
    return Block("", "paragraph", value or "–")


def part_name(item: Item, element: Element | None) -> str:
    """Which part of an element a question is about."""
    plain = {
        TITLE: _("Title"), TERMS: _("Topics"), WITHOUT_TECHNOLOGY: _("Without technology"),
        PARENT: _("Place in the outline"),
    }  # fmt: skip
    if item.field in plain:
        return plain[item.field]
    if item.field.startswith(PARAMETER):
        slot = next(value for value in (item.upstream, item.local, item.base) if isinstance(value, Parameter))
        return slot.label
    places = [block.id for block in element.blocks] if element else []
    identity = item.field[len(BLOCK) :]
    return _("paragraph %d") % (places.index(identity) + 1) if identity in places else _("a paragraph")
