"""The desk: every element of the edition and every own one in reading order, each with what can be decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from andock.docking.resolve import arrangement
from andock.strategy.choices import ElementType

from . import desk_queries, queries
from .choices import DecisionState, ShownState
from .desk_forms import WAYS, RowForm
from .services.deciding import Choice, why

if TYPE_CHECKING:
    from .models import ElementDecision, OwnPart, Version

FILTERS = {
    "": _("All"),
    "offen": _("Still open"),
    "kern": _("Core"),
    "angepasst": _("Adapted"),
    "abgelehnt": _("Declined"),
    "zurueckgestellt": _("Deferred"),
    "eigene": _("Own elements"),
}
NEEDS_WHY = (DecisionState.DECLINED, DecisionState.DEFERRED)


@dataclass(slots=True)
class Line:
    """One element on the desk: a regional one with its decision, or an own one.

    ``below`` are the elements under it, ``open_here`` what is undecided from it on downwards. ``typed`` is what stands in
    its fields, as text; ``form`` is there only where somebody has sent something else than what is saved.
    """

    identity: str
    depth: int
    row: ElementDecision | None = None
    own: OwnPart | None = None
    form: RowForm | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    is_sent: bool = False
    notes: int = 0
    below: int = 0
    open_here: int = 0
    is_disputed: bool = False
    filters: set[str] = field(default_factory=set)

    @property
    def content(self) -> Mapping[str, Any]:
        return self.row.base if self.row else self.own.content if self.own else {}

    @property
    def name(self) -> str:
        return name_of(self.content)

    @property
    def kind(self) -> str:
        kind = self.content["type"]
        return str(ElementType(kind).label) if kind in ElementType.values else ""

    @property
    def is_core(self) -> bool:
        return self.row is not None and self.content["obligation"] == "core"

    @property
    def is_open(self) -> bool:
        return self.row is not None and self.row.state == DecisionState.UNDECIDED

    @property
    def is_decidable(self) -> bool:
        return self.row is not None and self.row.state != DecisionState.ENDED

    @property
    def reason_errors(self) -> list[str]:
        return self._errors("reason")

    @property
    def until_errors(self) -> list[str]:
        return self._errors("until")

    def _errors(self, name: str) -> list[str]:
        return [str(error) for error in self.form.errors.get(name, [])] if self.form else []

    @property
    def mark(self) -> str:
        """The decision as people see it, by the name of its sign."""
        state = self.row.shown if self.row else ""
        return "declined" if state == ShownState.ENDED else state

    @property
    def beginning(self) -> str:
        """The first paragraph, for the line that opens the rest."""
        blocks = self.content["blocks"]
        return str(blocks[0]["text"]) if blocks else ""


def name_of(content: Mapping[str, Any]) -> str:
    """Number and title, as people speak of an element."""
    return f"{content['label']} {content['title']}".strip()


class Sheet:
    """The desk of a version; bound to ``data`` after somebody has sent it."""

    def __init__(self, version: Version, *, data: Mapping[str, Any] | None = None, wanted: str = "") -> None:
        self.version = version
        self.wanted = wanted if wanted in FILTERS else ""
        self.is_unknown = wanted not in FILTERS
        self.data = data
        self.lines = list(self._lines())
        for place, line in enumerate(self.lines):
            line.open_here = sum(one.is_open for one in self.lines[place : place + 1 + line.below])
        self.ways = [(way.value, str(label)) for way, label in WAYS]

    def _lines(self) -> Iterator[Line]:
        rows = {str(row.element_id): row for row in self.version.decisions.order_by("position")}
        parts = {str(part.identity): part for part in self.version.own_parts.order_by("position")}
        notes = desk_queries.notes_per_element(self.version.strategy)
        order = arrangement(queries.rows_value(self.version, rows.values(), parts.values()))
        below = _sizes(order)
        depths: dict[str, int] = {"": -1}
        for identity, parent in order:
            depths[identity] = depths.get(parent, -1) + 1
            line = Line(
                identity, depths[identity], row=rows.get(identity), own=parts.get(identity),
                notes=notes.get(identity, 0), below=below.get(identity, 0),
            )  # fmt: skip
            line.filters = set(_filters(line))
            if line.row and line.is_decidable:
                self._fill(line, seen(line.row))
            yield line

    def _fill(self, line: Line, saved: Mapping[str, Any]) -> None:
        """A form for each of hundreds of lines would cost more than all the rest: those nobody has touched get none."""
        before = line.typed = _texts(saved)
        if self.data is None or f"{line.identity}-seen" not in self.data:
            return
        line.is_sent = True
        line.typed = {name: str(self.data.get(f"{line.identity}-{name}", "")) for name in before}
        if line.typed != before:
            line.form = RowForm(self.data, prefix=line.identity, initial=dict(saved))

    # --- what somebody has sent -------------------------------------------------------------------------------------
    @property
    def changed(self) -> list[tuple[Line, RowForm]]:
        """The lines on which something else was sent than what is saved."""
        return [(line, line.form) for line in self.lines if line.form]

    @property
    def wrong(self) -> list[Line]:
        """Lines that lack a reason or a day; only those somebody has changed are asked."""
        return [line for line, form in self.changed if not form.is_valid() and form.has_changed()]

    def choices(self) -> list[Choice]:
        """What was decided on the lines; call when nothing is wrong."""
        return [
            Choice(
                line.identity, found["state"], found["seen"], reason=found["reason"], until=found["until"],
                seen_why=found["why"],
            )
            for line, form in self.changed
            if form.is_valid() and form.has_decided()
            for found in (form.cleaned_data,)
        ]  # fmt: skip

    def adopting(self, action: str, ticked: Collection[str]) -> list[Choice]:
        """The choices with those of a button: ``adopt`` what is ticked, ``branch:<id>`` what is open there and below."""
        name, _colon, identity = action.partition(":")
        chosen = {choice.element: choice for choice in self.choices()}
        lines: list[Line] = []
        if name == "adopt":
            lines = [line for line in self.lines if line.is_sent and line.identity in ticked]
        elif name == "branch":
            lines = [line for line in self._branch(identity) if line.is_open and line.identity not in chosen]
        for line in lines:
            before = line.typed["seen"] if line.is_sent else DecisionState.UNDECIDED
            chosen[line.identity] = Choice(line.identity, DecisionState.ADOPTED, before)
        return list(chosen.values())

    def _branch(self, identity: str) -> list[Line]:
        places = [place for place, line in enumerate(self.lines) if line.identity == identity]
        return [line for place in places for line in self.lines[place : place + 1 + self.lines[place].below]]

    def dispute(self, choices: list[Choice]) -> None:
        """Mark what somebody else has decided meanwhile; sent once more, one's own choice stands."""
        disputed = {choice.element: choice for choice in choices}
        for line in self.lines:
            if line.row and (choice := disputed.get(line.identity)):
                mine = {"state": choice.state, "reason": choice.reason, "until": choice.until}
                line.typed, line.is_disputed = _texts(seen(line.row) | mine), True

    # --- what is shown ----------------------------------------------------------------------------------------------
    @property
    def shown(self) -> list[Line]:
        if not self.wanted:
            return self.lines
        found = [line for line in self.lines if self.wanted in line.filters or line.is_disputed]
        return sorted(found, key=lambda line: not line.is_core) if self.wanted == "offen" else found

    @property
    def filters(self) -> list[tuple[str, Any, int]]:
        return [(key, label, sum(key in line.filters for line in self.lines)) for key, label in FILTERS.items()]

    @property
    def total(self) -> int:
        return sum(line.row is not None for line in self.lines)

    @property
    def open_lines(self) -> list[Line]:
        return [line for line in self.lines if line.is_open]

    @property
    def decided(self) -> int:
        return self.total - len(self.open_lines)

    @property
    def open_core(self) -> list[Line]:
        return [line for line in self.open_lines if line.is_core]


def seen(row: ElementDecision) -> dict[str, Any]:
    """What stands on a line before somebody decides, with the marks of it."""
    return {"state": row.state, "seen": row.state, "why": why(row), "reason": row.reason, "until": row.until}


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """As they stand in fields."""
    return {name: str(value) if value else "" for name, value in values.items()}


def _filters(line: Line) -> Iterator[str]:
    yield ""
    if line.own:
        yield "eigene"
    if line.is_core:
        yield "kern"
    names = {"undecided": "offen", "adapted": "angepasst", "declined": "abgelehnt", "deferred": "zurueckgestellt"}
    if line.row and line.row.shown in names:
        yield names[line.row.shown]


def _sizes(order: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """How many elements stand below each."""
    found: dict[str, int] = {}
    for identity, parent in reversed(order):
        found[parent] = found.get(parent, 0) + found.get(identity, 0) + 1
    return found
