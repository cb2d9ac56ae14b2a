"""The process that runs the jobs: one at a time, with a second thread that keeps its lease."""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from . import queue, schedule

if TYPE_CHECKING:
    from types import FrameType

    from django_tasks_db.models import DBTaskResult

log = structlog.get_logger("andock.jobs")
SIGNALS = (signal.SIGTERM, signal.SIGINT)
# The database is away or locked: wait and go on, the queue is still there when it comes back.
GONE = (DatabaseError, InterfaceError)


class Worker:
    """Runs due jobs until it is told to stop; the job at hand is finished first."""

    def __init__(self, policy: queue.Policy | None = None) -> None:
        self.policy = policy or queue.Policy()
        self.id = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self.stopping = False
        self._ended = threading.Event()
        self._awake, self._alarm = os.pipe()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT. A second signal ends the process at once."""
        schedule.discover()
        for number in SIGNALS:
            signal.signal(number, self._stop)
        log.info("worker_started", worker=self.id)
        self._keep_up()
        keeper = threading.Thread(target=self._keep, daemon=True, name="lease")
        keeper.start()
        while not self.stopping:
            if not self._work_once():
                select.select([self._awake], [], [], self.policy.interval)
        self._finish(keeper)

    def run_until_idle(self) -> int:
        """Run everything that is due now, then return how many attempts that were."""
        count = 0
        queue.beat(self.id)
        while row := queue.claim(self.id):
            self.attempt(row)
            count += 1
        queue.leave(self.id)
        return count

    def attempt(self, row: DBTaskResult) -> None:
        """Run one claimed job and record how it went."""
        begun = time.monotonic()
        words = {"job": row.task_path, "id": str(row.pk), "attempt": len(row.worker_ids)}
        try:
            arguments = row.args_kwargs
            row.task.call(*arguments["args"], **arguments["kwargs"])
        except Exception as error:  # noqa: BLE001  whatever a job raises is the job's failure, not the worker's
            is_dead = queue.fail(row, error, self.policy)
            write = log.error if is_dead else log.warning
            write("job_dead" if is_dead else "job_failed", **words, error=type(error.__cause__ or error).__qualname__)
        else:
            queue.succeed(row)
            log.info("job_done", **words, seconds=round(time.monotonic() - begun, 3))

    def _work_once(self) -> bool:
        close_old_connections()
        try:
            row = queue.claim(self.id)
            if row:
                self.attempt(row)
        except GONE as error:
            log.warning("database_unavailable", error=type(error).__qualname__)
            return False
        return row is not None

    def _keep(self) -> None:
        while not self._ended.wait(self.policy.lease / 4):
            close_old_connections()
            try:
                self._keep_up()
            except GONE as error:
                log.warning("lease_not_renewed", error=type(error).__qualname__)
        connection.close()

    def _keep_up(self) -> None:
        queue.beat(self.id)
        if count := queue.take_back(self.policy):
            log.warning("jobs_taken_back", count=count)
        for name in schedule.start_due(timezone.now()):
            log.info("periodic_job_queued", job=name)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        os.write(self._alarm, b".")
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    def _finish(self, keeper: threading.Thread) -> None:
        self._ended.set()
        keeper.join(timeout=self.policy.lease / 4)
        with suppress(*GONE):
            queue.leave(self.id)
        log.info("worker_stopped", worker=self.id)
