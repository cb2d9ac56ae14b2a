"""Processes and phases as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .choices import PhaseTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from .models import Phase, Process


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase and where it stands."""

    phase: Phase
    time: PhaseTime


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process with the phase that matters now: the running one, else the next, else the last."""

    process: Process
    phases: list[PhaseLine]
    now: PhaseLine | None
    time: PhaseTime


def phase_lines(process: Process, now: datetime) -> list[PhaseLine]:
    return [PhaseLine(phase, phase.time_at(now)) for phase in process.phases.all()]


def process_line(process: Process, now: datetime) -> ProcessLine:
    lines = phase_lines(process, now)
    order = (PhaseTime.RUNNING, PhaseTime.COMING)
    chosen = next((line for time in order for line in lines if line.time == time), lines[-1] if lines else None)
    return ProcessLine(process, lines, chosen, chosen.time if chosen else PhaseTime.OVER)


def process_lines(processes: Iterable[Process], now: datetime) -> list[ProcessLine]:
    return [process_line(process, now) for process in processes]


def next_change(processes: Iterable[Process], now: datetime) -> datetime | None:
    """When the next phase of any of them begins or ends: until then their pages stay as they are."""
    return min(_boundaries(processes, now), default=None)


def _boundaries(processes: Iterable[Process], now: datetime) -> Iterator[datetime]:
    for process in processes:
        for phase in process.phases.all():
            yield from (moment for moment in (phase.starts_at, phase.ends_at) if moment > now)
