"""What ``andock doctor`` asks about the jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models.functions import Now
from django.utils import timezone

from andock.kernel.findings import Finding

from . import queue
from .models import LivingWorker

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_JOB = timedelta(minutes=15)
SILENT = timedelta(minutes=2)


def worker_lives() -> Iterator[Finding]:
    """Without a worker no mail leaves."""
    yield Finding(
        "A worker runs",
        LivingWorker.objects.filter(seen_at__gte=Now() - SILENT).exists(),
        "Start andock run-worker, or the service andock-worker.",
    )


def queue_moves() -> Iterator[Finding]:
    """A job that waits long means that the workers are too few or stuck."""
    yield Finding(
        "No job has waited longer than 15 minutes",
        queue_is_young(),
        "Look into the worker's log; start a second andock run-worker if it is merely busy.",
    )


def no_dead_letters() -> Iterator[Finding]:
    """Jobs that were given up need a person."""
    count = queue.dead().count()
    yield Finding(
        "No job has been given up",
        not count,
        f"{count} jobs were given up: andock jobs shows why, andock jobs retry tries again.",
    )


def queue_is_young() -> bool:
    """Whether no job that somebody waits for has waited for a worker for too long."""
    oldest = queue.oldest_due()
    return oldest is None or timezone.now() - oldest < OLDEST_JOB
