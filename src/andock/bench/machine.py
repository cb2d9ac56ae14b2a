"""What a figure means nothing without: machine, load, commit."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path

import django

BUSY = 1.0


@dataclass(frozen=True, slots=True)
class Machine:
    """``load`` is the average of the last minute before the start; above 1 the figures are unreliable."""

    processor: str
    cores: int
    system: str
    python: str
    django: str
    load: float
    commit: str

    @property
    def is_reliable(self) -> bool:
        return self.load <= BUSY


def this_machine() -> Machine:
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
        django=django.get_version(),
        load=round(os.getloadavg()[0], 2),
        commit=_commit(),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _commit() -> str:
    """Short commit with ``+`` where files differ from it; ``unknown`` outside a clone."""
    here = Path(__file__).parent
    try:
        return subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
            cwd=here, capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
