"""The time line as a drawing: positions in per cent, so that it fits any width while its letters keep their size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .timeline import Step

PLOT = 82.0
"""The lower edge of the plot in per cent of the height; the years stand below it."""
TOP = 10.0
MOST_YEARS = 8
MARGIN = timedelta(days=30)
"""What is drawn beyond the last day that matters."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time with one number; ``state`` is ``certain`` or ``possible``."""

    state: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or line at a place."""

    text: str
    x: str = ""
    y: str = ""
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn."""

    bars: Sequence[Bar]
    years: Sequence[Mark]
    lines: Sequence[Mark]
    day: str


def chart(steps: Sequence[Step], day: date, today: date) -> Chart | None:
    """The drawing of the steps with ``day`` marked; None while nobody ever took part."""
    known = [step for step in steps if step.since > date.min]
    if not known:
        return None
    begin = date(known[0].since.year, 1, 1)
    end = min(max(day, today, known[-1].since), date.max - MARGIN) + MARGIN
    frame = _Frame(begin, end, max(step.possible for step in steps))
    shown = [step for step in steps if step.since <= end]
    ends = [step.since for step in shown[1:]] + [end]
    bars = [bar for step, until in zip(shown, ends, strict=True) for bar in frame.bars(step, until)]
    return Chart(bars, frame.years(), frame.lines(), frame.x(day) if begin <= day else "")


@dataclass(frozen=True, slots=True)
class _Frame:
    begin: date
    end: date
    most: int

    def x(self, day: date) -> str:
        return _percent(self._share(day))

    def _share(self, day: date) -> float:
        return 100 * (max(day, self.begin) - self.begin).days / (self.end - self.begin).days

    def _height(self, number: int) -> float:
        return (PLOT - TOP) * number / self.most

    def bars(self, step: Step, until: date) -> list[Bar]:
        begin, end = self._share(step.since), self._share(until)
        numbers = {"possible": step.possible, "certain": step.certain}
        return [
            Bar(state, _percent(begin), _percent(end - begin), _percent(PLOT - height), _percent(height))
            for state, number in numbers.items()
            if number and end > begin
            for height in [self._height(number)]
        ]

    def years(self) -> list[Mark]:
        """The years that fit; on a phone every second of them is hidden."""
        years = range(self.begin.year, self.end.year + 1)
        distance = 1 + (len(years) - 1) // MOST_YEARS
        return [
            Mark(str(year), self.x(date(year, 1, 1)), is_minor=bool(place % 2))
            for place, year in enumerate(years[::distance])
        ]

    def lines(self) -> list[Mark]:
        """The greatest number and half of it."""
        numbers = sorted({self.most, self.most // 2} - {0})
        return [Mark(str(number), y=_percent(PLOT - self._height(number))) for number in numbers]


def _percent(value: float) -> str:
    return f"{value:.2f}%"
