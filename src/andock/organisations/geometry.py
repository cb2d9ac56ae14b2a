"""Borders of municipalities: read, join, simplify as one coverage. No database.

Coordinates are WGS 84, longitude first (RFC 7946).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape

MAX_BYTES = 200_000_000
MAX_VERTICES = 3_000_000
LAND = 4  # column GF of VG250: 4 is land with structure, 2 is water
KEYS = ("AGS", "ags", "AGS_0", "ARS")
DECIMALS = 5  # about one metre

Shapes = dict[str, shapely.Geometry]


class BadGeometry(Exception):
    """The file holds no usable borders; says why."""


def read_geojson(text: bytes) -> Shapes:
    """Municipal areas by AGS from GeoJSON. Areas of one key are joined; water (GF other than 4) is left out."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadGeometry(_("The file is not GeoJSON: %s") % error) from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise BadGeometry(_("The file is not GeoJSON: it holds no list of features."))
    return _joined(_entry(feature) for feature in features)


def read_geopackage(content: bytes) -> Shapes:
    """The same from a GeoPackage, layer ``vg250_gem`` where there is one; other reference systems are converted."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(content)
        file.flush()
        return _geopackage(Path(file.name))


def _geopackage(source: Path) -> Shapes:
    try:
        import pyogrio.raw
    except ImportError as error:
        raise BadGeometry(_("Reading a GeoPackage needs the extra “geo”: pip install 'andock[geo]'.")) from error
    try:
        names = [str(layer[0]) for layer in pyogrio.list_layers(source)]
        layer = next((name for name in names if name.lower() == "vg250_gem"), names[0])
        meta, _ids, geometries, columns = pyogrio.raw.read(source, layer=layer)
    except (pyogrio.errors.DataSourceError, IndexError) as error:
        raise BadGeometry(_("The file is not a GeoPackage: %s") % error) from error
    fields = list(meta["fields"])
    rows = (dict(zip(fields, values, strict=True)) for values in zip(*columns, strict=True))
    return _joined(zip(rows, _as_wgs84(geometries, meta["crs"]), strict=True))


def simplified(shapes: Mapping[str, shapely.Geometry], *, tolerance: float) -> Shapes:
    """The same areas with fewer points; borders two areas share stay shared. ``tolerance`` in degrees."""
    found = shapely.coverage_simplify(list(shapes.values()), tolerance)
    return dict(zip(shapes, found, strict=True))


def geometry_json(geometry: shapely.Geometry) -> dict[str, Any]:
    """A GeoJSON geometry, rounded, outer rings counter-clockwise."""
    rounded = shapely.transform(shapely.orient_polygons(geometry), lambda points: points.round(DECIMALS))
    return mapping(rounded)


def _entry(feature: Any) -> tuple[Mapping[str, Any], shapely.Geometry | None]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise BadGeometry(_("The file is not GeoJSON: a feature lacks its properties."))
    try:
        return feature["properties"], shape(feature["geometry"]) if feature.get("geometry") else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError) as error:
        raise BadGeometry(_("A feature has no valid geometry: %s") % error) from error


def _joined(entries: Iterable[tuple[Mapping[str, Any], shapely.Geometry | None]]) -> Shapes:
    parts: dict[str, list[shapely.Geometry]] = {}
    vertices = 0
    for properties, geometry in entries:
        key = _key(properties)
        if key is None or geometry is None or properties.get("GF", LAND) != LAND:
            continue
        vertices += shapely.get_num_coordinates(geometry)
        if vertices > MAX_VERTICES:
            raise BadGeometry(_("The file has more than %d points. Take a more general edition.") % MAX_VERTICES)
        parts.setdefault(key, []).append(_area(geometry))
    return {key: shapely.union_all(found) if len(found) > 1 else found[0] for key, found in parts.items()}


def _key(properties: Mapping[str, Any]) -> str | None:
    """The AGS of a feature; an ARS is shortened by the digits of the association."""
    value = next((str(properties[name]) for name in KEYS if properties.get(name)), "")
    ags = value[:5] + value[9:] if len(value) == 12 else value  # noqa: PLR2004
    return ags if len(ags) == 8 and ags.isdigit() else None  # noqa: PLR2004


def _area(geometry: shapely.Geometry) -> shapely.Geometry:
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        raise BadGeometry(_("Borders must be polygons; the file holds a %s.") % geometry.geom_type)
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:  # noqa: PLR2004
        raise BadGeometry(
            _("The coordinates are not longitude and latitude (WGS 84, EPSG:4326). Convert the file first.")
        )
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def _as_wgs84(geometries: Any, crs: str | None) -> Iterable[shapely.Geometry]:
    found = shapely.from_wkb(geometries)
    if crs in (None, "EPSG:4326", "OGC:CRS84"):
        return found
    from pyproj import Transformer

    convert = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    return shapely.transform(found, lambda points: _transformed(convert, points))


def _transformed(convert: Any, points: Any) -> Any:
    import numpy as np

    return np.column_stack(convert.transform(points[:, 0], points[:, 1]))
