"""Borders: from a file of the official layout to a map with few points and shared edges."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import CommandError, call_command
from shapely.geometry import box, mapping, shape

from andock.organisations.geometry import BadGeometry, read_geojson, read_geopackage, simplified
from andock.organisations.models import Boundary
from tests.factories.organisations import municipality

WORDS = "© GeoBasis-DE / BKG (2025) dl-de/by-2-0"
OLPE, WENDEN, BALVE = "05966024", "05966028", "05962008"


def feature(area: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": mapping(area) if area is not None else None}


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_areas_of_one_key_are_joined_and_water_is_left_out() -> None:
    found = read_geojson(
        collection(
            feature(box(8, 51, 8.1, 51.1), AGS=OLPE, GF=4),
            feature(box(8.1, 51, 8.2, 51.1), AGS=OLPE, GF=4),
            feature(box(9, 51, 9.1, 51.1), AGS=OLPE, GF=2),
            feature(box(8, 51.1, 8.1, 51.2), ARS="059660028028"),
            feature(None, AGS=BALVE),
        )
    )

    assert set(found) == {OLPE, WENDEN}
    assert found[OLPE].equals(box(8, 51, 8.2, 51.1))


def test_simplified_neighbours_keep_one_common_border() -> None:
    wavy = shapely.LineString([(8.1, 51 + i / 100) if i % 2 else (8.1003, 51 + i / 100) for i in range(11)])
    left = shapely.Polygon([(8, 51), *wavy.coords, (8, 51.1)])
    right = shapely.Polygon([(8.2, 51), *wavy.coords, (8.2, 51.1)])

    found = simplified({OLPE: left, WENDEN: right}, tolerance=0.005)

    assert shapely.get_num_coordinates(found[OLPE]) < shapely.get_num_coordinates(left)
    assert shapely.coverage_is_valid(list(found.values()))
    assert found[OLPE].intersection(found[WENDEN]).length > 0.09


@pytest.mark.parametrize(
    "text",
    [
        b"not json",
        b"[]",
        b'{"features": [1]}',
        collection(
            {"type": "Feature", "properties": {"AGS": OLPE}, "geometry": {"type": "Polygon", "coordinates": "x"}}
        ),
        collection(feature(shapely.Point(8, 51), AGS=OLPE)),
        collection(feature(box(430000, 5650000, 430100, 5650100), AGS=OLPE)),
        b"[" * 100_000,
    ],
    ids=["text", "list", "numbers", "nonsense", "point", "metres", "deep"],
)
def test_file_without_borders_is_refused(text: bytes) -> None:
    with pytest.raises(BadGeometry, match=r"\w+ \w+"):
        read_geojson(text)


def test_geopackage_in_metres_is_converted(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    pyproj = pytest.importorskip("pyproj")
    convert = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True)
    area = shapely.transform(
        box(8, 51, 8.1, 51.1), lambda xy: __import__("numpy").column_stack(convert.transform(*xy.T))
    )
    file = tmp_path / "vg250.gpkg"
    pyogrio.raw.write(
        file,
        geometry=shapely.to_wkb([area]),
        field_data=[__import__("numpy").array([OLPE], dtype=object)],
        fields=["AGS"],
        geometry_type="Polygon",
        crs="EPSG:25832",
        layer="vg250_gem",
    )

    found = read_geopackage(file.read_bytes())

    assert found[OLPE].hausdorff_distance(box(8, 51, 8.1, 51.1)) < 0.001


@pytest.mark.django_db
class TestImport:
    def file(self, tmp_path: Path, *features: dict[str, Any]) -> Path:
        path = tmp_path / "grenzen.geojson"
        path.write_bytes(collection(*features))
        return path

    def test_borders_of_the_region_are_stored_with_their_attribution(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        municipality("Olpe", OLPE)
        municipality("Wenden", WENDEN)
        source = self.file(
            tmp_path, feature(box(8, 51, 8.1, 51.1), AGS=OLPE), feature(box(9, 51, 9.1, 51.1), AGS="09162000")
        )

        call_command("import_boundaries", source, attribution=WORDS)

        boundary = Boundary.objects.get()
        assert (boundary.municipality.ags, boundary.attribution) == (OLPE, WORDS)
        assert shape(boundary.geometry).equals(box(8, 51, 8.1, 51.1))
        assert f"Wenden ({WENDEN})" in capsys.readouterr().out

    def test_file_of_another_region_changes_nothing(self, tmp_path: Path) -> None:
        municipality("Olpe", OLPE)
        call_command(
            "import_boundaries", self.file(tmp_path, feature(box(8, 51, 8.1, 51.1), AGS=OLPE)), attribution=WORDS
        )

        with pytest.raises(CommandError):
            call_command(
                "import_boundaries",
                self.file(tmp_path, feature(box(9, 51, 9.1, 51.1), AGS="09162000")),
                attribution="x",
            )

        assert Boundary.objects.get().attribution == WORDS

    def test_missing_file_is_refused(self) -> None:
        with pytest.raises(CommandError, match=r"nirgends\.geojson"):
            call_command("import_boundaries", "nirgends.geojson", attribution=WORDS)

    def test_map_carries_name_role_and_attribution(self, tmp_path: Path, client: Any) -> None:
        municipality("Olpe", OLPE)
        call_command(
            "import_boundaries", self.file(tmp_path, feature(box(8, 51, 8.1, 51.1), AGS=OLPE)), attribution=WORDS
        )

        area = client.get("/karte/kommunen.geojson").json()["features"][0]

        assert (area["properties"]["name"], area["properties"]["role"], area["properties"]["url"]) == (
            "Olpe",
            "none",
            "/kommunen/olpe/",
        )
        assert WORDS in client.get("/kommunen/").content.decode()
