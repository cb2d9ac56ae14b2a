"""`andock jobs`: see the queue, retry dead letters."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.db.models import Count

from andock.kernel.jobs import queue


class Command(BaseCommand):
    """The operator's view of the queue."""

    help = "Show the queue and its dead letters; `jobs retry [id …]` gives dead letters new attempts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without words it lists."""
        parser.add_argument("action", nargs="?", choices=["list", "retry"], default="list")
        parser.add_argument("ids", nargs="*", help="ids of dead letters; all when left out")

    def handle(self, *args: Any, action: str, ids: list[str], **options: Any) -> None:
        """List or retry."""
        if action == "list":
            self._list()
        else:
            self._retry(ids)

    def _list(self) -> None:
        counts = queue.jobs().order_by().values_list("status").annotate(Count("pk"))
        self.stdout.write(
            "  ".join(f"{status.lower()}: {number}" for status, number in counts) or "The queue is empty."
        )
        for row in queue.dead():
            self.stdout.write(
                f"dead  {row.pk}  {row.task_path}  {len(row.worker_ids)} attempts  {row.exception_class_path}"
            )

    def _retry(self, ids: list[str]) -> None:
        try:
            wanted = [UUID(text) for text in ids] or None
        except ValueError as error:
            raise CommandError(
                "An id looks like 4be46c9d-9f9d-4df8-b2c1-0e3f2f5e9a07; `andock jobs` lists them."
            ) from error
        count = queue.retry(wanted)
        if wanted and count < len(wanted):
            raise CommandError(f"{len(wanted) - count} of these ids are no dead letters; {count} were queued again.")
        self.stdout.write(f"{count} dead letters queued again.")
