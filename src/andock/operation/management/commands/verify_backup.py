"""`andock verify-backup <file>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.operation.archive_command import ArchiveCommand
from andock.operation.backup import services

if TYPE_CHECKING:
    from andock.operation.backup.archive import Manifest


class Command(ArchiveCommand):
    """Touches nothing of the installation."""

    help = "Restore a backup into a temporary place and compare every table and file (docs/operation/backup.md)."
    act = staticmethod(services.verify)

    def tell(self, manifest: Manifest) -> None:
        """Say what was compared."""
        rows = sum(table.rows for table in manifest.tables.values())
        counts = f"{len(manifest.tables)} tables, {rows} rows, {len(manifest.files) - 1} files"
        self.stdout.write(f"The backup of {manifest.created_at} is sound: {counts}.")
