"""A card from a publiccode.yml: what it says is taken, what is hostile is refused in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from andock.knowledge.models import Solution
from andock.knowledge.publiccode import NotPublicCode, card_of
from tests.accounts.cast import Cast

from .desk import DESK, client, demo, page_of, typed  # noqa: F401

PAGE = f"{DESK}neu/publiccode/"
FILE = """
publiccodeYmlVersion: "0.4"
name: Erlebnis.Stadt
url: https://code.example/menden/erlebnis.git
landingURL: https://erlebnis.example
softwareVersion: 1.10
releaseDate: 2025-12-19
developmentStatus: stable
platforms: [web]
categories: [local-government-performance, "visitors; guests"]
usedBy: [Menden]
inputTypes: [application/json]
outputTypes: [application/json, text/html]
intendedAudience:
  scope: [local-authorities, tourism]
legal:
  license: EUPL-1.2
dependsOn:
  open:
    - {name: PostgreSQL, versionMin: "14", optional: false}
description:
  en:
    shortDescription: Small experiences.
  de:
    localisedName: Erlebnis
    shortDescription: Viele kleine Erlebnisse einer Stadt auf einer Seite.
    longDescription: |
      Erster Absatz.

      Zweiter Absatz.
    features: [Filter nach Nähe, Filter nach Kosten]
"""


@pytest.fixture(autouse=True)
def _german(german: None) -> None:
    """As people read it."""


def test_everything_a_card_has_a_place_for_is_taken() -> None:
    found = card_of(FILE)

    assert (found.title, found.kind) == ("Erlebnis.Stadt", "software")
    assert found.columns == {
        "benefit": "Viele kleine Erlebnisse einer Stadt auf einer Seite.",
        "text": "Erster Absatz.\n\nZweiter Absatz.\n\nWas sie kann:\n- Filter nach Nähe\n- Filter nach Kosten",
        "state": "operation",
        "version": "1.10",
        "licence": "EUPL-1.2",
        "repository_url": "https://code.example/menden/erlebnis.git",
        "website": "https://erlebnis.example",
        "keywords": "local-government-performance, visitors, guests",
        "target_group": "local-authorities, tourism",
        "prerequisites": "Plattformen:\n- web\n\nSetzt voraus:\n- PostgreSQL 14",
        "standards": "Formate:\n- application/json\n- text/html",
    }


def test_file_that_says_its_name_alone_is_enough() -> None:
    assert card_of("publiccodeYmlVersion: '0.4'\nname: X").columns == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "fehlt"),
        ("nur ein Satz", "publiccodeYmlVersion"),
        ("- eine\n- Liste", "publiccodeYmlVersion"),
        ("name: X", "publiccodeYmlVersion"),
        ("publiccodeYmlVersion: 1\nname: [X]", "wie die Software heißt"),
        ("publiccodeYmlVersion: 1", "wie die Software heißt"),
        ("publiccodeYmlVersion: 1\nname: 'offen", "kein YAML (Zeile"),
        ("publiccodeYmlVersion: 1\nname: !!python/object/apply:os.system ['id']", "kein YAML"),
        ("publiccodeYmlVersion: 1\nname: X\nurl: javascript:alert(1)", "url“ ist keine Webadresse"),
        ("publiccodeYmlVersion: 1\nname: X\nlandingURL: file:///etc/passwd", "landingURL“ ist keine Webadresse"),
        ("a: &a [x]\nb: [*a, *a]\npubliccodeYmlVersion: 1\nname: X", "Anker"),
        ("publiccodeYmlVersion: 1\nname: X\nz: " + "[" * 2000 + "]" * 2000, "tiefer verschachtelt"),
        ("publiccodeYmlVersion: 1\nname: X\n? [a]\n: b", "kein YAML (Zeile 3"),
        ("publiccodeYmlVersion: 1\nname: X\n\x00", "kein YAML"),
        ("MZ\x90\x00", "kein YAML"),
        ("%PDF-1.7 x", "kein YAML"),
    ],
    ids=range(16),
)  # fmt: skip
def test_what_is_no_publiccode_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NotPublicCode) as refused:
        card_of(text)

    assert sentence in str(refused.value)


def test_billion_laughs_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]

    with pytest.raises(NotPublicCode, match="Anker"):
        card_of("\n".join(["publiccodeYmlVersion: 1", "name: X", *lines]))


def test_nonsense_of_every_kind_becomes_an_empty_place() -> None:
    odd = "publiccodeYmlVersion: 1\nname: X\ndescription: 5\nlegal: []\ncategories: {a: b}\nplatforms: web\ndependsOn: [1]\nsoftwareVersion: [2]\ndevelopmentStatus: soon\nintendedAudience: x\n"

    assert card_of(odd).columns == {}


def test_long_words_are_cut_to_what_fits_and_controls_are_dropped() -> None:
    text = f'publiccodeYmlVersion: 1\nname: {"n" * 500}\ndescription:\n  de:\n    shortDescription: "a\\u0007{"b" * 900}"\n    longDescription: {"l " * 30_000}\n'

    found = card_of(text)

    assert len(found.title) == 200
    assert found.columns["benefit"].startswith("ab")
    assert len(found.columns["benefit"]) == 400
    assert len(found.columns["text"]) <= 20_000


# --- at the desk -------------------------------------------------------------------------------------------------------
def send(cast: Cast, content: bytes | None = None, **values: Any) -> Any:
    file = {"file": SimpleUploadedFile("publiccode.yml", content)} if content is not None else {}
    return client(cast).post(PAGE, {"text": "", "url": ""} | values | file)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["file", "text"])
def test_file_or_text_becomes_a_draft_that_can_be_filled_in(cast: Cast, way: str) -> None:
    answer = (
        send(cast, FILE.encode(), url="https://p.example/publiccode.yml") if way == "file" else send(cast, text=FILE)
    )

    made = Solution.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(made))
    assert (made.title, made.publication, made.licence, made.slug) == (
        "Erlebnis.Stadt",
        "draft",
        "EUPL-1.2",
        "erlebnisstadt",
    )
    assert made.publiccode_url == ("https://p.example/publiccode.yml" if way == "file" else "")
    assert client(cast).post(page_of(made), typed(made, benefit="Anders")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "values", "sentence"),
    [
        (None, {}, "eines von beiden"),
        (FILE.encode(), {"text": FILE}, "eines von beiden"),
        (b"MZ\x90\x00\xff", {}, "nicht UTF-8"),
        (b"publiccodeYmlVersion: 1\nname: " + b"x" * 200_001, {}, "größer als 200 kB"),
        (None, {"text": "publiccodeYmlVersion: 1\nname: " + "ä" * 100_001}, "größer als 200 kB"),
        (None, {"text": "x" * 1_000_000}, "größer als 200 kB"),
        (None, {"text": FILE, "url": "javascript:alert(1)"}, "URL"),
        (None, {"text": "name: Mein mühsam getippter Text"}, "Mein mühsam getippter Text"),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(
    cast: Cast, content: bytes | None, values: dict, sentence: str
) -> None:
    answer = send(cast, content, **values)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Solution.objects.exists()
