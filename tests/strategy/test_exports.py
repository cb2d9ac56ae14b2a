"""An edition as a file: JSON that goes in elsewhere, PDF that everyone can read."""

import io
import itertools
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pikepdf
import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from andock.design import drawing
from andock.docking.values import Parameter, Source
from andock.strategy import pdf
from andock.strategy.exchange import content_hash, parse
from andock.strategy.models import Edition, Framework
from andock.strategy.queries import edition_document
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import block, element, identity
from tests.strategy.scenes import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.ANDOCK_DATA = tmp_path
    return tmp_path


def rich_edition(**fields: object) -> None:
    part = element("teil", block("einleitung", "Drei Ziele."), title="Ziele", label="2", type="section")
    goal = element(
        "g7",
        block("p", "Jede Kommune plant.\nUnd baut."),
        block("l", "Licht\nWald", "list"),
        block("t", "Weg|Wer\nBeschluss|Rat", "table"),
        block("q", "Klug und nachhaltig.", "quote"),
        parent=part.id,
        label="2.1",
        title="Örtliche Strategien",
        terms=("topics/klima",),
        without_technology=True,
        parameters=(Parameter("jahr", "Zieljahr", "year", "", "2027"), Parameter("amt", "Zuständig", "office")),
        sources=(Source("Bericht", "https://example.org/bericht"), Source("Gespräch")),
        verified=False,
        note="Der Wortlaut war nicht zu sehen.",
    )
    values = {"date": "2022-11", "note": "Eigene Worte.", "sources": (Source("Quelle", "https://example.org/"),)}
    publish(part, goal, **(values | fields))


# --- JSON -----------------------------------------------------------------------------------------------------------
def test_json_goes_in_elsewhere_with_the_same_identities_and_hash(framework: Framework, client: Client) -> None:
    here = transaction.savepoint()
    rich_edition()
    taken = client.get("/strategie/auflagen/1.json").content
    expected = Edition.objects.get().content_hash
    transaction.savepoint_rollback(here)
    assert not Edition.objects.exists()

    import_edition(document=parse(json.loads(taken)), actor=None)

    edition = Edition.objects.get()
    assert edition.content_hash == content_hash(edition_document(edition)) == expected
    assert [str(version.element_id) for version in edition.versions.all()] == [identity("teil"), identity("g7")]
    assert client.get("/strategie/auflagen/1.json").content == taken


def test_json_is_shown_in_the_browser_and_named(framework: Framework, client: Client) -> None:
    publish()

    response = client.get("/strategie/auflagen/1.json")

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="rahmenstrategie-1.json"'
    assert response.json()["format"] == "andock-edition/1"


@pytest.mark.parametrize("extension", ["json", "pdf"])
def test_file_is_not_sent_again_to_who_has_it(framework: Framework, client: Client, data: Path, extension: str) -> None:
    publish()
    address = f"/strategie/auflagen/1.{extension}"
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_etag_of_the_json_follows_the_state(framework: Framework, client: Client) -> None:
    publish(ordinal=1)
    before = client.get("/strategie/auflagen/1.json")["ETag"]
    publish(ordinal=2)

    assert client.get("/strategie/auflagen/1.json")["ETag"] != before


@pytest.mark.parametrize("extension", ["json", "pdf"])
def test_draft_has_no_public_file(framework: Framework, client: Client, data: Path, extension: str) -> None:
    publish(state="draft")

    assert client.get(f"/strategie/auflagen/1.{extension}").status_code == 404
    assert client.post(f"/strategie/auflagen/1.{extension}").status_code in {403, 405}


# --- PDF ------------------------------------------------------------------------------------------------------------
def structure(file: pikepdf.Pdf) -> list[str]:
    """The roles of the structure tree in reading order."""
    roles: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            roles.append(str(node.S))
            walk(node.get("/K", pikepdf.Array()))

    walk(file.Root.StructTreeRoot.K)
    return roles


def drawn(client: Client, address: str = "/strategie/auflagen/1.pdf") -> pikepdf.Pdf:
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(response.content))


def test_pdf_is_tagged_and_names_its_language_and_title(framework: Framework, client: Client, data: Path) -> None:
    rich_edition()

    file = drawn(client)

    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) == "de"
    with file.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Rahmenstrategie, 1. Auflage"
    assert file.Root.ViewerPreferences.DisplayDocTitle


def test_pdf_has_headings_in_order_and_heads_of_tables(framework: Framework, client: Client, data: Path) -> None:
    rich_edition()

    roles = structure(drawn(client))

    levels = [int(role[2:]) for role in roles if role[:2] == "/H" and role[2:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert roles.count("/Table") == 3
    assert roles.count("/TH") >= 5
    assert "/L" in roles


def test_pdf_speaks_the_language_of_its_address(framework: Framework, client: Client, data: Path) -> None:
    publish()

    assert str(drawn(client, "/en/strategie/auflagen/1.pdf").Root.Lang) == "en"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_pdf_reads_in_order(framework: Framework, client: Client, data: Path) -> None:
    rich_edition(demonstration=True)

    content = client.get("/strategie/auflagen/1.pdf").content
    text = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()

    expected = (
        "Rahmenstrategie", "1. Auflage", "Demonstration.", "November 2022", "Eigene Worte.", "Inhalt", "2 Ziele",
        "Drei Ziele.", "2.1 Örtliche Strategien", "Jede Kommune plant.", "Licht", "Wald", "Beschluss", "Klug und",
        "Zieljahr: 2027", "Zuständig: legt jede Kommune selbst fest", "Nicht belegt:", "Bericht", "Olpe",
    )  # fmt: skip
    place = 0
    for words in expected:
        place = text.index(words, place)


def test_pdf_takes_markup_and_control_characters_as_text(framework: Framework, client: Client, data: Path) -> None:
    hostile = '#panic("x") *stark* $x$ \x0c\x1b<b> \\ " #import "/etc/passwd"'
    publish(element("g7", block("b", hostile), title=hostile), note=hostile)

    assert len(drawn(client).pages) >= 3


def test_pdf_of_an_edition_without_signatories_and_ragged_table(
    framework: Framework, client: Client, data: Path
) -> None:
    publish(element("g7", block("t", "Weg|Wer\nBeschluss\nBrief|Amt|neu", "table")), signatories=())

    assert len(drawn(client).pages) >= 3


def test_pdf_is_drawn_once(framework: Framework, client: Client, data: Path) -> None:
    publish()
    first = client.get("/strategie/auflagen/1.pdf").content
    (kept,) = (data / "cache/pdf").iterdir()
    kept.write_bytes(b"%PDF kept")

    assert first.startswith(b"%PDF-")
    assert client.get("/strategie/auflagen/1.pdf").content == b"%PDF kept"


def test_pdf_of_a_draft_is_not_kept(framework: Framework, data: Path) -> None:
    publish(state="draft")

    assert pdf.edition_pdf(Edition.objects.get(), address="https://x/").startswith(b"%PDF-")
    assert not (data / "cache").exists()


def test_pdf_cache_drops_the_oldest(framework: Framework, client: Client, data: Path, monkeypatch) -> None:
    monkeypatch.setattr(drawing, "KEPT", 1)
    folder = data / "cache/pdf"
    folder.mkdir(parents=True)
    (folder / "old.pdf").write_bytes(b"old")
    os.utime(folder / "old.pdf", (time.time() - 60, time.time() - 60))
    publish()

    client.get("/strategie/auflagen/1.pdf")

    (kept,) = folder.iterdir()
    assert kept.name != "old.pdf"


def test_pdf_is_refused_when_typst_warns(framework: Framework, monkeypatch) -> None:
    publish()
    content = pdf._content(Edition.objects.get(), "https://x/") | {"font": ["No Such Typeface"]}

    with pytest.raises(drawing.DrawingFailed, match="no such typeface"):
        drawing.drawn(pdf.TEMPLATE, content)


def test_pdf_is_drawn_without_our_typeface(framework: Framework, data: Path, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(drawing, "FONTS", tmp_path / "none")
    publish()

    assert pdf.edition_pdf(Edition.objects.get(), address="https://x/").startswith(b"%PDF-")
