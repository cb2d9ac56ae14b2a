"""The comparison of two editions in the words of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andock.docking.diff import (
    CHANGED,
    EVIDENCE,
    FIELDS,
    KINDS,
    MOVED,
    RELABELLED,
    REPLACED,
    UNCHANGED,
    Change,
    FieldChange,
    Place,
    diff,
)
from andock.docking.lineage import compose
from andock.docking.values import Element, Parameter, Source
from andock.docking.words import Piece
from andock.organisations.queries import terms

from .choices import ElementType, Obligation
from .outline import anchor
from .queries import edition_value, lineage_between

if TYPE_CHECKING:
    from .models import Edition


@dataclass(frozen=True, slots=True)
class Item:
    """A change with the sentences about where it stood and stands."""

    change: Change

    @property
    def anchor(self) -> str:
        return anchor(self.change.element.id)

    @property
    def title(self) -> str:
        return name(self.change.element)

    @property
    def is_moved(self) -> bool:
        return MOVED in self.change.kinds

    @property
    def renumbered(self) -> tuple[str, str] | None:
        """Both numbers, where a passage stayed in its place under another one."""
        if self.is_moved or len(self.change.old) != 1 or len(self.change.new) != 1 or self.change.kinds == (REPLACED,):
            return None
        before, after = self.change.old[0].label, self.change.new[0].label
        return (before, after) if before != after else None

    @property
    def fields(self) -> list[FieldChange]:
        """Differences of the passage itself; the title is told by the names where they are shown."""
        told = {"title"} if self.was else set()
        return [field for field in self.change.fields if field.name in FIELDS and field.name not in told]

    @property
    def evidence(self) -> list[FieldChange]:
        """Differences of sources and remarks."""
        return [field for field in self.change.fields if field.name in EVIDENCE]

    @property
    def was(self) -> list[str]:
        """Former names, where the passage moved or others took its place."""
        return [name(element) for element in self.change.old] if self._is_renamed else []

    @property
    def now(self) -> list[str]:
        return [name(element) for element in self.change.new] if self._is_renamed else []

    @property
    def _is_renamed(self) -> bool:
        stays = CHANGED in self.change.kinds and not self.is_moved
        both = bool(self.change.old and self.change.new) and not stays
        return both and list(map(name, self.change.old)) != list(map(name, self.change.new))

    @property
    def places(self) -> str:
        """For a moved element: where it stood and where it stands now."""
        before, after = self.change.old_place, self.change.new_place
        if not self.is_moved or before is None or after is None:
            return ""
        if _id(before.parent) != _id(after.parent):
            words = {"old": _part(before), "new": _part(after)}
            return _("stood in %(old)s, now stands in %(new)s") % words
        return _("stood %(old)s, now stands %(new)s") % {"old": _after(before), "new": _after(after)}

    @property
    def shows_all(self) -> bool:
        """Whether the whole text is shown, because it is new, gone or put together anew."""
        return self.change.old_place is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions with everything the page shows."""

    old: Edition
    new: Edition
    items: list[Item]
    relabelled: list[Item]
    unchanged: int
    tally: dict[str, int]

    @property
    def relabelled_count(self) -> int:
        return len(self.relabelled)

    def of_kind(self, kind: str) -> list[Item]:
        """The items of one kind, all for the empty text."""
        return [item for item in self.items if not kind or kind in item.change.kinds]


def compared(old: Edition, new: Edition) -> Comparison:
    """Compare two editions, also when others lie between them."""
    changes = diff(edition_value(old), edition_value(new), compose(*lineage_between(old, new)))
    items = [Item(change) for change in changes if change.is_item]
    found = Counter(kind for item in items for kind in item.change.kinds)
    return Comparison(
        old=old,
        new=new,
        items=items,
        relabelled=[Item(change) for change in changes if RELABELLED in change.kinds],
        unchanged=sum(UNCHANGED in change.kinds for change in changes),
        tally={kind: found[kind] for kind in KINDS if found[kind]},
    )


def name(element: Element) -> str:
    """Number and title."""
    return f"{element.label} {element.title}".strip()


def _id(element: Element | None) -> str:
    return element.id if element else ""


def _part(place: Place) -> str:
    return f"„{name(place.parent)}“" if place.parent else _("the top of the outline")


def _after(place: Place) -> str:
    return _("after “%(title)s”") % {"title": name(place.after)} if place.after else _("at the beginning")


# --- fields in words ------------------------------------------------------------------------------------------------
FIELD_NAMES = {
    "title": gettext_lazy("Title"),
    "type": gettext_lazy("Kind of passage"),
    "obligation": gettext_lazy("Obligation"),
    "terms": gettext_lazy("Topics"),
    "without_technology": gettext_lazy("Without technology"),
    "parameters": gettext_lazy("To be filled in locally"),
    "sources": gettext_lazy("Sources"),
    "verified": gettext_lazy("Evidence"),
    "note": gettext_lazy("Remark"),
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field that differs: word by word, or values that went and came."""

    name: str
    pieces: tuple[Piece, ...] = ()
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


def term_labels() -> dict[str, str]:
    """The names of all terms by their key, to be asked once for a page."""
    return {term.key: term.label for term in terms()}


def field_rows(fields: Iterable[FieldChange], labels: Mapping[str, str]) -> Iterator[FieldRow]:
    """Fields as people read them; ``labels`` names the terms by their keys."""
    for field in fields:
        name = str(FIELD_NAMES[field.name])
        if field.name in {"title", "note"}:
            yield FieldRow(name, pieces=field.words)
        else:
            yield FieldRow(name, gone=_values(field, field.gone, labels), come=_values(field, field.come, labels))


def _values(field: FieldChange, values: tuple[object, ...], labels: Mapping[str, str]) -> tuple[str, ...]:
    if field.name == "terms":
        return tuple(labels.get(str(key), str(key)) for key in values)
    return tuple(_value(field.name, value) for value in values)


def _value(field_name: str, value: object) -> str:
    match value:
        case Parameter():
            return f"{value.label}: {value.value} {value.unit}".strip(": ") if value.value else value.label
        case Source():
            return value.title
        case bool():
            yes, no = (_("verified"), _("not verified")) if field_name == "verified" else (_("yes"), _("no"))
            return yes if value else no
    return str({"type": ElementType, "obligation": Obligation}[field_name](value).label)
