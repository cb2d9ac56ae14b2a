"""The figures as a drawing: positions in per cent, so that it fits any width while its letters keep their size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .figures import Moment, Sum

PLOT, TOP = 80.0, 8.0
"""Lower and upper edge of the plot in per cent of the height; the days stand below it."""
MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """How many registered (``seats``), or waited above them (``waiting``), in one stretch."""

    kind: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Line:
    """A level stretch or a step between two, of one kind."""

    kind: str
    x1: str
    x2: str
    y1: str
    y2: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place."""

    text: str
    x: str = ""
    y: str = ""
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn."""

    bars: Sequence[Bar]
    lines: Sequence[Line]
    days: Sequence[Mark]
    numbers: Sequence[Mark]


def chart(moments: Sequence[Moment]) -> Chart | None:
    """The drawing; None while nothing has happened."""
    sums = [moment.sum for moment in moments]
    most = max((max(one.registered + one.waiting, one.cancelled, one.came) for one in sums), default=0)
    if not most:
        return None
    frame = _Frame(len(moments), most)
    bars = [bar for place, one in enumerate(sums) for bar in frame.bars(place, one)]
    return Chart(bars, frame.lines(sums), frame.days(moments), frame.numbers())


@dataclass(frozen=True, slots=True)
class _Frame:
    stretches: int
    most: int

    def _x(self, place: float) -> float:
        return 100 * place / self.stretches

    def _y(self, number: float) -> float:
        return PLOT - (PLOT - TOP) * number / self.most

    def bars(self, place: int, sums: Sum) -> list[Bar]:
        """The registered, and on top of them those who wait."""
        stacked = (("seats", 0, sums.registered), ("waiting", sums.registered, sums.waiting))
        return [
            Bar(
                kind, _percent(self._x(place)), _percent(self._x(1)), _percent(self._y(below + number)),
                _percent(self._y(0) - self._y(number)),
            )
            for kind, below, number in stacked if number
        ]  # fmt: skip

    def lines(self, sums: Sequence[Sum]) -> list[Line]:
        """The edge of those who are registered, level lines over those who wait, steps of those who cancelled or came."""
        found = self._steps("edge", [one.registered for one in sums])
        found += [
            self._level("queue", place, one.registered + one.waiting) for place, one in enumerate(sums) if one.waiting
        ]
        for kind in ("cancelled", "came"):
            found += self._steps(kind, [getattr(one, kind) for one in sums])
        return found

    def _level(self, kind: str, place: int, number: int) -> Line:
        high = _percent(self._y(number))
        return Line(kind, _percent(self._x(place)), _percent(self._x(place + 1)), high, high)

    def _steps(self, kind: str, numbers: list[int]) -> list[Line]:
        """Level through a stretch, then up or down to the next."""
        steps, before = [], 0
        for place, number in enumerate(numbers):
            if number != before:
                left = _percent(self._x(place))
                steps.append(Line(kind, left, left, _percent(self._y(before)), _percent(self._y(number))))
            if number:
                steps.append(self._level(kind, place, number))
            before = number
        return steps

    def days(self, moments: Sequence[Moment]) -> list[Mark]:
        """When stretches begin, as many as fit; on a phone every second of them is hidden."""
        distance = 1 + (len(moments) - 1) // MOST_MARKS
        return [
            Mark(_begin(moment), x=_percent(self._x(place * distance)), is_minor=bool(place % 2))
            for place, moment in enumerate(moments[::distance])
        ]  # fmt: skip

    def numbers(self) -> list[Mark]:
        """The greatest number and half of it."""
        numbers = sorted({self.most, self.most // 2} - {0})
        return [Mark(str(number), y=_percent(self._y(number))) for number in numbers]


def _begin(moment: Moment) -> str:
    return date_format(timezone.localtime(moment.since), "d.m. H:i" if moment.is_hour else "d.m.")


def _percent(value: float) -> str:
    return f"{value:.2f}%"
