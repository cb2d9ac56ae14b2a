"""A town that answers in a process of the region: its desk shows and changes what is meant for it, and nothing else."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from andock.audit.models import Entry
from andock.ideas.models import Idea, Support
from andock.ideas.services import merging
from andock.kernel.permissions import Denied
from andock.participation.models import Contribution, Process
from andock.participation.services import answering
from tests.accounts.cast import Cast
from tests.events.test_people_files import words
from tests.factories.accounts import organisation
from tests.factories.participation import held, participant, process, said
from tests.ideas.scenes import collecting, idea, known

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Process:
    return collecting(cast.agency, slug="region", is_region_wide=True)


@pytest.fixture
def olpe(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.olpe_editor)
    return client


DESK = "/verwaltung/olpe/beteiligung/verfahren/region/"


def rows(client: Client, **query: str) -> list[dict]:
    response = client.get(f"{DESK}tabelle/abwaegung.xlsx", query)
    assert response.status_code == 200
    head, *lines = openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


# --- the table --------------------------------------------------------------------------------------------------------
def test_table_holds_what_is_meant_for_the_office_and_nothing_else(cast: Cast, made: Process, olpe: Client) -> None:
    now = timezone.now()
    said(made, "Für Olpe.", municipality=cast.olpe, now=now)
    held(made, "Für Olpe, wartet.", municipality=cast.olpe, now=now)
    said(made, "Für Soest.", municipality=cast.soest, now=now)
    held(made, "Für Soest, wartet.", municipality=cast.soest, now=now)
    said(made, "Für alle.", now=now)

    assert [row["Beitrag"] for row in rows(olpe)] == ["Für Olpe."]
    assert {row["Beitrag"] for row in rows(olpe, intern="on")} == {"Für Olpe.", "Für Olpe, wartet."}
    page = olpe.get(f"{DESK}tabelle/").content.decode()
    assert "1 Beitrag ist öffentlich. 0 davon sind beantwortet." in page


@pytest.mark.parametrize("name", ["pdf", "docx", "xlsx"])
def test_every_kind_of_file_can_be_taken_along_and_stands_in_the_trail_of_the_office(
    cast: Cast, made: Process, olpe: Client, name: str
) -> None:
    said(made, "Für Olpe.", municipality=cast.olpe, now=timezone.now())

    assert olpe.get(f"{DESK}tabelle/abwaegung.{name}").status_code == 200
    assert Entry.objects.get(action="participation.table_made").organisation == cast.olpe


def test_paper_names_the_office_and_who_holds_the_process_but_not_how_many_took_part(
    cast: Cast, made: Process, olpe: Client
) -> None:
    said(made, "Für Olpe.", municipality=cast.olpe, now=timezone.now())

    paper = words(pikepdf.open(io.BytesIO(olpe.get(f"{DESK}tabelle/abwaegung.pdf").content)))

    assert cast.olpe.name in paper
    assert cast.agency.name in paper
    assert "Beteiligt" not in paper


def test_office_nobody_spoke_to_has_no_table(cast: Cast, made: Process) -> None:
    said(made, "Für Olpe.", municipality=cast.olpe, now=timezone.now())
    soest = Client()
    soest.force_login(cast.soest_releaser)

    paths = ("beitraege/", "tabelle/", "tabelle/abwaegung.pdf", "ideen/")
    assert [soest.get(f"{DESK}{path}".replace("olpe", "soest")).status_code for path in paths] == [404] * 4


def test_holder_still_takes_the_table_of_all(cast: Cast, made: Process) -> None:
    for town in (cast.olpe, cast.soest, None):
        said(made, "Bank.", municipality=town, now=timezone.now())
    agency = Client()
    agency.force_login(cast.coordinator)

    answer = agency.get(f"/verwaltung/{cast.agency.slug}/beteiligung/verfahren/region/tabelle/abwaegung.xlsx")

    assert openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row == 4


# --- ideas ------------------------------------------------------------------------------------------------------------
def test_office_finds_its_ideas_from_its_contributions_and_sets_their_status(
    cast: Cast, made: Process, olpe: Client
) -> None:
    mine, foreign = idea(made, "Bank an der Bigge", municipality=cast.olpe), idea(made, "Bank an der Soeste")

    assert f"{DESK}ideen/" in olpe.get(f"{DESK}beitraege/").content.decode()
    page = olpe.get(f"{DESK}ideen/").content.decode()
    assert "Bank an der Bigge" in page
    assert "Bank an der Soeste" not in page
    assert "Idee vom Papier eingeben" not in page
    assert olpe.post(f"{DESK}ideen/", {"chosen": foreign.pk, "status": "done"}).status_code == 400
    assert olpe.post(f"{DESK}ideen/", {"chosen": mine.pk, "status": "in_work"}).status_code == 302
    assert dict(Idea.objects.values_list("pk", "status")) == {mine.pk: "in_work", foreign.pk: "new"}
    assert Entry.objects.get(action="ideas.status_set").organisation == cast.olpe


def test_office_places_and_links_its_ideas_alone(cast: Cast, made: Process, olpe: Client) -> None:
    mine, foreign = idea(made, municipality=cast.olpe), idea(made, municipality=cast.soest)

    answer = olpe.post(f"{DESK}ideen/{mine.pk}/ort/", {"place": "am Biggesee", "point": "51.1, 7.9"})
    assert (answer.status_code, answer["Location"]) == (302, f"{DESK}ideen/")
    mine.refresh_from_db()
    assert mine.place == "am Biggesee"
    for way in ("ort", "verknuepfen", "zusammenlegen"):
        assert olpe.get(f"{DESK}ideen/{mine.pk}/{way}/").status_code == 200
        assert olpe.get(f"{DESK}ideen/{foreign.pk}/{way}/").status_code == 404
    assert olpe.post(f"{DESK}ideen/{foreign.pk}/zusammenlegen/zurueck/").status_code == 404
    assert olpe.get(f"{DESK}ideen/papier/").status_code == 404, "only whoever holds the process types paper"


def test_office_joins_its_ideas_with_each_other_and_never_with_another_offices(
    cast: Cast, made: Process, olpe: Client
) -> None:
    ada = known()
    first, second = (idea(made, municipality=cast.olpe, author=ada) for _each in range(2))
    foreign = idea(made, municipality=cast.soest, author=ada)
    Support.objects.create(idea=first, participant=participant("Cem"))

    way = f"{DESK}ideen/{first.pk}/zusammenlegen/"
    answer = olpe.post(way, {"target": foreign.pk})
    assert answer.status_code == 400
    assert "keine mit dieser Nummer" in answer.content.decode()
    with pytest.raises(Denied):
        merging.propose(actor=cast.olpe_editor, idea=first, target=foreign, now=timezone.now())
    assert olpe.post(way, {"target": second.pk}).status_code == 302
    first.refresh_from_db()
    assert first.merged_into == second


def test_title_of_a_hidden_foreign_idea_is_not_told(cast: Cast, made: Process, olpe: Client) -> None:
    mine, foreign = idea(made, municipality=cast.olpe), idea(made, "Verborgener Titel", municipality=cast.soest)
    merging.propose(actor=cast.coordinator, idea=mine, target=foreign, now=timezone.now())
    assert "Verborgener Titel" in olpe.get(f"{DESK}ideen/").content.decode()

    Contribution.objects.filter(pk=foreign.pk).update(state="hidden")

    for path in ("ideen/", f"ideen/{mine.pk}/zusammenlegen/"):
        page = olpe.get(DESK + path).content.decode()
        assert "Verborgener Titel" not in page
        assert str(foreign.pk) in page


@pytest.mark.parametrize("path", ["beitraege/", "tabelle/", "ideen/"])
def test_pages_of_an_office_tell_nothing_of_what_waits_elsewhere(
    cast: Cast, made: Process, olpe: Client, path: str
) -> None:
    idea(made, "Für Olpe", municipality=cast.olpe)
    before = _plain(olpe.get(DESK + path))
    for town in (cast.soest, None):
        held(made, "Geheimes Wort.", municipality=town, now=timezone.now(), title="Geheimer Titel")

    assert _plain(olpe.get(DESK + path)) == before


def _plain(answer) -> str:
    assert answer.status_code == 200
    return "\n".join(line for line in answer.content.decode().splitlines() if "csrfmiddlewaretoken" not in line)


def test_pages_take_as_many_queries_for_three_ideas_as_for_one(
    cast: Cast, made: Process, olpe: Client, django_assert_max_num_queries
) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            idea(made, municipality=cast.olpe)
        with django_assert_max_num_queries(30) as asked:
            olpe.get(f"{DESK}ideen/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_handing_over_to_a_colleague_stands_in_the_trail_of_the_office(cast: Cast) -> None:
    made = process(cast.agency, is_region_wide=True, starts=timezone.now() - timedelta(days=1))
    meant = said(made, municipality=cast.olpe, now=timezone.now())

    answering.assign(
        actor=cast.olpe_releaser, process=made, office=cast.olpe, contribution_ids=[meant.pk], assignee=cast.olpe_editor,
        due_on=None,
    )  # fmt: skip

    assert Entry.objects.get(action="participation.assigned").organisation == cast.olpe


def test_everybody_reads_for_which_municipality_how_much_was_said_but_no_small_number(
    cast: Cast, made: Process
) -> None:
    now = timezone.now()
    for town, number in ((cast.olpe, 11), (cast.soest, 6)):
        for _each in range(number):
            said(made, municipality=town, now=now)
    wenden = organisation("wenden")
    said(made, municipality=wenden, now=now)
    held(made, municipality=wenden, now=now)

    page = " ".join(Client().get("/beteiligung/region/ergebnis/").content.decode().split())
    lines = Client().get("/beteiligung/region/zahlen.csv").content.decode().splitlines()

    assert "Sammeln: Beiträge nach Kommune" in page
    assert f'<dt>{cast.olpe.name}</dt><dd class="num">11</dd>' in page
    for hidden in (cast.soest.name, wenden.name):
        assert f'<dt>{hidden}</dt><dd class="num">weniger als fünf' in page
        assert f"ideas;Sammeln;contributions by municipality;{hidden};" in lines
