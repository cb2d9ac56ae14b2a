"""`andock restore <file>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.kernel.immutability import install_all
from andock.operation.archive_command import ArchiveCommand
from andock.operation.backup import services
from andock.operation.health import pending_migrations

if TYPE_CHECKING:
    from andock.operation.backup.archive import Manifest


class Command(ArchiveCommand):
    """Never overwrites anything."""

    help = "Bring a backup back into an empty installation (docs/operation/backup.md)."
    act = staticmethod(services.restore)

    def tell(self, manifest: Manifest) -> None:
        """Say what came back; tables of this release get their guards again."""
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
