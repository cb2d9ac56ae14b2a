"""The register as page, CSV and JSON."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client

from andock.organisations.models import Organisation
from andock.register.queries import growth, register_on
from tests.factories.organisations import docked, municipality, region

pytestmark = pytest.mark.django_db
TOWNS = {"Olpe": "05966024", "Wenden": "05966028", "Lüdenscheid": "05962032"}


@pytest.fixture(params=[1, 3])
def towns(request: pytest.FixtureRequest) -> int:
    region()
    for name, ags in list(TOWNS.items())[: request.param]:
        docked(municipality(name, ags), "2020-03-01", basis="letter_of_intent", source="https://example.org/")
    return request.param


def test_register_costs_the_same_queries_for_one_and_three_towns(
    client: Client, towns: int, django_assert_num_queries
) -> None:
    with django_assert_num_queries(11):
        answer = client.get("/andocken/")

    assert len(answer.context["register"].entries) == towns


@pytest.mark.parametrize("form", ["csv", "json"])
def test_files_cost_the_same_queries_for_one_and_three_towns(
    client: Client, towns: int, form: str, django_assert_num_queries
) -> None:
    with django_assert_num_queries({"csv": 4, "json": 5}[form]):
        assert client.get(f"/andocken/register.{form}").status_code == 200


def test_page_names_role_day_basis_and_source(client: Client) -> None:
    region()
    docked(municipality("Olpe"), "2020-10", basis="council_resolution", source="Beschluss 45/2020")

    page = client.get("/andocken/").content.decode()

    assert "Olpe" in page
    assert "seit Oktober 2020" in page
    assert "Ratsbeschluss" in page
    assert "<p>Beschluss 45/2020</p>" in page


def test_any_day_is_answered_and_doubt_is_shown(client: Client) -> None:
    region()
    docked(municipality("Olpe"), "[2020-09-15..2021-23]")
    docked(municipality("Wenden", "05966028"), "2020-03-01", until="2021-01-01")

    before, between, now = (client.get("/andocken/", {"am": day}) for day in ("2020-04-01", "2020-12-31", "2022-01-01"))

    assert [[entry.organisation.name for entry in answer.context["register"].entries] for answer in (before, between, now)] == [
        ["Wenden"], ["Olpe", "Wenden"], ["Olpe"],
    ]  # fmt: skip
    assert "Zeitpunkt ungewiss" in between.content.decode()
    assert "Zeitpunkt ungewiss" not in now.content.decode()


def test_day_to_come_is_told_as_known_today(client: Client) -> None:
    region()
    docked(municipality("Olpe"))

    ahead, today = (client.get("/andocken/", {"am": day}).content.decode() for day in ("2999-01-01", ""))

    assert "1. Januar 2999 liegt in der Zukunft" in ahead
    assert "Stand des Wissens heute" in ahead
    assert "liegt in der Zukunft" not in today


def test_day_that_makes_no_sense_shows_today_with_the_reason(client: Client) -> None:
    region()
    docked(municipality("Olpe"))

    answer = client.get("/andocken/", {"am": "gestern"})

    assert answer.context["is_today"]
    assert "kein Tag im Kalender" in answer.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("address", ["/andocken/", "/andocken/register.csv", "/andocken/register.json"])
def test_the_first_and_the_last_day_of_the_calendar_are_answered(client: Client, address: str, day: str) -> None:
    region()
    docked(municipality("Olpe"))

    assert client.get(address, {"am": day}).status_code == 200


@pytest.mark.parametrize("form", ["csv", "json"])
def test_machine_is_refused_a_day_that_makes_no_sense(client: Client, form: str) -> None:
    answer = client.get(f"/andocken/register.{form}", {"am": "2021-02-30"})

    assert answer.status_code == 400
    assert "2024-03-31" in answer.content.decode()


def test_register_without_anybody_says_what_to_do(client: Client) -> None:
    region()

    assert "Wählen Sie einen späteren Tag" in client.get("/andocken/").content.decode()


def test_municipality_that_pauses_is_listed_apart(client: Client) -> None:
    region()
    docked(municipality("Olpe"), "2020-03-01", until="2021-01-01", ending="paused")
    docked(municipality("Wenden", "05966028"), "2020-03-01", until="2021-01-01", ending="ended")

    found = register_on(date(2021, 6, 1))

    assert [period.docking.organisation.name for period in found.pauses] == ["Olpe"]
    assert found.participation.certain == 0
    assert register_on(date(2020, 6, 1)).pauses == []


def test_csv_cell_runs_nothing_in_a_spreadsheet(client: Client) -> None:
    town = municipality("Olpe")
    docked(town, source='=HYPERLINK("http://example.org")', verified=False)
    Organisation.objects.filter(pk=town.pk).update(name="+Olpe")

    answer = client.get("/andocken/register.csv?am=2022-01-01")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert answer["Content-Disposition"] == 'attachment; filename="andocken-2022-01-01.csv"'
    assert [row["name"][0] for row in rows] + [row["source"][0] for row in rows] == ["'", "'"]
    assert (rows[0]["day"], rows[0]["certain"], rows[0]["verified"]) == ("2022-01-01", "true", "false")


def test_json_counts_certain_and_possible_with_the_people(client: Client) -> None:
    region()
    docked(municipality("Olpe", population=25000), "2020-03-01")
    docked(municipality("Wenden", "05966028", population=20000), "[2020-09-15..2021-23]")
    municipality("Attendorn", "05966004", population=55000)

    content = client.get("/andocken/register.json?am=2021-01-01").json()

    assert content["municipalities"] == {"certain": 1, "possible": 2, "total": 3}
    assert content["population"] == {
        "on": "2023-12-31", "certain": 25000, "possible": 45000, "total": 100000, "share_certain": 0.25,
    }  # fmt: skip
    assert [(entry["key"], entry["since"], entry["certain"]) for entry in content["entries"]] == [
        ("05966024", "2020-03-01", True), ("05966028", "[2020-09-15..2021-23]", False),
    ]  # fmt: skip


def test_growth_ends_where_the_page_counts(client: Client) -> None:
    region()
    docked(municipality("Olpe"), "2020-03-01")
    docked(municipality("Wenden", "05966028"), "2021-23")

    assert [(step.certain, step.possible) for step in growth()] == [(1, 1), (1, 2), (2, 2)]


def test_door_for_municipalities_leads_to_the_register(client: Client) -> None:
    region(
        texts={
            "joining": {
                "de": {"title": "Mitmachen", "doors": [{"key": "municipalities", "title": "Kommunen", "link": "Weg"}]}
            }
        }
    )

    assert 'href="/andocken/#so-gehts"' in client.get("/mitmachen/").content.decode()
