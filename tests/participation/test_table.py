"""The table for the council, read back by other programs than those that wrote it."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pikepdf
import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from andock.audit.models import Entry as Trail
from andock.kernel import modules
from andock.local_strategies.models import Version
from andock.local_strategies.services.drafts import begin_strategy
from andock.participation import details
from andock.participation.details import Details
from andock.participation.models import Contribution, Process
from andock.participation.services.answering import answer
from andock.strategy.models import Edition, Framework
from tests.accounts.cast import Cast
from tests.events.test_people_files import words
from tests.factories.participation import NOW, held, participant, process, said
from tests.factories.strategy import element, identity
from tests.strategy.scenes import publish
from tests.strategy.test_exports import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Process:
    return process(cast.olpe)


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.olpe_editor)
    return client


def page(made: Process, path: str = "") -> str:
    return f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/tabelle/{path}"


def answered(cast: Cast, *said_ones: Contribution, reason: str = "Wir bauen sie.", **values: object) -> None:
    answer(
        actor=cast.olpe_editor, process=said_ones[0].process, office=cast.olpe, stance="partly", reason=reason, now=NOW,
        contribution_ids=[one.pk for one in said_ones], **values,
    )  # fmt: skip


def got(desk: Client, made: Process, name: str, **query: str) -> bytes:
    response = desk.get(page(made, f"abwaegung.{name}"), query)
    assert response.status_code == 200
    return response.content


def pdf(desk: Client, made: Process, **query: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(got(desk, made, "pdf", **query)))


def rows(desk: Client, made: Process, **query: str) -> list[dict]:
    book = openpyxl.load_workbook(io.BytesIO(got(desk, made, "xlsx", **query)))
    head, *lines = book.active.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


# --- what stands in it ------------------------------------------------------------------------------------------------
def test_rows_stand_by_what_they_are_about_two_before_ten(cast: Cast, made: Process, desk: Client) -> None:
    for about in ("2.10 Wald", "", "2.9 Wasser", "2.10 Wald"):
        said(made, f"Zu {about}", about=about)

    assert [row["Worum es geht"] for row in rows(desk, made)] == [
        "2.9 Wasser",
        "2.10 Wald",
        "2.10 Wald",
        "Grün am Fluss",
    ]


def test_row_says_the_contribution_and_what_became_of_it(cast: Cast, made: Process, desk: Client) -> None:
    one = said(made, "Mehr Bänke.", title="Bänke")
    answered(cast, one, forwarded_to="Bauhof")

    (row,) = rows(desk, made)

    assert (row["Nummer"], row["Titel"], row["Beitrag"]) == (one.pk, "Bänke", "Mehr Bänke.")
    assert (row["Antwort"], row["Begründung"], row["Weitergeleitet an"]) == (
        "Teilweise übernommen",
        "Wir bauen sie.",
        "Bauhof",
    )
    assert row["Datum"] == "04.05.2026"


def test_only_answered_are_shown_on_request(cast: Cast, made: Process, desk: Client) -> None:
    one, _other = said(made, "Eins."), said(made, "Zwei.")
    answered(cast, one)

    assert [row["Beitrag"] for row in rows(desk, made, beitraege="beantwortet")] == ["Eins."]
    assert len(rows(desk, made)) == 2


def test_names_stand_there_only_on_request(made: Process, desk: Client) -> None:
    said(made, by=participant("Ada"))

    assert "Geschrieben von" not in rows(desk, made)[0]
    assert rows(desk, made, namen="on")[0]["Geschrieben von"] == "Ada"
    assert "Ada" not in words(pdf(desk, made))
    assert "Ada" in words(pdf(desk, made, namen="on"))


def test_what_is_not_public_stands_there_only_on_request_and_is_marked(made: Process, desk: Client) -> None:
    held(made, "Wartet noch.")

    assert rows(desk, made) == []
    (row,) = rows(desk, made, intern="on")
    assert (row["Beitrag"], row["Anmerkung"]) == ("Wartet noch.", "nicht öffentlich: Wird geprüft")
    assert "nicht öffentlich" in words(pdf(desk, made, intern="on"))


@pytest.mark.parametrize("state", ["withdrawn", "unconfirmed"])
def test_withdrawn_and_unconfirmed_are_in_no_table(made: Process, desk: Client, state: str) -> None:
    one = said(made, "Weg.")
    empty = {"text": "", "title": ""} if state == "withdrawn" else {}
    Contribution.objects.filter(pk=one.pk).update(state=state, **empty)

    assert rows(desk, made, intern="on") == []


def test_tool_adds_what_it_knows(made: Process, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one = said(made)
    told = Details(
        {"wording": "Bezogen auf"}, lambda found: {each.pk: {"wording": "Alter Satz"} for each in found}, ("wording",)
    )
    monkeypatch.setattr(details, "contribution_details", lambda: [told])

    assert [row["Bezogen auf"] for row in rows(desk, made)] == ["Alter Satz"]
    assert "Alter Satz" in words(pdf(desk, made))
    assert modules.contribution_details() is not None
    assert one.pk


# --- files ------------------------------------------------------------------------------------------------------------
def test_pdf_is_tagged_across_with_headings_and_table_heads(cast: Cast, made: Process, desk: Client) -> None:
    answered(cast, said(made, "Mehr Bänke.", about="2.1 Ufer"))

    file = pdf(desk, made)

    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) == "de"
    assert {"/Table", "/TH", "/TD", "/H1"} <= set(structure(file))
    assert "2.1 Ufer" in words(file)
    assert "Wir bauen sie." in words(file)
    box = file.pages[0].mediabox
    assert box[2] > box[3]


def test_word_file_has_headings_and_heads_that_come_again(cast: Cast, made: Process, desk: Client) -> None:
    answered(cast, said(made, "Mehr Bänke.", about="2.1 Ufer"))

    document = Document(io.BytesIO(got(desk, made, "docx")))

    assert [line.text for line in document.paragraphs if line.style.name == "Heading 1"] == ["2.1 Ufer"]
    (table,) = document.tables
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [cell.text for cell in table.rows[0].cells] == ["Nummer", "Beitrag", "Antwort"]
    assert "Mehr Bänke." in table.rows[1].cells[1].text
    assert "Wir bauen sie." in table.rows[1].cells[2].text
    assert document.core_properties.title == "Grün am Fluss, Beiträge und Antworten"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "|calc"])
def test_spreadsheet_runs_nothing_of_a_contribution(made: Process, desk: Client, text: str) -> None:
    said(made, text)

    book = openpyxl.load_workbook(io.BytesIO(got(desk, made, "xlsx")))

    cells = next(book.active.iter_rows(min_row=2))
    assert {cell.data_type for cell in cells if cell.value} <= {"s", "n", "inlineStr"}
    assert text in [cell.value for cell in cells]


@pytest.mark.parametrize("name", ["pdf", "docx", "xlsx"])
def test_markup_and_control_characters_break_no_file(made: Process, desk: Client, name: str) -> None:
    said(made, "#panic() $x$ <b>\x0b 🎉 עדה\n\nZweiter Absatz", about="#let x = *1*")

    assert got(desk, made, name)


@pytest.mark.parametrize("name", ["pdf", "docx", "xlsx"])
def test_empty_table_can_be_taken_along(made: Process, desk: Client, name: str) -> None:
    assert got(desk, made, name)


def test_each_file_leaves_a_line_in_the_trail(made: Process, desk: Client) -> None:
    for name in ("pdf", "docx", "xlsx"):
        got(desk, made, name, namen="on")

    found = Trail.objects.filter(action="participation.table_made").order_by("at", "pk")
    assert [one.data for one in found] == [
        {"file": f"abwaegung.{name}", "names": True, "unpublished": False} for name in ("pdf", "docx", "xlsx")
    ]


# --- pages ------------------------------------------------------------------------------------------------------------
def test_each_button_sends_the_choice_to_its_file(cast: Cast, made: Process, desk: Client) -> None:
    answered(cast, said(made))
    said(made)

    text = desk.get(page(made)).content.decode()

    assert [name for name in ("pdf", "docx", "xlsx") if f'formaction="{page(made)}abwaegung.{name}"' not in text] == []
    assert "2 Beiträge sind öffentlich. 1 davon ist beantwortet." in text


def test_desk_leads_to_the_table(made: Process, desk: Client) -> None:
    assert page(made) in desk.get(f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/").content.decode()


def test_table_of_another_organisation_is_closed(cast: Cast, made: Process, client: Client) -> None:
    client.force_login(cast.soest_releaser)

    assert [client.get(page(made, path)).status_code for path in ("", "abwaegung.pdf", "abwaegung.xlsx")] == [403] * 3


@pytest.mark.parametrize("path", ["", "abwaegung.xlsx"])
def test_table_takes_as_many_queries_for_three_rows_as_for_one(
    cast: Cast, made: Process, desk: Client, path: str, django_assert_max_num_queries
) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            answered(cast, said(made, f"Text {number}{_each}", now=NOW + timedelta(minutes=number)))
        with django_assert_max_num_queries(16) as asked:
            desk.get(page(made, path))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_changed_passage_stands_there_with_its_text(cast: Cast, made: Process, desk: Client) -> None:
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmen", owner=cast.agency)
    publish(element("g7", label="2.1", title="Ufer"))
    edition = Edition.objects.get(framework=framework)
    answered(cast, said(made), element_id=identity("g7"), edition=edition)

    (row,) = rows(desk, made)

    assert row["Geänderte Stelle"] == f"2.1 Ufer, {edition.label}"
    assert row["Adresse der geänderten Stelle"].endswith(f"/strategie/stelle/{identity('g7')}/")
    assert "2.1 Ufer" in words(pdf(desk, made))


def test_draft_of_a_local_strategy_is_not_named(cast: Cast, made: Process, desk: Client, client: Client) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmen", owner=cast.agency)
    publish(element("g7"))
    begin_strategy(actor=cast.olpe_editor, organisation=cast.olpe, edition=Edition.objects.get())
    version = Version.objects.get()
    Version.objects.update(title="Geheimer Titel")
    answered(cast, said(made), element_id=identity("g7"), version=version)

    assert "Geheimer Titel" not in str(rows(desk, made))
    assert "Geheimer Titel" not in client.get(f"/beteiligung/{made.slug}/beitraege.json").content.decode()
