"""Public ideas as GeoJSON (RFC 7946): each one, or the squares they lie in where there are very many."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, F
from django.db.models.functions import Floor

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from andock.participation.models import Process

    from .models import Idea

MOST_SINGLE, MOST_NAMED = 20_000, 5_000
"""Above the second number they come without titles: 20,000 with titles are 400 kB to fetch, without 230."""
SQUARES_PER_DEGREE = 100
"""Some 700 to 1,100 metres in Germany."""
SQUARES_PER_ROW = 360 * SQUARES_PER_DEGREE + 1
COLUMNS = ("longitude", "latitude", "pk", "status")


def ideas_geojson(process: Process) -> str:
    """Coordinates come longitude first; ``number`` is that of the idea's page.

    Each place is written by itself: 20,000 of them as nested objects take three times as long.
    """
    located = queries.located(queries.public_ideas(process)).order_by("pk")
    number = located[: MOST_SINGLE + 1].count()
    is_clustered = number > MOST_SINGLE
    columns = COLUMNS if number > MOST_NAMED else (*COLUMNS, "contribution__title")
    features = _squares(located) if is_clustered else (_feature(*row) for row in located.values_list(*columns))
    clustered = "true" if is_clustered else "false"
    return f'{{"type":"FeatureCollection","clustered":{clustered},"features":[{",".join(features)}]}}'


def _feature(longitude: float, latitude: float, number: int, status: str, *title: str) -> str:
    named = f',"title":{json.dumps(title[0], ensure_ascii=False)}' if title else ""
    return _point(longitude, latitude, f'"number":{number},"status":"{status}"{named}')


class Whole(Floor):
    """The whole part of a number that is not negative; Django's own ``Floor`` calls Python for each row on SQLite."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="CAST(%(expressions)s AS INTEGER)", **context)


def _squares(located: QuerySet[Idea]) -> Iterator[str]:
    """Told apart by one number: grouping by two takes twice as long."""
    rows = Whole((F("latitude") + 90) * SQUARES_PER_DEGREE) * SQUARES_PER_ROW
    squares = located.annotate(square=rows + Whole((F("longitude") + 180) * SQUARES_PER_DEGREE)).values("square")
    counted = squares.annotate(ideas=Count("pk"), x=Avg("longitude"), y=Avg("latitude")).order_by("square")
    return (_point(x, y, f'"ideas":{ideas}') for ideas, x, y in counted.values_list("ideas", "x", "y"))


def _point(longitude: float, latitude: float, properties: str) -> str:
    coordinates = f"[{longitude:.5f},{latitude:.5f}]"
    return (
        f'{{"type":"Feature","geometry":{{"type":"Point","coordinates":{coordinates}}},"properties":{{{properties}}}}}'
    )
