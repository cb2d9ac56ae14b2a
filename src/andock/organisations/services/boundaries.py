"""Writing borders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from andock.kernel.pagecache.versions import bump, public_transaction

from ..geometry import geometry_json, simplified
from ..models import Boundary, Municipality

if TYPE_CHECKING:
    import shapely


class NothingFits(Exception):
    """None of the shapes belongs to a municipality of the region; nothing was changed."""


@public_transaction()
def replace_boundaries(
    *, shapes: Mapping[str, shapely.Geometry], attribution: str, tolerance: float
) -> list[Municipality]:
    """Replace all borders by those of ``shapes`` that belong to a municipality here.

    The shapes are simplified together, so that neighbours keep one common border. Returns the municipalities
    that were not among the shapes and therefore have no border now. Raises ``NothingFits``.
    """
    towns = {town.ags: town for town in Municipality.objects.select_related("organisation")}
    if not towns.keys() & shapes.keys():
        raise NothingFits
    wanted = simplified({ags: shape for ags, shape in shapes.items() if ags in towns}, tolerance=tolerance)
    Boundary.objects.all().delete()
    Boundary.objects.bulk_create(
        Boundary(municipality=towns[ags], geometry=geometry_json(shape), attribution=attribution)
        for ags, shape in wanted.items()
    )
    bump("organisations")
    return [town for ags, town in towns.items() if ags not in wanted]
