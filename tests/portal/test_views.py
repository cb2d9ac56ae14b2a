"""The public pages of the region."""

import re

import pytest
from django.test import Client
from django.utils.timezone import localdate

from andock.organisations.models import FormerSlug
from tests.factories.organisations import docked, municipality, region

pytestmark = pytest.mark.django_db
TOWNS = {"Olpe": "05966024", "Wenden": "05966028", "Lüdenscheid": "05962032"}


@pytest.fixture(params=[1, 3])
def towns(request: pytest.FixtureRequest) -> int:
    region()
    for column, (name, ags) in enumerate(list(TOWNS.items())[: request.param]):
        docked(municipality(name, ags, tile_column=column, tile_row=0))
    return request.param


def test_home_costs_the_same_queries_for_one_and_three_towns(
    client: Client, towns: int, django_assert_num_queries
) -> None:
    with django_assert_num_queries(10):
        answer = client.get("/")

    assert answer.context["participation"].certain == towns


def test_list_costs_the_same_queries_for_one_and_three_towns(
    client: Client, towns: int, django_assert_num_queries
) -> None:
    with django_assert_num_queries(7):
        answer = client.get("/kommunen/")

    assert answer.context["count"] == towns


def test_town_costs_the_same_queries_for_one_and_three_towns(
    client: Client, towns: int, django_assert_num_queries
) -> None:
    with django_assert_num_queries(13):
        answer = client.get("/kommunen/olpe/")

    assert answer.context["entry"].role == "participating"


@pytest.mark.parametrize("word", ["Lüdenscheid", "luedenscheid", "lüden", "58507"])
def test_town_is_found_by_name_and_postcode(client: Client, word: str) -> None:
    region()
    municipality("Olpe")
    municipality("Lüdenscheid", "05962032", postal_codes="58507 58509")

    assert client.get("/kommunen/", {"ort": word}).headers["Location"] == "/kommunen/luedenscheid/"


def test_town_that_is_not_there_is_repeated_with_a_way_on(client: Client) -> None:
    region()
    municipality("Olpe")

    page = client.get("/kommunen/", {"ort": "<b>Köln</b>"}).content.decode()

    assert "Zu „&lt;b&gt;Köln&lt;/b&gt;“ gibt es in der Region keine Kommune." in page
    assert "Alle zeigen" in page


def test_site_without_a_region_says_what_to_do_and_no_half_sentence(client: Client) -> None:
    assert "andock load-region ORDNER" in client.get("/").content.decode()
    assert "Einwohnerzahl vom" not in client.get("/kommunen/").content.decode()
    assert "<h1>Mitmachen</h1>" in client.get("/mitmachen/").content.decode()


def past_and_uncertain() -> None:
    region()
    docked(municipality("Olpe", tile_column=0, tile_row=0), since="2019-07-09")
    docked(municipality("Wenden", "05966028", tile_column=1, tile_row=0), since="[2020..2021]")
    docked(municipality("Soest", "05974040", tile_column=2, tile_row=0), since="2023")


def test_map_of_a_past_day_shows_that_day_and_draws_what_is_uncertain_apart(client: Client) -> None:
    past_and_uncertain()

    page = client.get("/kommunen/", {"am": "2020-06-01"}).content.decode()

    address = re.search(r'data="(/karte/[^"]+)"', page)[1]
    drawn = client.get(address).content.decode()
    assert re.findall(r'class="t ([a-z ]+)"', drawn) == ["participating", "participating open", "none"]
    assert "schraffiert" in page
    assert page.count("r-participating r-open") == 2  # in the legend and in the list


def test_map_of_today_needs_no_hatching(client: Client) -> None:
    past_and_uncertain()

    page = client.get("/kommunen/").content.decode()

    assert "?am=" not in re.search(r'data="(/karte/[^"]+)"', page)[1]
    assert "schraffiert" not in page


def test_town_looked_for_on_a_past_day_is_shown_as_on_that_day(client: Client) -> None:
    past_and_uncertain()

    answer = client.get("/kommunen/", {"ort": "Wenden", "am": "2020-06-01"})

    assert [entry.name for _district, entries in answer.context["groups"] for entry in entries] == ["Wenden"]
    assert answer.content.decode().count("Zeitpunkt ungewiss") == 2  # in the legend and at the town


def test_unknown_filter_value_shows_all(client: Client) -> None:
    region()
    municipality("Olpe")

    assert client.get("/kommunen/", {"kreis": "nirgends", "rolle": "kaiser"}).context["count"] == 1


def test_filter_by_role_keeps_only_that_role(client: Client) -> None:
    region()
    docked(municipality("Olpe"), role="pioneer")
    municipality("Wenden", "05966028")

    page = client.get("/kommunen/", {"rolle": "pioneer"})

    assert [entry.name for _district, entries in page.context["groups"] for entry in entries] == ["Olpe"]


def test_former_address_leads_to_todays_for_ever(client: Client) -> None:
    region()
    town = municipality("Olpe")
    FormerSlug.objects.create(slug="alt-olpe", organisation=town.organisation)

    answer = client.get("/kommunen/alt-olpe/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/kommunen/olpe/")


def test_unknown_town_is_not_found(client: Client) -> None:
    region()

    assert client.get("/kommunen/koeln/").status_code == 404


def test_home_without_a_region_says_what_to_do(client: Client) -> None:
    assert "load-region" in client.get("/").content.decode()


@pytest.mark.parametrize("text", ["!", "...", "-"])
def test_signs_alone_find_no_town(client: Client, text: str) -> None:
    region()
    municipality("Bad Berleburg", "05970004")

    assert client.get("/kommunen/", {"ort": text}).context["count"] == 0


@pytest.mark.parametrize("text", ["LÜDENSCHEID", "lüdenscheid", "Luedenscheid", "ÜDEN"])
def test_town_is_found_however_its_umlaut_is_written(client: Client, text: str) -> None:
    region()
    municipality("Lüdenscheid", "05962032")
    municipality("Olpe", "05966024")

    assert client.get("/kommunen/", {"ort": text})["Location"] == "/kommunen/luedenscheid/"


def test_list_of_a_past_day_counts_certain_and_possible(client: Client) -> None:
    region()
    docked(municipality("Olpe", population=3000), since="2019-07-09")
    docked(municipality("Wenden", "05966028", population=2000), since="[2020-09-15..2021-23]")
    docked(municipality("Balve", "05962008", population=5000), since="2022")

    page = client.get("/kommunen/", {"am": "2021-06-01"}).content.decode()

    assert "Am 1. Juni 2021: sicher 1, möglicherweise bis zu 2 von 3 Kommunen dabei" in page
    assert "3.000 bis 5.000 Menschen (Einwohnerzahl vom 31.12.2023)" in page
    assert page.count(">Zeitpunkt ungewiss<") == 1


@pytest.mark.parametrize("day", ["gestern", "2021-02-31", "99999-01-01", ""])
def test_day_that_is_none_shows_today(client: Client, day: str) -> None:
    region()
    docked(municipality("Olpe"), since="2019-07-09")

    answer = client.get("/kommunen/", {"am": day})

    assert answer.context["participation"].day == localdate()
