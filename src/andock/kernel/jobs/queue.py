"""The states of a queued job and the only places that change them.

A row of ``DBTaskResult`` goes READY → RUNNING → SUCCESSFUL, back to READY for another try, or FAILED, which
makes it a dead letter. ``worker_ids`` gains one entry per attempt, so it is the attempt counter, and its
last entry is the holder: whoever is no longer the holder can't change the row.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from traceback import format_tb
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min, Q
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from . import BACKEND, GIVEN_UP, Hopeless, Priority
from .models import LivingWorker

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

FORGET_WORKERS = timedelta(days=1)


class WorkerLost(Exception):
    """The worker that held the job died, again and again."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the queue is. Times in seconds.

    With these values the eight attempts spread over about ten hours, which outlasts greylisting
    and a night's outage of a mail server.
    """

    lease: float = 30
    interval: float = 0.5
    attempts: int = 8
    first_delay: float = 15
    longest_delay: float = 4 * 3600

    def delay(self, attempt: int) -> timedelta:
        """How long to wait after the given failed attempt (1 is the first); spread by a tenth."""
        seconds = min(self.first_delay * 4 ** (attempt - 1), self.longest_delay)
        return timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311


def jobs() -> QuerySet[DBTaskResult]:
    """All rows of our queue."""
    return DBTaskResult.objects.filter(backend_name=BACKEND)


def due() -> QuerySet[DBTaskResult]:
    """Jobs that may start now."""
    return DBTaskResult.objects.ready().filter(backend_name=BACKEND)


def dead() -> QuerySet[DBTaskResult]:
    """Dead letters, the newest first."""
    return jobs().filter(status=TaskResultStatus.FAILED).order_by("-finished_at")


def oldest_due() -> datetime | None:
    """Since when the job that waits longest could have started, of those that somebody waits for; None when none waits."""
    times = (
        due()
        .filter(priority__gte=Priority.SOMEBODY_WAITS)
        .order_by()
        .aggregate(
            queued=Min("enqueued_at", filter=Q(run_after=get_date_max())),
            postponed=Min("run_after", filter=Q(run_after__lt=get_date_max())),
        )
    )
    return min((moment for moment in times.values() if moment), default=None)


def claim(worker: str) -> DBTaskResult | None:
    """Take the next job, if any, with this worker as its holder."""
    if not due().exists():  # spares SQLite the write lock while there is nothing to do
        return None
    with transaction.atomic():
        found = due().select_for_update(skip_locked=True).first()
        if found:
            found.claim(worker)
    return found


def succeed(row: DBTaskResult) -> bool:
    """Record success; False when somebody else holds the job by now."""
    return _change(
        row, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), exception_class_path="", traceback=""
    )


def fail(row: DBTaskResult, error: BaseException, policy: Policy) -> bool:
    """Record a failure: another try later, or a dead letter. Returns whether it is dead now.

    Only the class of the error and the lines of code are kept: messages may hold personal data.
    """
    is_dead = isinstance(error, Hopeless) or len(row.worker_ids) >= policy.attempts
    cause = error.__cause__ if isinstance(error, Hopeless) and error.__cause__ else error
    with transaction.atomic():
        is_held = _change(row, **_failure(row, cause, policy, is_dead=is_dead))
        if is_held and is_dead and (tell := GIVEN_UP.get(row.task_path)):
            tell(**row.args_kwargs["kwargs"])
    return is_dead


def _failure(row: DBTaskResult, cause: BaseException, policy: Policy, *, is_dead: bool) -> dict[str, object]:
    return {
        "status": TaskResultStatus.FAILED if is_dead else TaskResultStatus.READY,
        "run_after": row.run_after if is_dead else timezone.now() + policy.delay(len(row.worker_ids)),
        "finished_at": timezone.now() if is_dead else None,
        "exception_class_path": f"{type(cause).__module__}.{type(cause).__qualname__}",
        "traceback": "".join(format_tb(cause.__traceback__)),
    }


def take_back(policy: Policy) -> int:
    """Return the jobs of dead workers to the queue; returns how many."""
    LivingWorker.objects.filter(seen_at__lt=Now() - FORGET_WORKERS).delete()
    living = set(
        LivingWorker.objects.filter(seen_at__gte=Now() - timedelta(seconds=policy.lease)).values_list("pk", flat=True)
    )
    running = jobs().filter(status=TaskResultStatus.RUNNING)
    lost = [row for row in running if not row.worker_ids or row.worker_ids[-1] not in living]
    return sum(_return(row, policy) for row in lost)


def beat(worker: str) -> None:
    """Renew the lease on everything this worker holds."""
    if not LivingWorker.objects.filter(pk=worker).update(seen_at=Now()):
        LivingWorker.objects.create(pk=worker, started_at=Now(), seen_at=Now())


def leave(worker: str) -> None:
    """The worker ends in good order; a job it could not finish starts again at once."""
    LivingWorker.objects.filter(pk=worker).delete()


def retry(ids: list[UUID] | None = None) -> int:
    """Give dead letters (all, or those named) a fresh set of attempts; returns how many."""
    chosen = dead() if ids is None else dead().filter(pk__in=ids)
    return chosen.order_by().update(
        status=TaskResultStatus.READY, worker_ids=[], run_after=get_date_max(), finished_at=None
    )


def _return(row: DBTaskResult, policy: Policy) -> bool:
    if len(row.worker_ids) >= policy.attempts:
        return fail(row, WorkerLost(), policy)
    return _change(row, status=TaskResultStatus.READY, run_after=get_date_max())


def _change(row: DBTaskResult, **values: object) -> bool:
    """Change the row only if it is still held as it was read: a worker that slept past its lease is too late."""
    held = jobs().filter(pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids)
    return bool(held.update(**values))
