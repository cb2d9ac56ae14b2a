"""`andock restore <file>`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from andock.kernel.immutability import install_all
from andock.operation import progress
from andock.operation.backup import services
from andock.operation.backup.archive import BackupRefused
from andock.operation.health import pending_migrations


class Command(BaseCommand):
    """Never overwrites anything."""

    help = "Bring a backup back into an empty installation (docs/operation/backup.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The archive."""
        parser.add_argument("source", type=Path, help="file that andock backup wrote")

    def handle(self, *args: Any, source: Path, verbosity: int, **options: Any) -> None:
        """Restore, then say what is left to do."""
        try:
            with progress.shown(quiet=not verbosity) as step:
                manifest = services.restore(place=services.own_place(), source=source, progress=step)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("Restored: %(tables)d tables and %(files)d files from %(moment)s.")
            % {"tables": len(manifest.tables), "files": len(manifest.files) - 1, "moment": manifest.created_at}
        )
        if not pending_migrations():
            install_all()
        else:
            self.stdout.write(
                _("The backup is from release %(version)s; now run: andock migrate") % {"version": manifest.version}
            )
