"""``andock import-gazetteer <file>``: places by name, from a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from andock.maps.gazetteer import places_in
from andock.maps.services.places import replace_gazetteer
from andock.organisations.region_folder import Problem, Refused

MAX_BYTES = 100_000_000


class Command(BaseCommand):
    help = "Import places by name (streets, squares, sites) from a CSV file with the columns name, kind and point."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file; a point is latitude and longitude, “51.4386, 7.7955”")
        parser.add_argument(
            "--attribution", required=True, help="the words the licence asks for, such as “© GeoBasis-DE / BKG (2025)”"
        )

    def handle(self, *, file: Path, attribution: str, **options: Any) -> None:
        try:
            places = places_in(file.name, _text(file))
        except Refused as refused:
            told = "\n".join(f"  {problem}" for problem in refused.problems[:50])
            raise CommandError(_("Nothing of this file was written:\n%s") % told) from refused
        number = replace_gazetteer(places=places, attribution=attribution)
        self.stdout.write(
            _("%(number)d places imported, shown as: %(words)s") % {"number": number, "words": attribution}
        )


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise Refused([Problem(file.name, 0, "", _("The file is larger than 100 MB."))])
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused([Problem(str(file), 0, "", _("There is no such file, or it cannot be read."))]) from error
    except UnicodeDecodeError as error:
        raise Refused([Problem(file.name, 0, "", _("The file is not UTF-8. Save it as UTF-8 text."))]) from error
