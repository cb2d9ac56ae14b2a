"""`andock restore <file>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
            f"Restored: {len(manifest.tables)} tables and {len(manifest.files) - 1} files from {manifest.created_at}."
        )
        if not pending_migrations():
            install_all()
        else:
            self.stdout.write(f"The backup is from release {manifest.version}; now run: andock migrate")
