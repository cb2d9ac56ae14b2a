"""``andock import-solutions <file>``: cards from a CSV file, with progress; stopped and begun again it goes on."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.knowledge.exchange import read_csv
from andock.knowledge.references import Known
from andock.knowledge.services.importing import recorded_steps
from andock.operation.progress import shown
from andock.organisations.region_folder import Problem, Refused

if TYPE_CHECKING:
    from andock.knowledge.exchange import Incoming
    from andock.knowledge.services.importing import Progress

MAX_BYTES = 100_000_000
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    help = "Import solution cards from a CSV file (layout: docs/develop/region-format.md, solutions.csv)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file with the columns of solutions.csv")
        parser.add_argument("--check", action="store_true", help="only say what is wrong in the file")

    def handle(self, *, file: Path, check: bool, **options: Any) -> None:
        self.stop = False
        try:
            found = _read(file)
        except Refused as refused:
            told = "\n".join(f"  {problem}" for problem in refused.problems)
            raise CommandError(_("Nothing of this file was written:\n%s") % told) from refused
        if check:
            self.stdout.write(_("%d cards, nothing wrong.") % len(found))
            return
        self._tell(self._write(found, quiet=options["verbosity"] == 0))

    def _write(self, found: list[Incoming], *, quiet: bool) -> Progress | None:
        """Step by step, until done or told to stop; a step that has begun is finished."""
        before = {number: signal.signal(number, self._ask_to_stop) for number in SIGNALS}
        progress = None
        try:
            with shown(quiet=quiet) as step:
                for progress in recorded_steps(found, timezone.now()):
                    step(_("Cards"), progress.done, progress.total)
                    if self.stop:
                        break
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        return progress

    def _ask_to_stop(self, *_signal: Any) -> None:
        self.stop = True

    def _tell(self, progress: Progress | None) -> None:
        if progress is None:
            raise CommandError(_("There is no card in this file."))
        words = {"new": progress.created, "there": progress.unchanged, "done": progress.done, "total": progress.total}
        if progress.done < progress.total:
            raise CommandError(
                _("Stopped after %(done)d of %(total)d cards. The same command goes on from there.") % words
            )
        self.stdout.write(_("%(new)d cards are new, %(there)d were here already and stay as they are.") % words)


def _read(file: Path) -> list[Incoming]:
    """Every card of the file. Raises ``Refused``."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise Refused([Problem(file.name, 0, "", _("The file is larger than 100 MB."))])
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused([Problem(str(file), 0, "", _("There is no such file, or it cannot be read."))]) from error
    except UnicodeDecodeError as error:
        raise Refused([Problem(file.name, 0, "", _("The file is not UTF-8. Save it as UTF-8 text."))]) from error
    return read_csv(file.name, text, Known())
