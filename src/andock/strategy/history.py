"""One element through all editions: its wordings, and in words what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.docking.diff import EVIDENCE, FIELDS, UNCHANGED, Change, FieldChange, diff
from andock.docking.values import Edition as EditionValue

from .choices import LineageKind
from .queries import element_value

if TYPE_CHECKING:
    from uuid import UUID

    from .models import Edition, ElementVersion, Lineage


@dataclass(frozen=True, slots=True)
class Wording:
    """How an element reads in one edition, and what differs from the edition before that had it."""

    version: ElementVersion
    older: ElementVersion | None
    change: Change | None

    @property
    def is_same_text(self) -> bool:
        """Whether nothing differs from the wording before, the number aside."""
        return self.change is not None and not self.change.is_item

    @property
    def fields(self) -> list[FieldChange]:
        """Differences of the passage itself."""
        return [field for field in self.change.fields if field.name in FIELDS] if self.change else []

    @property
    def evidence(self) -> list[FieldChange]:
        """Differences of sources and remarks."""
        return [field for field in self.change.fields if field.name in EVIDENCE] if self.change else []

    @property
    def is_renumbered(self) -> bool:
        return self.older is not None and self.older.label != self.version.label


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an element with an edition: a phrase, the other elements it names, reasons."""

    edition: Edition
    words: str
    others: tuple[ElementVersion, ...]
    reasons: tuple[str, ...]


def wordings(versions: Sequence[ElementVersion]) -> list[Wording]:
    """Versions, newest first, each compared with the one before."""
    compared = [Wording(newer, older, _change(older, newer)) for newer, older in pairwise(versions)]
    return [*compared, *(Wording(version, None, None) for version in versions[-1:])]


def _change(older: ElementVersion, newer: ElementVersion) -> Change:
    """The element alone, as if it stood at the top of both editions: where it stands is told separately."""
    before, after = (replace(element_value(version), parent=None) for version in (older, newer))
    (change,) = diff(EditionValue(1, "", "", (before,)), EditionValue(2, "", "", (after,)))
    return change if older.parent_id == newer.parent_id else replace(change, kinds=_with_move(change.kinds))


def _with_move(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return ("moved", *(kind for kind in kinds if kind not in {UNCHANGED, "relabelled"}))


def events(element_id: UUID, rows: Iterable[Lineage], others: Mapping[UUID, ElementVersion]) -> list[Event]:
    """What the lineage says of an element, newest first; rows come ordered by edition."""
    return [
        event
        for _key, group in groupby(rows, key=_occasion(element_id))
        for event in _event(element_id, list(group), others)
    ]


def _occasion(element_id: UUID) -> Callable[[Lineage], tuple[object, ...]]:
    return lambda row: (row.edition_id, row.kind, row.source_id == element_id)


def _event(element_id: UUID, rows: list[Lineage], others: Mapping[UUID, ElementVersion]) -> Iterator[Event]:
    is_source = rows[0].source_id == element_id
    ends = dict.fromkeys(row.target_id if is_source else row.source_id for row in rows)
    named = tuple(others[end] for end in ends if end and end in others and end != element_id)
    words = _phrases(is_source=is_source).get(rows[0].kind, "")
    if words:
        yield Event(rows[0].edition, words, named, tuple(dict.fromkeys(row.reason for row in rows if row.reason)))


def _phrases(*, is_source: bool) -> dict[str, str]:
    """Phrases that a list of other elements may follow."""
    either = {
        LineageKind.MOVED: _("moved to another place"),
        LineageKind.CONTINUED: _("continued"),
        LineageKind.PROMOTED: _("taken up from a municipality"),
        LineageKind.REINSTATED: _("taken up again"),
        LineageKind.WITHDRAWN: _("withdrawn"),
    }
    if is_source:
        own = {
            LineageKind.SPLIT: _("divided into"),
            LineageKind.JOINED: _("joined into"),
            LineageKind.REPLACED: _("replaced by"),
        }
    else:
        own = {
            LineageKind.SPLIT: _("taken out of"),
            LineageKind.JOINED: _("joined from"),
            LineageKind.REPLACED: _("replaces"),
        }
    return {str(kind): words for kind, words in (either | own).items()}
