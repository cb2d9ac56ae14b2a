"""The agency's pages of the register."""

from __future__ import annotations

import pytest
from django.test import Client

from andock.audit.models import Entry
from andock.organisations.models import FormerSlug, Organisation
from tests.accounts.cast import Cast, cast
from tests.factories.organisations import municipality

__all__ = ["cast"]


@pytest.fixture
def agency(cast: Cast, settings) -> Client:
    settings.ANDOCK_DEMO = True
    client = Client()
    client.force_login(cast.coordinator)
    return client


@pytest.mark.parametrize("more", [0, 5])
def test_register_costs_the_same_queries_however_many_it_lists(
    agency: Client, more: int, django_assert_num_queries
) -> None:
    for number in range(more):
        town = municipality(f"Ort {number}", f"0596600{number}").organisation
        FormerSlug.objects.create(slug=f"einst-{number}", organisation=town)

    with django_assert_num_queries(10):
        page = agency.get("/verwaltung/organisationen/").content.decode()

    assert page.count("früher einst-") == more
    assert "/verwaltung/olpe/name/" in page


def test_start_leads_the_agency_to_the_register(agency: Client) -> None:
    assert 'href="/verwaltung/organisationen/"' in agency.get("/verwaltung/").content.decode()


def test_new_name_moves_the_page_and_the_old_address_leads_on_for_ever(agency: Client) -> None:
    agency.post("/verwaltung/olpe/name/", {"name": "Olpe am See", "slug": "", "reason": "Ratsbeschluss"})
    answer = agency.post("/verwaltung/olpe-am-see/name/", {"name": "Groß-Olpe", "slug": "olpe-gross", "reason": ""})

    assert answer.url == "/verwaltung/organisationen/"
    for old in ("olpe", "olpe-am-see"):
        found = Client().get(f"/kommunen/{old}/")
        assert (found.status_code, found.headers["Location"]) == (301, "/kommunen/olpe-gross/")
    assert Entry.objects.filter(action="organisations.renamed", reason="Ratsbeschluss").exists()


def test_same_name_again_leaves_no_trace(agency: Client) -> None:
    agency.post("/verwaltung/olpe/name/", {"name": Organisation.objects.get(slug="olpe").name, "slug": "olpe"})

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Olpe", "slug": "soest"}, "führt zu"),
        ({"name": "Olpe", "slug": "Ölpe!"}, "kleine Buchstaben"),
        ({"name": " "}, "Diese Angabe fehlt noch."),
        ({"name": "!!!"}, "lässt sich keine Adresse bilden"),
    ],
)
def test_name_that_does_not_fit_is_refused_with_a_sentence(agency: Client, typed: dict, sentence: str) -> None:
    answer = agency.post("/verwaltung/olpe/name/", typed)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Organisation.objects.filter(slug="olpe").exists()


def test_unknown_organisation_is_not_found(agency: Client) -> None:
    assert agency.get("/verwaltung/nirgends/name/").status_code == 404
