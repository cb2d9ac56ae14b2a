"""What the commands share that read a backup."""

from __future__ import annotations

from abc import abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from . import progress
from .backup import services
from .backup.archive import BackupRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backup.archive import Manifest


class ArchiveCommand(BaseCommand):
    """Reads ``source`` with ``act``, one of the backup's services, then tells what was found in it."""

    requires_system_checks: list[str] = []
    act: Callable[..., Manifest]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The archive."""
        parser.add_argument("source", type=Path, help="file that andock backup wrote")

    def handle(self, *args: Any, source: Path, verbosity: int, **options: Any) -> None:
        """Act with a progress bar; a refusal is the command's error."""
        try:
            with progress.shown(quiet=not verbosity) as step:
                manifest = self.act(place=services.own_place(), source=source, progress=step)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.tell(manifest)

    @abstractmethod
    def tell(self, manifest: Manifest) -> None:
        """Say what happened and what is left to do."""
