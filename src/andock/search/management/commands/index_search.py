"""``andock index-search``: bring the search to what there is now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from andock.operation.progress import shown
from andock.search.building import build


class Command(BaseCommand):
    """Writes only what is different. Stopped, it goes on from there when it is called again."""

    help = "Bring the search to what there is now; can be stopped and goes on when called again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--afresh", action="store_true", help="begin at the beginning, though a run was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with shown(quiet=options["verbosity"] == 0) as step:
                found = build(afresh=options["afresh"], tell=step)
        except KeyboardInterrupt as stopped:
            raise CommandError("Stopped. What is written stays; call the command again to go on.") from stopped
        for built in found:
            self.stdout.write(
                f"{built.source}: {built.groups} groups looked at, {built.changed} documents written or removed"
            )
