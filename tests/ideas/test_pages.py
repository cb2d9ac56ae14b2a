"""What everybody sees of ideas."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from andock.ideas.models import Idea, Support
from andock.organisations.models import Boundary
from andock.participation.models import Contribution, Process
from andock.participation.services import contributing
from tests.accounts.cast import Cast
from tests.ideas.scenes import as_municipality, collecting, end_phases, idea, known, picture, remark

LIST = "/beteiligung/park/ideen/"
SQUARE = {"type": "Polygon", "coordinates": [[[7.0, 51.0], [8.0, 51.0], [8.0, 52.0], [7.0, 52.0], [7.0, 51.0]]]}


def text_of(address: str, client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def borders(cast: Cast) -> None:
    town = as_municipality(cast.olpe, "05966024")
    Boundary.objects.create(municipality=town, geometry=SQUARE, attribution="frei")


def test_list_shows_public_ideas_with_what_is_known_of_them(park: Process) -> None:
    first, second = (
        idea(park, "Schattige Bank", place="am Teich"),
        idea(park, "Wasserspender", latitude=51.4, longitude=7.8),
    )
    Support.objects.create(idea=first, participant=known())
    remark(first)
    Contribution.objects.filter(pk=second.pk).update(state="hidden")

    page = text_of(LIST)

    assert "Schattige Bank" in page
    assert "am Teich" in page
    assert "nicht verortet" in page
    assert "Wasserspender" not in page


def test_list_is_narrowed_and_ordered_by_its_address(park: Process) -> None:
    quiet, liked = idea(park, "Leise"), idea(park, "Beliebt")
    idea(park, "Jung")
    Support.objects.create(idea=liked, participant=known())
    remark(quiet)
    Idea.objects.filter(pk=liked.pk).update(status="done")

    by_support, by_talk = text_of(f"{LIST}?sortierung=unterstuetzt"), text_of(f"{LIST}?sortierung=besprochen")
    assert by_support.index("Beliebt") < by_support.index("Jung") < by_support.index("Leise")
    assert by_talk.index("Leise") < by_talk.index("Jung") < by_talk.index("Beliebt")
    assert "Leise" not in text_of(f"{LIST}?stand=umgesetzt")
    assert "Leise" in text_of(f"{LIST}?stand=' OR 1=1&sortierung=pk")


def test_list_shows_what_is_located_or_what_is_not(park: Process) -> None:
    idea(park, "Schattige Bank", latitude=51.5, longitude=7.5)
    idea(park, "Wasserspender")

    assert "Wasserspender" not in text_of(f"{LIST}?ort=verortet")
    assert "Schattige Bank" not in text_of(f"{LIST}?ort=nicht-verortet")


def test_map_has_the_number_of_the_list_and_only_what_is_located(park: Process, cast: Cast) -> None:
    borders(cast)
    located = idea(park, "Im Westen", latitude=51.5, longitude=7.5)
    idea(park, "Irgendwo")

    page = text_of(LIST)

    assert page.count("<circle") == 1
    assert f'<a href="{located.contribution.address}" aria-label="2: Im Westen">' in page


def test_list_without_borders_has_no_map(park: Process) -> None:
    idea(park, latitude=51.5, longitude=7.5)

    assert '<svg class="idea-map"' not in text_of(LIST)


def test_places_are_geojson_of_public_located_ideas(park: Process) -> None:
    located, hidden = idea(park, latitude=51.5, longitude=7.5), idea(park, latitude=51.6, longitude=7.5)
    idea(park)
    Contribution.objects.filter(pk=hidden.pk).update(state="hidden")

    response = Client().get(f"{LIST}orte.geojson")

    whole = json.loads(response.content)
    assert response["Content-Type"] == "application/geo+json"
    assert [one["properties"]["number"] for one in whole["features"]] == [located.pk]
    assert whole["features"][0]["geometry"] == {"type": "Point", "coordinates": [7.5, 51.5]}
    assert response["Link"] == '<https://www.govdata.de/dl-de/by-2-0>; rel="license"'


def test_many_places_come_without_titles(park: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("andock.ideas.geojson.MOST_NAMED", 1)
    numbers = [idea(park, latitude=51.5, longitude=7.5).pk for _ in range(2)]

    whole = json.loads(Client().get(f"{LIST}orte.geojson").content)

    assert [one["properties"] for one in whole["features"]] == [{"number": pk, "status": "new"} for pk in numbers]


def test_very_many_places_come_as_squares(park: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("andock.ideas.geojson.MOST_SINGLE", 2)
    for latitude in (51.501, 51.502, 51.777):
        idea(park, latitude=latitude, longitude=7.5)

    whole = json.loads(Client().get(f"{LIST}orte.geojson").content)

    assert whole["clustered"] is True
    assert [one["properties"] for one in whole["features"]] == [{"ideas": 2}, {"ideas": 1}]


def test_squares_are_as_large_around_nought_as_elsewhere(park: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("andock.ideas.geojson.MOST_SINGLE", 0)
    for latitude in (-0.002, 0.002, 0.008):
        idea(park, latitude=latitude, longitude=-7.5)

    features = json.loads(Client().get(f"{LIST}orte.geojson").content)["features"]

    assert [one["properties"]["ideas"] for one in features] == [1, 2]
    assert features[1]["geometry"]["coordinates"] == [-7.5, 0.005]


def test_page_of_an_idea_shows_its_thread_with_one_level(park: Process) -> None:
    one = idea(park, "Schattige Bank", place="am Teich")
    first = remark(one, "Was kostet das?", "question")
    remark(one, "Nicht viel.", "pro", first)
    Contribution.objects.filter(pk=remark(one, "Werbung!").pk).update(state="hidden")

    page = text_of(one.contribution.address)

    assert page.index("Was kostet das?") < page.index("Nicht viel.")
    assert "Werbung!" not in page
    assert page.count("antwort=") == 1


def test_words_of_people_are_escaped(park: Process) -> None:
    one = idea(park, "<script>alert(1)</script>", place="<b>hier</b>", photo=picture(), photo_alt='"><img src=x>')
    remark(one, "<img src=x onerror=alert(1)>")

    for page in (text_of(LIST), text_of(one.contribution.address)):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>hier" not in page


@pytest.mark.parametrize("state", ["held", "hidden", "unconfirmed"])
def test_idea_that_is_not_public_is_for_nobody(park: Process, cast: Cast, state: str) -> None:
    one = idea(park, photo=picture(), photo_alt="Bank")
    Contribution.objects.filter(pk=one.pk).update(state=state)

    for way in ("", "foto.jpg", "unterstuetzen/", "beitragen/"):
        assert Client().get(one.contribution.address + way).status_code == 404


def test_idea_taken_back_leaves_its_place_without_words_and_photo(park: Process) -> None:
    ada = known()
    one = idea(park, "Schattige Bank", ada, photo=picture(), photo_alt="Die alte Bank", place="am Teich")
    remark(one, "Schade darum.")
    contributing.withdraw(participant=ada, contribution=one.contribution)

    page = text_of(one.contribution.address)

    assert "zurückgezogen" in page or "zurückgenommen" in page
    assert "Schade darum." in page
    for gone in ("Schattige Bank", "Die alte Bank", "am Teich"):
        assert gone not in page
    assert Client().get(one.contribution.address + "foto.jpg").status_code == 404


def test_idea_of_another_process_is_not_found_here(park: Process, cast: Cast) -> None:
    other = idea(collecting(cast.soest, slug="see"))

    assert Client().get(f"{LIST}{other.pk}/").status_code == 404


def test_photo_may_do_nothing_but_be_seen(park: Process) -> None:
    one = idea(park, photo=picture(), photo_alt="Bank")

    response = Client().get(one.contribution.address + "foto.jpg")

    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_process_page_leads_to_its_ideas_while_and_after_they_are_collected(park: Process) -> None:
    idea(park)
    assert f"{LIST}neu/" in text_of("/beteiligung/park/")

    end_phases(park)

    page = text_of("/beteiligung/park/")
    assert f"{LIST}neu/" not in page
    assert LIST in page


def test_draft_shows_its_ideas_to_nobody_outside(park: Process) -> None:
    one = idea(park)
    Process.objects.filter(pk=park.pk).update(publication="draft", published_at=None)

    for address in (LIST, f"{LIST}orte.geojson", one.contribution.address, f"{LIST}neu/"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_pages_do_not_grow(park: Process, cast: Cast, number: int, django_assert_num_queries) -> None:
    borders(cast)
    ideas = [idea(park, latitude=51.5, longitude=7.5) for _ in range(number)]
    for one in ideas:
        for _ in range(number):
            first = remark(one)
            remark(one, answers_to=first)
            Support.objects.create(idea=one, participant=known(f"S{first.pk}"))
    address = ideas[0].contribution.address
    for warm in (LIST, address, f"{LIST}orte.geojson"):
        Client().get(warm)

    with django_assert_num_queries(14):
        Client().get(LIST)
    with django_assert_num_queries(12):
        Client().get(address)
    with django_assert_num_queries(4):
        Client().get(f"{LIST}orte.geojson")
