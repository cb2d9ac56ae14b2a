"""`andock run-worker`: run queued and periodic jobs."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from andock.kernel.jobs.queue import Policy
from andock.kernel.jobs.worker import Worker


class Command(BaseCommand):
    """Any number of these may run, on any host that reaches the database."""

    help = "Run queued and periodic jobs until SIGTERM or Ctrl-C; the job at hand is finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All workers of a site should be given the same values."""
        standard = Policy()
        parser.add_argument(
            "--lease", type=float, default=standard.lease, help="seconds of silence after which a worker counts as dead"
        )
        parser.add_argument(
            "--interval", type=float, default=standard.interval, help="seconds between looks at an empty queue"
        )
        parser.add_argument(
            "--attempts", type=int, default=standard.attempts, help="tries before a job becomes a dead letter"
        )
        parser.add_argument(
            "--first-delay",
            type=float,
            default=standard.first_delay,
            help="seconds before the second try; four times as long before each further one",
        )
        parser.add_argument("--until-idle", action="store_true", help="run what is due now, then end")

    def handle(self, *args: Any, until_idle: bool, **options: Any) -> None:
        """Run the worker."""
        names = ("lease", "interval", "attempts", "first_delay")
        worker = Worker(Policy(**{name: options[name] for name in names}))
        if until_idle:
            self.stdout.write(f"{worker.run_until_idle()} attempts made.")
        else:
            worker.run()
