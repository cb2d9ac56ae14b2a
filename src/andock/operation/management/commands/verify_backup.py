"""`andock verify-backup <file>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

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
        counts = {
            "tables": len(manifest.tables),
            "rows": sum(table.rows for table in manifest.tables.values()),
            "files": len(manifest.files) - 1,
        }
        self.stdout.write(
            _("The backup of %(moment)s is sound: %(tables)d tables, %(rows)d rows, %(files)d files.")
            % (counts | {"moment": manifest.created_at})
        )
