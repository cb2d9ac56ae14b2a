"""`andock verify-backup <file>`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from andock.operation import progress
from andock.operation.backup import services
from andock.operation.backup.archive import BackupRefused


class Command(BaseCommand):
    """Touches nothing of the installation."""

    help = "Restore a backup into a temporary place and compare every table and file (docs/operation/backup.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The archive."""
        parser.add_argument("source", type=Path, help="file that andock backup wrote")

    def handle(self, *args: Any, source: Path, verbosity: int, **options: Any) -> None:
        """Verify."""
        try:
            with progress.shown(quiet=not verbosity) as step:
                manifest = services.verify(place=services.own_place(), source=source, progress=step)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            _("The backup of %(moment)s is sound: %(tables)d tables, %(rows)d rows, %(files)d files.")
            % {
                "moment": manifest.created_at,
                "tables": len(manifest.tables),
                "rows": rows,
                "files": len(manifest.files) - 1,
            }
        )
