"""``andock import-boundaries <geojson|gpkg|URL>``: borders for the map, from a file or an official service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from andock.kernel.outbound import Refused, fetch
from andock.organisations.geometry import MAX_BYTES, BadGeometry, Shapes, read_geojson, read_geopackage
from andock.organisations.queries import boundaries
from andock.organisations.services.boundaries import NothingFits, replace_boundaries

GEOPACKAGE = b"SQLite format 3\x00"


class Command(BaseCommand):
    help = "Import the borders of the region's municipalities (layout of VG250; other areas are ignored)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="a .geojson or .gpkg file, or an https address that answers with one")
        parser.add_argument(
            "--attribution",
            required=True,
            help="the words the licence asks for, such as “© GeoBasis-DE / BKG (2025) dl-de/by-2-0”",
        )
        parser.add_argument(
            "--tolerance",
            type=float,
            default=0.001,
            help="how much borders may be straightened, in degrees (0.001 is about 100 m)",
        )

    def handle(self, *, source: str, attribution: str, tolerance: float, **options: Any) -> None:
        try:
            shapes = _read(source)
        except (BadGeometry, Refused) as error:
            raise CommandError(f"{source}: {error}") from error
        try:
            missing = replace_boundaries(shapes=shapes, attribution=attribution, tolerance=tolerance)
        except NothingFits as error:
            raise CommandError(
                _("%s: none of the areas belongs to a municipality that is loaded here. Load the region first.")
                % source
            ) from error
        found = boundaries().count()
        self.stdout.write(_("%(found)d borders imported, shown as: %(words)s") % {"found": found, "words": attribution})
        for town in missing:
            self.stdout.write(_("No border found for %(name)s (%(ags)s).") % {"name": town, "ags": town.ags})


def _read(source: str) -> Shapes:
    content = fetch(source, max_bytes=MAX_BYTES) if "://" in source else _file(Path(source))
    return read_geopackage(content) if content.startswith(GEOPACKAGE) else read_geojson(content)


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadGeometry(_("The file is larger than 200 MB."))
        return path.read_bytes()
    except OSError as error:
        raise BadGeometry(_("The file cannot be read: %s") % error.strerror) from error
