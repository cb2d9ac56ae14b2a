"""Participants as files, read back by other programs than those that wrote them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from lxml import etree
from PIL import Image

from andock.audit.models import Entry as Trail
from andock.events.models import Event, Question, Registration
from andock.organisations.models import Profile
from tests.accounts.cast import Cast
from tests.factories.events import confirmed, event
from tests.strategy.test_exports import structure

from .test_people_pages import address, desk

__all__ = ["desk"]

pytestmark = pytest.mark.django_db

NOW = timezone.now()
FORMULAS = ['=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "|calc"]


@pytest.fixture
def made(cast: Cast) -> Event:
    return event(cast.olpe, title="Abend am *See* #1", starts_at=NOW + timedelta(hours=1), seats=None, seats_each=3)


def got(desk: Client, made: Event, name: str, **query: str) -> bytes:
    answer = desk.get(address(made, f"teilnehmende/{name}"), query)
    assert answer.status_code == 200
    return answer.content


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def xlsx_rows(content: bytes) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def words(file: pikepdf.Pdf) -> str:
    """The text of a PDF as a reader finds it: through the table from signs to letters of each font."""
    return "\n".join(_page_text(page) for page in file.pages)


def _page_text(page: pikepdf.Page) -> str:
    fonts = {str(name): _letters(font) for name, font in page.Resources.Font.items()}
    text, letters = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    text += [letters.get(raw[place : place + 2].hex(), "") for place in range(0, len(raw), 2)]
        elif str(operator) == "ET":
            text.append(" ")
    return " ".join("".join(text).split())


def _letters(font: pikepdf.Dictionary) -> dict[str, str]:
    """The ToUnicode map, sign by sign."""
    found = {}
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        parts = line.replace("<", " ").replace(">", " ").split()
        if (
            len(parts) == 2
            and all(set(part) <= set("0123456789abcdefABCDEF") for part in parts)
            and line.startswith("<")
        ):
            found[parts[0].lower()] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return found


def pdf(desk: Client, made: Event, name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(got(desk, made, name)))


def arrive(desk: Client, registration: Registration, seats: str = "0") -> None:
    desk.post(address(registration.event, "einlass/"), {"registration": registration.pk, "seats": seats})


# --- spreadsheets -----------------------------------------------------------------------------------------------------
def test_csv_has_a_line_for_each_registration_with_answers(made: Event, desk: Client) -> None:
    question = Question.objects.create(event=made, kind="several", label="Workshops", options=["A", "B"])
    ada = confirmed(made, "Ada", seats=2, companions=["Bob"], answers={question.field: ["A", "B"]}, now=NOW)
    arrive(desk, ada)

    (row,) = csv_rows(got(desk, made, "liste.csv"))

    assert (row["Name"], row["Wer noch kommt"], row["Plätze"], row["Gekommen"]) == ("Ada", "Bob", "2", "1")
    assert (row["Code"], row["Stand"], row["Workshops"]) == (ada.code, "Angemeldet", "A, B")


@pytest.mark.parametrize("name", FORMULAS)
def test_spreadsheet_runs_nothing_of_a_name(made: Event, desk: Client, name: str) -> None:
    ada = confirmed(made, "Ada", now=NOW)
    Registration.objects.filter(pk=ada.pk).update(name=name, note=name, companions=[name])

    (row,) = csv_rows(got(desk, made, "liste.csv"))
    book = openpyxl.load_workbook(io.BytesIO(got(desk, made, "liste.xlsx")))

    assert not [value for value in row.values() if value and value[0] in "=+-@|\t "]
    cells = next(book.active.iter_rows(min_row=2))
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert cells[0].value == name


def test_xlsx_is_the_same_table_as_the_csv(made: Event, desk: Client) -> None:
    for name in ("Ada", "Bob", "Çem"):
        confirmed(made, name, email=f"{name[0]}@example.org", now=NOW)

    rows = xlsx_rows(got(desk, made, "liste.xlsx"))
    table = csv_rows(got(desk, made, "liste.csv"))

    assert [[str("" if cell is None else cell) for cell in row] for row in rows] == [
        list(table[0]), *(list(row.values()) for row in table)
    ]  # fmt: skip
    assert isinstance(rows[1][4], int)


def test_xlsx_holds_no_formula_for_any_reader(made: Event, desk: Client) -> None:
    ada = confirmed(made, "Ada", now=NOW)
    Registration.objects.filter(pk=ada.pk).update(name="=1+1", note="a\x07b")

    with zipfile.ZipFile(io.BytesIO(got(desk, made, "liste.xlsx"))) as file:
        sheet = etree.fromstring(file.read("xl/worksheets/sheet1.xml"))

    assert sheet.findall(".//{*}f") == []
    assert "=1+1" in [node.text for node in sheet.iter("{*}t")]


def test_export_is_of_what_the_list_shows(made: Event, desk: Client) -> None:
    confirmed(made, "Ada", now=NOW)
    confirmed(made, "Bob", now=NOW)

    assert [row["Name"] for row in csv_rows(got(desk, made, "liste.csv", suche="bob"))] == ["Bob"]
    assert len(xlsx_rows(got(desk, made, "liste.xlsx", stand="warteliste"))) == 1


def test_link_to_the_online_room_is_in_no_file(cast: Cast, desk: Client) -> None:
    made = event(
        cast.olpe, format="online", online_url="https://raum.example/geheim", starts_at=NOW + timedelta(hours=1)
    )
    ada = confirmed(made, "Ada", now=NOW)
    arrive(desk, ada)

    with zipfile.ZipFile(io.BytesIO(got(desk, made, "liste.xlsx"))) as file:
        sheets = b"".join(file.read(name) for name in file.namelist())
    papers = "".join(
        words(pdf(desk, made, name)) for name in ("liste.pdf", "namensschilder.pdf", "bescheinigungen.pdf")
    )

    assert "geheim" not in got(desk, made, "liste.csv").decode() + sheets.decode("utf-8", "ignore") + papers
    assert "Ada" in papers


def test_each_file_leaves_a_line_in_the_trail(made: Event, desk: Client) -> None:
    ada = confirmed(made, "Ada", now=NOW)
    arrive(desk, ada)

    for name in ("liste.csv", "liste.xlsx", "liste.pdf", "namensschilder.pdf", "bescheinigungen.pdf"):
        got(desk, made, name)

    files = [one.data["file"] for one in Trail.objects.filter(action="events.people_exported").order_by("at", "pk")]
    assert files == ["teilnehmende.csv", "teilnehmende.xlsx", "liste.pdf", "namensschilder.pdf", "bescheinigungen.pdf"]


# --- paper ------------------------------------------------------------------------------------------------------------
def test_list_is_a_tagged_table_with_a_box_for_each_seat(made: Event, desk: Client) -> None:
    ada = confirmed(
        made, "Ada Łukasz", email="a@example.org", seats=2, companions=["Bob"], access_needs="Rampe", now=NOW
    )

    file = pdf(desk, made, "liste.pdf")
    text = words(file)

    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) == "de"
    assert "Abend am *See* #1" in str(file.docinfo["/Title"])
    assert {"/Table", "/TH", "/TD"} <= set(structure(file))
    assert [word for word in ("Ada Łukasz", "Bob", ada.code, "Rampe", "2 ×") if word not in text] == []
    assert "a@example.org" not in text


def test_list_of_nobody_says_so(made: Event, desk: Client) -> None:
    assert "Noch ist niemand angemeldet." in words(pdf(desk, made, "liste.pdf"))


def test_badges_name_everybody_ten_on_a_page(made: Event, desk: Client) -> None:
    for number in range(5):
        confirmed(
            made, f"Gast{number}", email=f"g{number}@example.org", seats=3, companions=[f"Freundin{number}"], now=NOW
        )

    file = pdf(desk, made, "namensschilder.pdf")
    text = words(file)

    assert len(file.pages) == 1
    assert [name for n in range(5) for name in (f"Gast{n}", f"Freundin{n}") if name not in text] == []
    confirmed(made, "Elfter", now=NOW)
    assert len(pdf(desk, made, "namensschilder.pdf").pages) == 2


def test_paper_for_the_place_leaves_out_who_takes_part_online(cast: Cast, desk: Client) -> None:
    made = event(cast.olpe, format="hybrid", starts_at=NOW + timedelta(hours=1))
    ada = confirmed(made, "Ada", now=NOW)
    far = confirmed(made, "Bob", now=NOW)
    Registration.objects.filter(pk=ada.pk).update(allotment=made.allotments.get(attendance="room"))
    Registration.objects.filter(pk=far.pk).update(allotment=made.allotments.get(attendance="online"))

    found = {name: words(pdf(desk, made, name)) for name in ("liste.pdf", "namensschilder.pdf")}

    assert [("Ada" in text, "Bob" in text) for text in found.values()] == [(True, False)] * 2


def test_certificate_is_for_those_who_came_only(
    made: Event, desk: Client, cast: Cast, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    ada = confirmed(made, "Ada", seats=3, companions=["Bob", "Cem"], now=NOW)
    dora = confirmed(made, "Dora", now=NOW)
    assert desk.get(address(made, "teilnehmende/bescheinigungen.pdf")).status_code == 404
    arrive(desk, ada, "0,2")

    file = pdf(desk, made, "bescheinigungen.pdf")
    text = words(file)

    assert len(file.pages) == 2
    assert [name in text for name in ("Ada", "Bob", "Cem", "Dora")] == [True, False, True, False]
    assert "Olpe" in text
    assert structure(file).count("/H1") == 2
    assert desk.get(address(made, f"teilnehmende/{dora.pk}/bescheinigung.pdf")).status_code == 404
    assert len(pdf(desk, made, f"{ada.pk}/bescheinigung.pdf").pages) == 2


def test_certificate_shows_the_crest_with_its_name(
    made: Event, desk: Client, cast: Cast, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGBA", (20, 24), "red").save(picture, "PNG")
    Profile.objects.create(organisation=cast.olpe).crest.save("olpe.png", ContentFile(picture.getvalue()))
    arrive(desk, confirmed(made, "Ada", now=NOW))

    file = pdf(desk, made, "bescheinigungen.pdf")

    assert "/Figure" in structure(file)
    assert [name for page in file.pages for name in page.get_images()] != []


def test_name_that_is_markup_or_has_control_characters_breaks_no_paper(made: Event, desk: Client) -> None:
    ada = confirmed(made, "Ada", now=NOW)
    Registration.objects.filter(pk=ada.pk).update(name="#panic() $x$ *fett*\x0b _x_ 🎉 עדה")
    arrive(desk, ada)

    for name in ("liste.pdf", "namensschilder.pdf", "bescheinigungen.pdf"):
        assert "#panic() $x$ *fett*" in words(pdf(desk, made, name))
