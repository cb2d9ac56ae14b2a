"""What the paper calls its passages, and the order in which it lists them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from andock.docking.synopsis import PUT_OFF, Row
from andock.strategy.comparison import name

from .printed import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from andock.docking.synopsis import Stated

    from .models import ElementDecision, Version


class Names:
    """A number of an older edition is said with its edition: the same number may be another passage's by now."""

    def __init__(self, version: Version, before: Version | None, decisions: Mapping[str, ElementDecision]) -> None:
        self._version, self._before, self._decisions = version, before, decisions

    def of_row(self, row: Row | Stated) -> str:
        return name(row.element) + self._said(self._edition(row))

    def of_base(self, row: ElementDecision) -> str:
        """As the wording it was last reconciled with has it."""
        return named(row) + (self._said(row.edition) if row.base["label"] else "")

    def in_order(self, rows: Iterable[Row | Stated]) -> list[str]:
        """In reading order; a passage of one's own stays after what it follows."""
        placed, last = [], -1
        for row in rows:
            found = self._decisions.get(row.element.id)
            last = found.position if found else last
            placed.append((last, self.of_row(row)))
        return [shown for _place, shown in sorted(placed, key=lambda one: one[0])]

    def _edition(self, row: Row | Stated) -> int:
        """The edition the number is of, 0 for the one the version follows."""
        label, found = row.element.label, self._decisions.get(row.element.id)
        if not label or self._is_current(row):
            return 0
        if found and found.base["label"] == label:
            return found.edition
        is_gone = isinstance(row, Row) and not row.change.new
        return self._before.edition.ordinal if is_gone and self._before else 0

    def _is_current(self, row: Row | Stated) -> bool:
        if isinstance(row, Row):
            return row.regional is not None and row.regional.label == row.element.label
        return row.state != PUT_OFF

    def _said(self, ordinal: int) -> str:
        is_older = 0 < ordinal < self._version.edition.ordinal
        return f" ({self._labels[ordinal]})" if is_older and ordinal in self._labels else ""

    @cached_property
    def _labels(self) -> dict[int, str]:
        return dict(self._version.strategy.framework.editions.values_list("ordinal", "label"))
