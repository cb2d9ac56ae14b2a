"""Who takes over what: only from versions in force, counted by municipalities and people, reasons only where released."""

from __future__ import annotations

import csv
import gzip
import io
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils.timezone import localdate

from andock.accounts.models import User
from andock.local_strategies.matrix import Chosen, Matrix, followed_elements, matrix, taking_part, tallies_of
from andock.local_strategies.models import Version
from andock.local_strategies.services.drafts import begin_strategy
from andock.local_strategies.views import matrix as matrix_views
from andock.organisations.choices import Role
from andock.organisations.models import Organisation, Term
from andock.strategy.models import DockingPeriod, Edition, Framework
from tests.factories.accounts import member
from tests.factories.organisations import municipality
from tests.factories.strategy import identity

from .scenes import choose, docked, in_force, row, second_edition, write

pytestmark = pytest.mark.django_db
ADDRESS = "/en/andocken/uebersicht/"
KEYS = {"Soest": "05974040", "Menden": "05962040", "Arnsberg": "05958004"}


def follows(name: str, edition: Edition, releaser: User, **declined: str) -> Version:
    """A municipality of its own with a version in force; ``declined`` gives reasons by element."""
    town = municipality(name, KEYS[name]).organisation
    docked(town, edition.framework)
    member(releaser, town, Role.MUNICIPAL_RELEASER)
    draft = begin_strategy(actor=releaser, organisation=town, edition=edition)
    for element, reason in declined.items():
        choose(releaser, draft, "declined", element, reason=reason)
    return in_force(releaser, draft)


def shown() -> Matrix:
    found = matrix(Chosen())
    assert found, "There is an edition in force."
    return found


def counts(found: Matrix) -> dict[str, dict[str, int]]:
    return {line.element.label: {tally.state: tally.towns for tally in line.tallies} for line in found.lines}


def test_only_what_is_in_force_counts(edition: Edition, draft: Version, releaser: User) -> None:
    assert shown().count == 0

    write(releaser, draft, "g1", block__b1="Offen, in Olpe.")
    in_force(releaser, draft)

    assert counts(shown()) == {"1": {"adapted": 1}, "2": {"adopted": 1}, "M01": {"adopted": 1}}


def test_whoever_has_left_counts_no_more(edition: Edition, draft: Version, releaser: User) -> None:
    in_force(releaser, draft)
    DockingPeriod.objects.update(until_text="2026-02-01", until_earliest="2026-02-01", until_latest="2026-02-01")

    assert shown().count == 0


def test_whoever_only_supports_does_not_count(edition: Edition, draft: Version, releaser: User, client: Client) -> None:
    in_force(releaser, draft)
    DockingPeriod.objects.update(role="supporter")

    assert shown().count == 0
    assert tallies_of(UUID(identity("g1")), taking_part(localdate())) == []


def test_municipalities_people_and_how_far_behind(edition: Edition, framework: Framework, releaser: User) -> None:
    follows("Soest", edition, releaser)
    second_edition(framework)
    follows("Menden", Edition.objects.get(ordinal=2), releaser)

    found = shown()

    assert [(town.name, town.behind) for town in found.towns] == [("Menden", 0), ("Soest", 1)]
    assert found.people == sum(town.people for town in found.towns) > 0
    lines = {line.element.label: line for line in found.lines}
    assert counts(found)["3"] == {"adopted": 1}
    assert not lines["M01"].is_in_force
    assert lines["M01"].tallies[0].people == found.towns[1].people


def test_reasons_are_shown_only_where_released(edition: Edition, releaser: User, client: Client) -> None:
    version = follows("Soest", edition, releaser, g2="Zu teuer.", m1="Kein Personal.")
    assert row(version, "g2").shown == "declined"

    page = client.get(ADDRESS).content.decode()

    assert "Soest" in page
    assert "Zu teuer." not in page
    assert "Zu teuer." not in client.get("/andocken/uebersicht.json").content.decode()


def test_released_reason_stands_beside_the_municipality(
    edition: Edition, draft: Version, releaser: User, client: Client
) -> None:
    choose(releaser, draft, "declined", "g2", reason="Zu teuer.")
    write(releaser, draft, "g2", reason_public=True)
    in_force(releaser, draft)

    assert "(Zu teuer.)" in client.get(ADDRESS).content.decode()


def test_table_says_states_in_words(edition: Edition, draft: Version, releaser: User, client: Client) -> None:
    write(releaser, draft, "g1", block__b1="Offen, in Olpe.")
    in_force(releaser, draft)

    page = client.get(ADDRESS).content.decode()

    assert '<td class="m-adapted"><i aria-hidden="true">◐</i><span class="vh">Adapted</span></td>' in page
    assert 'role="region" aria-labelledby="tabelle" tabindex="0"' in page


def test_files_hold_the_same_and_run_nothing(edition: Edition, releaser: User, client: Client) -> None:
    follows("Soest", edition, releaser)
    Organisation.objects.filter(slug="soest").update(name="=Soest")

    rows = list(
        csv.DictReader(io.StringIO(client.get("/andocken/uebersicht.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    data = client.get("/andocken/uebersicht.json").json()

    assert next((one["label"], one["decision"], one["name"]) for one in rows) == ("1", "adopted", "'=Soest")
    assert data["kind"] == "andock-matrix/1"
    people = data["municipalities"][0]["people"]
    assert data["elements"][0]["counts"] == {"adopted": {"municipalities": 1, "people": people}}


def test_large_file_is_written_passage_by_passage(
    edition: Edition, releaser: User, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    for name in KEYS:
        follows(name, edition, releaser)
    addresses = ("/andocken/uebersicht.csv", "/andocken/uebersicht.json")
    small = [client.get(address) for address in addresses]
    assert not any(answer.streaming for answer in small)
    monkeypatch.setattr(matrix_views, "MOST_TOWNS", 2)
    monkeypatch.setattr("andock.local_strategies.matrix.CELLS_AT_ONCE", 1)

    for address, kept in zip(addresses, small, strict=True):
        parts = iter(client.get(address))
        with django_assert_num_queries(0):
            read = [next(parts)]
        for _passage in range(3):
            with django_assert_num_queries(1):
                read.append(next(parts))
        assert b"".join([*read, *parts]) == kept.content


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_file_asks_the_database_as_often_for_many_municipalities(
    edition: Edition, releaser: User, client: Client, django_assert_num_queries: Any, extension: str
) -> None:
    follows("Soest", edition, releaser)
    client.get(f"/andocken/uebersicht.{extension}")
    with django_assert_num_queries(11):
        client.get(f"/andocken/uebersicht.{extension}")
    follows("Menden", edition, releaser)
    follows("Arnsberg", edition, releaser)
    with django_assert_num_queries(11):
        client.get(f"/andocken/uebersicht.{extension}")


def test_large_file_is_sent_compressed_to_whom_can_read_that(
    edition: Edition, releaser: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    follows("Soest", edition, releaser)
    plain = client.get("/andocken/uebersicht.csv").content
    monkeypatch.setattr(matrix_views, "MOST_TOWNS", 0)

    answer = client.get("/andocken/uebersicht.csv", headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.getvalue()) == plain


def test_every_element_is_read_once_however_many_follow_it(edition: Edition, releaser: User) -> None:
    for name in KEYS:
        follows(name, edition, releaser)

    assert len(followed_elements()) == len(edition.versions.all())


def test_filters_narrow_and_odd_ones_are_ignored(edition: Edition, releaser: User, client: Client) -> None:
    follows("Soest", edition, releaser)

    page = client.get(f"{ADDRESS}?kreis=nirgends&groesse=riesig&thema=x").content.decode()

    assert "Soest" in page
    assert page.count("is not one of the available choices") == 3
    assert matrix(Chosen(size="ab-50000")).count == 0  # type: ignore[union-attr]


def test_topics_and_fields_of_action_are_chosen_apart(edition: Edition, client: Client) -> None:
    Term.objects.create(vocabulary="fields", slug="klima", labels={"de": "Klima"})

    page = client.get(ADDRESS).content.decode()

    assert page.index('<optgroup label="Field of action">') < page.index('<optgroup label="Topic">')


def test_number_of_queries_stays(
    edition: Edition, framework: Framework, releaser: User, django_assert_num_queries: Any
) -> None:
    follows("Soest", edition, releaser)
    with django_assert_num_queries(9):
        shown()
    follows("Menden", edition, releaser)
    follows("Arnsberg", edition, releaser)
    with django_assert_num_queries(9):
        shown()


def test_passage_says_how_municipalities_deal_with_it(
    edition: Edition, draft: Version, releaser: User, client: Client
) -> None:
    in_force(releaser, draft)

    page = client.get(f"/en/strategie/stelle/{row(draft, 'g1').element_id}/").content.decode()

    assert "<b>Adopted</b> one municipality" in page
