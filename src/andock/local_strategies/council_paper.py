"""The paper a council gets, as plain content: page, PDF, Word file and text are made of the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from andock.design.choices import CHANGES
from andock.docking.local import OWN
from andock.docking.synopsis import PUT_OFF
from andock.docking.words import ADDED, REMOVED, SAME, Line, Piece, unchanged_lines
from andock.strategy.comparison import Item, field_rows, term_labels

from .choices import Outcome, ShownState, Weight
from .paper_names import Names
from .papers import paper, version_before
from .printed import unfollowed

if TYPE_CHECKING:
    from andock.docking.diff import BlockChange
    from andock.docking.synopsis import Row, Synopsis
    from andock.docking.values import Element

    from .models import ElementDecision, Version

FIELD = "field"


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, list, quotation, table or named field; a line has several cells in tables only."""

    kind: str
    lines: tuple[Line, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row: the text, or a remark where there is none."""

    parts: tuple[Part, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One passage that changes, in three columns."""

    element: str
    name: str
    weight: str
    said: str
    in_force: Cell
    proposed: Cell
    regional: Cell
    reasons: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        return (self.in_force, self.proposed, self.regional)


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one class."""

    weight: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A passage that is not followed, and why."""

    name: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the paper says. ``columns`` are heading and second line of the three columns."""

    kind: str
    town: str
    title: str
    facts: tuple[tuple[str, str], ...]
    resolution: str
    groups: tuple[Group, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[PaperRow, ...]
    stated: tuple[Stated, ...]
    foot: str
    demonstration: bool


def council_paper(version: Version, *, released_only: bool = False) -> Paper:
    """The paper of a draft, or of a decided version as everybody may read it: reasons then only where released."""
    found, before = paper(version), version_before(version)
    decisions = {str(row.element_id): row for row in version.decisions.all()}
    names = Names(version, before, decisions)
    build = _Rows(found, decisions, names, released_only=released_only, is_first=before is None)
    town = version.strategy.organisation.name
    region = version.edition.label
    return Paper(
        kind=_("Paper as decided") if version.is_frozen else _("Paper for decision"),
        town=town,
        title=version.title,
        facts=tuple(_facts(version, found, before)),
        resolution=version.resolution_text or default_resolution(version, before),
        groups=_groups(found, names),
        columns=(
            (pgettext("version", "In force"), _numbered(town, before) if before else _("no local strategy yet")),
            (_("Decided") if version.is_frozen else _("Proposed"), _numbered(town, version)),
            (_("Wording of the region"), region),
        ),
        rows=tuple(build.rows()),
        stated=tuple(build.stated()),
        foot=_foot(version),
        demonstration=version.demonstration,
    )  # fmt: skip


def default_resolution(version: Version, before: Version | None) -> str:
    """A draft resolution that fits most cases; the office writes its own over it. ``before`` is what it replaces."""
    words = {"title": version.title, "number": version.number, "edition": version.edition.label}
    text = _("It is resolved: “%(title)s” comes into force in version %(number)d, as compared in the annex. It follows the %(edition)s of the regional framework strategy.") % words  # fmt: skip
    if before is None:
        return text
    return f"{text} " + _("Version %d ends on the same day.") % before.number


def _numbered(town: str, version: Version) -> str:
    return _("%(town)s, version %(number)d") % {"town": town, "number": version.number}


# --- head ------------------------------------------------------------------------------------------------------------
def _facts(version: Version, found: Synopsis, before: Version | None) -> Iterator[tuple[str, str]]:
    """Of a draft also what is missing; what is decided says no more that something is to come."""
    missing = "" if version.is_frozen else _("not entered yet")
    yield from ((term, value or missing) for term, value in _head(version) if value or missing)
    weight = found.weight if before else Weight.SUBSTANTIAL
    yield _("Decision needed"), str(Weight(weight).label)


def head_left_open(version: Version) -> list[str]:
    """What nobody has entered in the head of the paper."""
    return [term for term, value in _head(version) if not value]


def _head(version: Version) -> Iterator[tuple[str, str]]:
    """Who has decided and when stands in the decision, once there is one."""
    approved = version.records.filter(outcome=Outcome.APPROVED).last() if version.is_frozen else None
    yield _("Committee"), approved.body if approved else version.committee
    yield _("Meeting on"), _day(approved.decided_on if approved else version.meeting_on)
    yield pgettext("paper", "Item"), version.agenda_item
    yield _("Responsible"), version.responsible_office
    yield _("Financial impact"), version.financial_impact


def _groups(found: Synopsis, names: Names) -> tuple[Group, ...]:
    return tuple(
        Group(weight, str(Weight(weight).label), tuple(names.in_order(rows)))
        for weight, rows in found.by_class().items()
        if rows
    )


def _foot(version: Version) -> str:
    slug = version.strategy.organisation.slug
    path = reverse("local_strategies:version_synopsis", args=[slug, version.number]) if version.is_frozen else reverse("local_strategies:current", args=[slug])  # fmt: skip
    words = {"address": settings.ANDOCK_BASE_URL + path, "day": _day(localdate())}
    return _("%(address)s, as of %(day)s") % words


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


# --- rows ------------------------------------------------------------------------------------------------------------
class _Rows:
    """The table and the list below it, with one look-up of the names of topics."""

    def __init__(
        self,
        found: Synopsis,
        decisions: dict[str, ElementDecision],
        names: Names,
        *,
        released_only: bool,
        is_first: bool,
    ) -> None:
        self._found, self._decisions, self._names = found, decisions, names
        self._released_only, self._is_first = released_only, is_first
        self._labels = term_labels()

    def rows(self) -> Iterator[PaperRow]:
        for row in self._found.changes:
            yield PaperRow(
                row.element.id, self._names.of_row(row), row.weight, self._said(row), self._in_force(row),
                self._proposed(row), self._regional(row), self._reasons(row),
            )  # fmt: skip

    def stated(self) -> Iterator[Stated]:
        told = {row.element.id for row in self._found.changes}
        for one in self._found.stated:
            row = self._decisions.get(one.element.id)
            if row is not None and one.state != PUT_OFF:
                left = unfollowed(row, all_reasons=not self._released_only)
                until = " " + _("until %s") % _day(left.until) if left.until else ""
                goes_on = "" if one.weight or one.element.id in told else " " + _("(as before)")
                yield Stated(self._names.of_row(one), left.word + until + goes_on, left.reason or self._why_kept(row))
        for row in self._decisions.values():
            yield from self._put_off(row)

    def _why_kept(self, row: ElementDecision) -> str:
        """Why the local wording stays where the region has changed its own."""
        if self._released_only and not row.reason_public:
            return ""
        return "; ".join(dict.fromkeys(change["reason"] for change in row.overrides if change["reason"]))

    def _put_off(self, row: ElementDecision) -> Iterator[Stated]:
        """What is in force and goes on as it is, because the answer to the region's change was put off."""
        found = [(held["until"], held["reason"]) for held in row.held if held["until"]]
        for until, reason in dict.fromkeys(found):
            word = _("the region's change is put off until %s") % _day(date.fromisoformat(until))
            yield Stated(
                self._names.of_base(row), word, "" if self._released_only and not row.reason_public else reason
            )

    def _said(self, row: Row) -> str:
        """What happens to it and how it stands to the region, in words."""
        if row.passage is None:
            decision = self._decisions.get(row.element.id)
            return _state(decision.state) if decision else _("falls away")
        kinds = [str(CHANGES[kind].word) for kind in row.change.kinds if kind in CHANGES]
        return ", ".join([*kinds, _state(row.passage.state)])

    def _in_force(self, row: Row) -> Cell:
        if not row.change.old:
            return Cell((), _("no local strategy yet") if self._is_first else _("not contained"))
        return Cell(tuple(part for old in row.change.old for part in self._plain(old)))

    def _proposed(self, row: Row) -> Cell:
        item = Item(row.change)
        renamed = _("was “%(old)s”") % {"old": ", ".join(item.was)} if item.was else ""
        fields = field_rows(item.fields, self._labels) if row.change.new else ()
        parts = [_field(one) for one in fields] + [_part(block) for block in row.change.blocks]
        if row.passage and not row.change.old:
            parts += _slots(row.passage.element, ADDED)
        if not row.change.new:
            return Cell(tuple(parts), _("falls away"))
        return Cell(tuple(parts), "; ".join(filter(None, (item.places, renamed))))

    def _regional(self, row: Row) -> Cell:
        if row.regional is None:
            return Cell((), _("no passage of the region"))
        return Cell(tuple(self._plain(row.regional)))

    def _plain(self, element: Element) -> Iterator[Part]:
        for block in element.blocks:
            yield Part(block.kind, unchanged_lines(block.text, kind=block.kind))
        yield from _slots(element, SAME)

    def _reasons(self, row: Row) -> tuple[str, ...]:
        decision = self._decisions.get(row.element.id)
        if row.passage is None or (self._released_only and not (decision and decision.reason_public)):
            return ()
        own = decision.reason if decision else ""
        return tuple(dict.fromkeys(filter(None, (own, *row.passage.reasons))))


def _state(state: str) -> str:
    return _("own passage") if state == OWN else str(ShownState(state).label).lower()


def _part(change: BlockChange) -> Part:
    lines = (Line(line.kind, tuple(tuple(_spaced(cell)) for cell in line.cells)) for line in change.lines)
    return Part(change.block.kind, tuple(lines))


def _spaced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Blanks stand outside of marks, and one between two marks."""
    was_marked = False
    for piece in pieces:
        text = piece.text.strip()
        if piece.kind == SAME or not text:
            yield Piece(SAME, piece.text)
            was_marked = False
            continue
        before, after = piece.text.split(text, 1)
        if before or was_marked:
            yield Piece(SAME, before or " ")
        yield Piece(piece.kind, text)
        if after:
            yield Piece(SAME, after)
        was_marked = not after


def _field(row: object) -> Part:
    """A field that differs: word by word, or what went and what came."""
    pieces = [*getattr(row, "pieces", ())]
    pieces += _listed(REMOVED, getattr(row, "gone", ())) + _listed(ADDED, getattr(row, "come", ()))
    return Part(FIELD, (Line(SAME, (tuple(_spaced(pieces)),)),), str(getattr(row, "name", "")))


def _listed(kind: str, values: Iterable[str]) -> list[Piece]:
    return [Piece(kind, value) for value in values]


def _slots(element: Element, kind: str) -> list[Part]:
    """What was filled in, each as a named field."""
    return [
        Part(FIELD, (Line(SAME, ((Piece(kind, f"{slot.value} {slot.unit}".strip()),),)),), slot.label)
        for slot in element.parameters
        if slot.value
    ]
