"""What everybody may take along, and how it comes in elsewhere."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from andock.participation import details
from andock.participation.details import Details
from andock.participation.figures import figures_of
from andock.participation.models import Contribution, Involvement, Process
from andock.search.models import Document
from tests.accounts.cast import Cast
from tests.factories.participation import NOW, held, participant, process, said

from .test_table import answered, desk

__all__ = ["desk"]

pytestmark = pytest.mark.django_db

HEAD = "url;phase;kind;text"


@pytest.fixture
def made(cast: Cast) -> Process:
    return process(cast.olpe)


def csv_rows(client: Client, made: Process, name: str = "beitraege") -> list[dict[str, str]]:
    answer = client.get(f"/beteiligung/{made.slug}/{name}.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def read_in(desk: Client, made: Process, content: str | bytes, name: str = "x.csv"):
    raw = content.encode() if isinstance(content, str) else content
    return desk.post(
        f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/einspielen/", {"file": SimpleUploadedFile(name, raw)}
    )


# --- out --------------------------------------------------------------------------------------------------------------
def test_row_holds_what_everybody_reads(cast: Cast, made: Process, client: Client) -> None:
    one = said(made, "Mehr Bänke.", title="Bänke", about="2.1 Ufer", municipality=cast.soest)
    answered(cast, one)

    (row,) = csv_rows(client, made)

    assert row["url"].endswith(f"/beteiligung/beitraege/{one.pk}/")
    assert (row["phase"], row["kind"], row["title"], row["text"]) == ("ideas", "idea", "Bänke", "Mehr Bänke.")
    assert (row["municipality"], row["sent_on"], row["on_paper"]) == (cast.soest.key, "2026-05-04", "false")
    assert (row["answer"], row["reason"], row["answered_on"]) == ("partly", "Wir bauen sie.", "2026-05-04")


def test_json_says_the_same_with_fields_and_licence(made: Process, client: Client) -> None:
    said(made)

    content = client.get(f"/beteiligung/{made.slug}/beitraege.json").json()

    assert content["format"] == "andock-contributions/1"
    assert content["licence"]["url"] == "https://www.govdata.de/dl-de/by-2-0"
    assert list(content["contributions"][0]) == list(content["fields"])
    cells = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in content["contributions"][0].items()
    }
    assert cells == csv_rows(client, made)[0]


@pytest.mark.parametrize("path", ["beitraege.csv", "beitraege.json", "zahlen.csv", "daten/", "neu.atom"])
def test_nobody_is_named_and_nothing_hidden_is_told(cast: Cast, made: Process, client: Client, path: str) -> None:
    said(made, "Offen.", by=participant("Augusta", email="augusta@geheim.example", email_key="augusta@geheim.example"))
    held(made, "Wartet heimlich.")
    for number, state in enumerate(("hidden", "unconfirmed")):
        one = said(made, f"Verborgen {number}.")
        Contribution.objects.filter(pk=one.pk).update(state=state)

    text = client.get(f"/beteiligung/{made.slug}/{path}").content.decode()

    assert [word for word in ("geheim.example", "heimlich", "Verborgen") if word in text] == []
    assert path == "neu.atom" or "Augusta" not in text


@pytest.mark.parametrize("text", ["=1+1", "'=1", "|calc", "-x", "''=1", "a|b", "+|\\|"])
def test_formula_is_harmless_and_comes_back(made: Process, cast: Cast, desk: Client, client: Client, text: str) -> None:
    said(made, text)
    other = process(cast.olpe)

    taken = client.get(f"/beteiligung/{made.slug}/beitraege.csv").content
    assert csv_rows(client, made)[0]["text"][0] not in "=+-|@%"
    assert read_in(desk, other, taken).status_code == 302

    assert Contribution.objects.get(process=other).text == text


@pytest.mark.parametrize("path", ["beitraege.csv", "beitraege.json", "zahlen.csv", "daten/", "neu.atom", "einbetten/"])
def test_draft_is_not_there_for_everybody(cast: Cast, client: Client, path: str) -> None:
    made = process(cast.olpe, publication="draft")

    assert client.get(f"/beteiligung/{made.slug}/{path}").status_code == 404


def test_page_says_what_each_column_means(made: Process, client: Client) -> None:
    text = client.get(f"/beteiligung/{made.slug}/daten/").content.decode()

    assert [name for name in csv_header(client, made) if f"<code>{name}</code>" not in text] == []
    assert 'href="https://www.govdata.de/dl-de/by-2-0"' in text


def csv_header(client: Client, made: Process) -> list[str]:
    return client.get(f"/beteiligung/{made.slug}/beitraege.csv").content.decode("utf-8-sig").splitlines()[0].split(";")


@pytest.mark.parametrize(
    ("path", "most"),
    [("beitraege.csv", 5), ("beitraege.json", 5), ("zahlen.csv", 6), ("daten/", 8), ("neu.atom", 6), ("einbetten/", 6)],
)
def test_three_contributions_take_as_many_queries_as_one(  # noqa: PLR0917  a table of pages
    cast: Cast, made: Process, client: Client, path: str, most: int, django_assert_max_num_queries
) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            answered(cast, said(made, f"Text {number}{_each}", municipality=cast.olpe))
        with django_assert_max_num_queries(most) as asked:
            client.get(f"/beteiligung/{made.slug}/{path}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_tools_add_columns_and_get_them_back(
    cast: Cast, made: Process, desk: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    told = Details(
        {"latitude": "Breite"}, lambda found: {one.pk: {"latitude": "51.1"} for one in found},
        write=lambda one, values: written.append((one.text, values)) or "/beteiligung/dort/",
    )  # fmt: skip
    monkeypatch.setattr(details, "contribution_details", lambda: [told])
    said(made, "Hier.")

    read_in(desk, process(cast.olpe), client.get(f"/beteiligung/{made.slug}/beitraege.csv").content)

    assert written == [("Hier.", {"latitude": "51.1"})]
    assert Contribution.objects.latest("pk").address == "/beteiligung/dort/"


# --- in ---------------------------------------------------------------------------------------------------------------
@pytest.fixture
def without_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool has a row for what is said here."""
    monkeypatch.setattr(details, "contribution_details", list)


@pytest.mark.usefixtures("without_tools")
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_what_was_exported_comes_in_equal_but_for_where_it_stands(
    cast: Cast, made: Process, desk: Client, client: Client, suffix: str
) -> None:
    for number in range(3):
        said(
            made,
            f"Zeile {number}\n\nAbsatz; mit „Zeichen“",
            title=f"Titel {number}",
            about="2.1 Ufer",
            municipality=cast.soest,
        )
    other = process(cast.olpe)

    taken = client.get(f"/beteiligung/{made.slug}/beitraege.{suffix}").content
    answer = read_in(desk, other, taken, f"x.{suffix}")

    assert answer.status_code == 302, answer.content.decode()
    own = ("url", "number", "on_paper")
    before, after = (
        [{k: v for k, v in row.items() if k not in own} for row in csv_rows(client, one)] for one in (made, other)
    )
    assert before == after
    assert {row["on_paper"] for row in csv_rows(client, other)} == {"true"}


def test_same_file_twice_changes_nothing(cast: Cast, made: Process, desk: Client, client: Client) -> None:
    said(made)
    other = process(cast.olpe)
    taken = client.get(f"/beteiligung/{made.slug}/beitraege.csv").content

    for _time in range(2):
        assert read_in(desk, other, taken).status_code == 302

    assert Contribution.objects.filter(process=other).count() == 1


def test_file_of_another_language_is_the_same_file(cast: Cast, made: Process, desk: Client, client: Client) -> None:
    said(made)
    other = process(cast.olpe)

    for path in ("", "/en"):
        read_in(desk, other, client.get(f"{path}/beteiligung/{made.slug}/beitraege.csv").content)

    assert Contribution.objects.filter(process=other).count() == 1


def test_own_export_brings_nothing_new(made: Process, desk: Client, client: Client) -> None:
    said(made)

    read_in(desk, made, client.get(f"/beteiligung/{made.slug}/beitraege.csv").content)

    assert Contribution.objects.count() == 1


def test_what_came_in_is_public_on_paper_and_counts_nobody(made: Process, desk: Client, client: Client) -> None:
    read_in(desk, made, f"{HEAD}\nBrett 1;ideas;idea;Mehr Bänke.\n")

    one = Contribution.objects.get()
    assert (one.is_public, one.is_on_paper, one.participant, one.origin) == (True, True, None, "Brett 1")
    assert not Involvement.objects.exists()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (";ideas;idea;x", "Zeile 3, url:"),
        ("a;ideas;idea;", "Zeile 3, text:"),
        ("a;ideas;meinung;x", "Zeile 3, kind:"),
        ("a;text;comment;x", "Zeile 3, phase:"),
        ("1;ideas;idea;x", "Zeile 3, url:"),
        ("a;ideas;idea;x;y", "Zeile 3: "),
    ],
)
def test_bad_row_is_refused_with_line_column_and_reason(made: Process, desk: Client, line: str, place: str) -> None:
    answer = read_in(desk, made, f"{HEAD}\n1;ideas;idea;Gut.\n{line}\n")

    assert answer.status_code == 400
    assert place in answer.content.decode()
    assert not Contribution.objects.exists()


def test_unknown_passage_and_place_are_named(made: Process, desk: Client) -> None:
    answer = read_in(desk, made, f"{HEAD};element;municipality;sent_on\n1;ideas;idea;x;{uuid4()};Nirgends;2999-01-01\n")

    text = answer.content.decode()
    assert "Zeile 2, sent_on:" in text
    answer = read_in(desk, made, f"{HEAD};element;municipality\n1;ideas;idea;x;{uuid4()};Nirgends\n")
    assert "Zeile 2, element:" in answer.content.decode()
    assert "Zeile 2, municipality:" in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"contributions": 1}',
        '{"contributions": [1]}',
        '{"contributions": [{"url": {}}]}',
        '{"contributions": []}',
        b"\xff\xfe",
        "a;b\n1;2\n",
        HEAD,
    ],
)
def test_file_that_is_none_of_ours_is_refused(made: Process, desk: Client, content: str | bytes) -> None:
    assert read_in(desk, made, content).status_code == 400


def test_json_names_the_number_of_the_bad_entry(made: Process, desk: Client) -> None:
    good = {"url": "1", "phase": "ideas", "kind": "idea", "text": "x\ny"}

    answer = read_in(desk, made, json.dumps({"contributions": [good, good | {"url": "2", "text": ""}]}), "x.json")

    assert "Zeile 2, text:" in answer.content.decode()


def test_tool_that_cannot_make_its_row_refuses_the_file(
    made: Process, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(one: Contribution, values: object) -> str:
        raise ValueError("Ohne Ort geht es nicht.")

    monkeypatch.setattr(details, "contribution_details", lambda: [Details({}, dict, write=write)])

    answer = read_in(desk, made, f"{HEAD}\n1;ideas;idea;x\n")

    assert "Zeile 2: Ohne Ort geht es nicht." in answer.content.decode()
    assert not Contribution.objects.exists()


def test_database_refuses_the_same_origin_twice(made: Process, desk: Client) -> None:
    read_in(desk, made, f"{HEAD}\n1;ideas;idea;x\n2;ideas;idea;y\n")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(text="y").update(origin="1")


def test_only_the_own_people_read_in(cast: Cast, made: Process, client: Client) -> None:
    client.force_login(cast.olpe_moderator)

    assert read_in(client, made, f"{HEAD}\n1;ideas;idea;x\n").status_code == 403


# --- figures ----------------------------------------------------------------------------------------------------------
def test_groups_of_fewer_than_five_have_no_number(cast: Cast, client: Client) -> None:
    made = process(cast.olpe, asks_place=True)
    phase = made.phases.get()
    for number in range(13):
        place = cast.soest if number < 3 else (cast.olpe if number < 11 else None)
        Involvement.objects.create(phase=phase, confirmed_at=NOW, municipality=place)

    rows = {
        row["group"]: row["number"]
        for row in csv_rows(client, made, "zahlen")
        if row["counted"] == "people by municipality"
    }

    assert (rows["Olpe"], rows["Soest"]) == ("8", "")
    assert [row["number"] for row in csv_rows(client, made, "zahlen") if row["counted"] == "people"] == ["13", "0"]


def test_who_took_part_is_said_when_nobody_joins_any_more(cast: Cast, client: Client) -> None:
    began = timezone.now() - timedelta(days=1)
    made = process(cast.olpe, asks_place=True, asks_age=True, starts=began, lasts=timedelta(days=2))
    phase = made.phases.get()
    for _number in range(6):
        Involvement.objects.create(phase=phase, confirmed_at=began, municipality=cast.olpe, age_band="30_44")

    counted = [row["counted"] for row in csv_rows(client, made, "zahlen")]
    page = client.get(f"/beteiligung/{made.slug}/ergebnis/").content.decode()
    [over] = figures_of(made, phase.ends_at + timedelta(hours=23))
    [settled] = figures_of(made, phase.ends_at + timedelta(hours=24))

    assert counted == ["people", "people", "contributions"]
    assert "steht hier ab" in page
    assert (over.ages, over.places, over.settles_at) == ([], [], phase.ends_at + timedelta(days=1))
    assert [(one.name, one.number) for one in settled.places] == [("Olpe", 6)]
    assert [one.number for one in settled.ages] == [6]
    assert settled.settles_at is None


def test_ideas_of_a_file_are_found_at_once(made: Process, desk: Client) -> None:
    read_in(desk, made, f"{HEAD};title\nx1;ideas;idea;Rutschbahn am Ufer.;Rutschbahn\n")

    assert Document.objects.get(title="Rutschbahn").url.startswith("/beteiligung/")


def test_nothing_comes_into_a_draft_where_it_would_be_read_at_once(cast: Cast, desk: Client) -> None:
    draft = process(cast.olpe, publication="draft")

    answer = read_in(desk, draft, f"{HEAD}\nx1;ideas;idea;Hier.\n")

    assert answer.status_code == 403
    assert "veröffentlichen" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_draft_in_which_something_stands_is_not_deleted(cast: Cast, desk: Client) -> None:
    made = process(cast.olpe)
    said(made)
    Process.objects.filter(pk=made.pk).update(publication="draft", published_at=None)

    answer = desk.post(f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/loeschen/")

    assert answer.status_code == 403
    assert Process.objects.filter(pk=made.pk).exists()
