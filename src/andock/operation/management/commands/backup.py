"""`andock backup <file-or-folder>`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from andock.operation import progress
from andock.operation.backup import services
from andock.operation.backup.archive import BackupRefused


class Command(BaseCommand):
    """May run while the site is in use."""

    help = "Write a backup of database and media into one file (docs/operation/backup.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A folder gets a file named after the time."""
        parser.add_argument("target", type=Path, help="file to write, or folder to write into")
        parser.add_argument("--keep", type=int, help="delete all but the newest N backups of the folder afterwards")

    def handle(self, *args: Any, target: Path, keep: int | None, verbosity: int, **options: Any) -> None:
        """Write, then tidy."""
        if keep is not None and (keep < 1 or not target.is_dir()):
            raise CommandError("--keep takes a number from 1 and needs a folder as target.")
        try:
            with progress.shown(quiet=not verbosity) as step:
                file = services.back_up(place=services.own_place(), target=target, progress=step, now=timezone.now())
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Backup written: {file}")
        for old in services.keep_newest(folder=target, number=keep) if keep else []:
            self.stdout.write(f"Deleted: {old}")
