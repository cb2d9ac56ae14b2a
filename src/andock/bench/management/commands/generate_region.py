"""``andock generate-region <folder>``: an invented region of any size, to try and measure with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from andock.bench.region import Size, write_region


class Command(BaseCommand):
    help = "Write an invented region into a folder (docs/develop/region-format.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="folder to write; must be empty or missing")
        parser.add_argument("--municipalities", type=int, default=1100)
        parser.add_argument("--elements", type=int, default=400, help="elements of each edition")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same region")

    def handle(self, *, folder: Path, municipalities: int, elements: int, seed: int, **options: Any) -> None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not empty. Name a folder that does not exist yet.")
        try:
            size = Size(municipalities=municipalities, elements=elements, seed=seed)
        except ValueError as error:
            raise CommandError(str(error)) from error
        write_region(folder, size)
        self.stdout.write(f"{folder}: {municipalities} municipalities, {elements} elements in each of three editions")
