"""``andock load-region <folder>``: reads a region's facts; loading twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import track

from andock.kernel.modules import loaders
from andock.operation.progress import shown
from andock.organisations.region_folder import LoadReport, Refused, RegionFolder
from andock.search.building import build


class Command(BaseCommand):
    help = "Load a region from a folder of CSV and YAML files (docs/develop/region-format.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="folder that holds region.yaml")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            self._load(RegionFolder(folder), quiet=options["verbosity"] == 0)
        except Refused as refused:
            raise CommandError(
                _("Nothing of this file was written:\n%s") % "\n".join(f"  {problem}" for problem in refused.problems)
            ) from refused

    def _load(self, folder: RegionFolder, *, quiet: bool) -> None:
        console = Console(quiet=quiet)
        steps = list(loaders())
        for load in track(steps, description=_("Loading region"), console=console, disable=quiet):
            reports = load(folder)
            for report in reports if isinstance(reports, list) else [reports]:
                self._tell(report, console)
        with shown(quiet=quiet) as step:  # what loaders wrote without a service, and the names of places everywhere
            build(afresh=True, tell=step)

    def _tell(self, report: LoadReport, console: Console) -> None:
        console.print(
            f"{report.file}: {report.created} "
            + _("new")
            + f", {report.changed} "
            + _("changed")
            + f", {report.unchanged} "
            + _("unchanged")
        )
        for note in report.notes:
            console.print(f"  {note}")
