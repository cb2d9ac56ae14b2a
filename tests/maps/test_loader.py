"""The demonstration's plan and places, and what is drawn of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from andock.maps.ground import ground_of
from andock.maps.loader import load_gazetteer, load_street_plan
from andock.maps.models import NamedPlace, StreetPlan
from andock.organisations.models import Boundary, Municipality
from andock.organisations.region_folder import Refused, RegionFolder

REGION = RegionFolder(Path("regions/suedwestfalen"))
BORDER = {"type": "Polygon", "coordinates": [[[7.7, 50.9], [8.0, 50.9], [8.0, 51.1], [7.7, 51.1], [7.7, 50.9]]]}


def a_plan(folder: Path, **properties: str) -> RegionFolder:
    line = {"type": "LineString", "coordinates": [[7.84, 51.02], [7.85, 51.03]]}
    feature = {"type": "Feature", "properties": properties, "geometry": line}
    (folder / "demonstration").mkdir(exist_ok=True)
    plan = {"type": "FeatureCollection", "name": "Olpe", "attribution": "erfunden", "features": [feature]}
    (folder / "demonstration/street-plan.geojson").write_text(json.dumps(plan))
    return RegionFolder(folder)


@pytest.mark.django_db
def test_demonstration_has_a_plan_and_places_that_say_they_are_invented(settings) -> None:
    settings.ANDOCK_DEMO = True

    first, again = load_street_plan(REGION), load_street_plan(REGION)
    load_gazetteer(REGION)
    load_gazetteer(REGION)

    assert (first.created, again.unchanged) == (1, 1)
    assert "erfunden" in StreetPlan.objects.get().attribution
    assert set(NamedPlace.objects.values_list("attribution", flat=True)) == {"erfunden"}
    assert NamedPlace.objects.filter(name="Uferstraße").count() == 1


@pytest.mark.django_db
def test_outside_the_demonstration_nothing_invented_is_loaded(settings) -> None:
    settings.ANDOCK_DEMO = False
    load_street_plan(REGION)
    load_gazetteer(REGION)

    assert not StreetPlan.objects.exists()
    assert not NamedPlace.objects.exists()


@pytest.mark.django_db
def test_plan_with_an_unknown_kind_is_refused(settings, tmp_path: Path) -> None:
    settings.ANDOCK_DEMO = True

    with pytest.raises(Refused, match="canal"):
        load_street_plan(a_plan(tmp_path, kind="canal", name=""))


def test_map_of_a_municipality_opens_with_its_plan_else_its_border_else_around_its_point(
    olpe: Municipality, settings, tmp_path: Path
) -> None:
    settings.ANDOCK_DEMO = True
    request = RequestFactory().get("/")

    bare = ground_of(request, olpe.organisation)
    Boundary.objects.create(municipality=olpe, geometry=BORDER, attribution="© BKG")
    bordered = ground_of(request, olpe.organisation)
    load_street_plan(a_plan(tmp_path, kind="street", name="Weg"))
    planned = ground_of(request, olpe.organisation)

    assert bare
    assert bare.opening.holds(7.8436, 51.0276)
    assert bordered
    assert (bordered.opening.west, bordered.opening.north) == (7.7, 51.1)
    assert planned
    assert (planned.opening.west, planned.opening.north) == (7.84, 51.03)
    assert planned.words == ("© BKG", "erfunden")
    assert [shape.kind for shape in planned.drawing.shapes] == ["border", "street"]


def test_where_nobody_has_a_place_there_is_no_map(db: None) -> None:
    assert ground_of(RequestFactory().get("/"), None) is None


def test_everything_drawn_is_there_as_data(olpe: Municipality, django_assert_num_queries) -> None:
    Boundary.objects.create(municipality=olpe, geometry=BORDER, attribution="© BKG")

    with django_assert_num_queries(2):
        answer = Client().get("/karte/grund.geojson")

    assert answer["Content-Type"] == "application/geo+json"
    assert [one["properties"] for one in answer.json()["features"]] == [
        {"kind": "border", "name": "Olpe"}, {"kind": "town", "name": "Olpe"},
    ]  # fmt: skip
