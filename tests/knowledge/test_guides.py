"""Guides: the list, one guide, what readers say of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from andock.knowledge.models import ChecklistItem, GuideFeedback, GuideFile, GuideStep
from andock.knowledge.services import feedback as service
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.knowledge import guide, solution

pytestmark = pytest.mark.django_db
LIST = "/leitfaeden/"


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_list_stands_under_its_headings_by_number(cast: Cast) -> None:
    for number, title, topic in (("07-2", "Zweiter", "Daten"), ("", "Ohne", "Daten"), ("01", "Anfang", "Start"), ("07-1", "Erster", "Daten")):  # fmt: skip
        guide(cast.agency, number=number, title=title, topic=topic)
    guide(cast.agency, title="Entwurf", publication="draft")

    shown = page(LIST)

    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", shown)[:2] == ["Start", "Daten"]
    assert re.findall(r'<h3><a href="/leitfaeden/[^"]+">([^<]+)</a>', shown) == ["Anfang", "Erster", "Zweiter", "Ohne"]
    assert "Entwurf" not in shown


def test_list_says_what_will_stand_there(cast: Cast) -> None:
    assert "Hier steht noch kein Leitfaden" in page(LIST)


def test_guide_shows_steps_checklist_files_and_solutions(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = guide(cast.agency, title="Sensoren setzen", number="07-9", date_text="2024-05", url="https://text.example/9", summary="Kurz")  # fmt: skip
    GuideStep.objects.create(guide=made, position=1, title="Dann messen", text="Täglich.")
    GuideStep.objects.create(guide=made, position=0, title="Erst fragen")
    item = ChecklistItem.objects.create(guide=made, title="Datenschutz gefragt", text="früh")
    file = GuideFile.objects.create(guide=made, title="Als PDF", version="2", date_text="2024", file=ContentFile(b"%PDF-", "x.pdf"))  # fmt: skip
    made.solutions.add(solution(cast.olpe, title="Baumsensoren"))

    shown = page(f"{LIST}{made.slug}/")

    assert shown.index("Erst fragen") < shown.index("Dann messen")
    assert f'<input type="checkbox" id="punkt-{item.pk}"' in shown
    for words in ("07-9", "Mai 2024", "https://text.example/9", "Version 2", "Baumsensoren", "früh", "Kurz"):
        assert words in shown, words
    answer = Client().get(f"{LIST}{made.slug}/unterlagen/{file.pk}.pdf")
    assert answer.content == b"%PDF-"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_draft_of_a_guide_is_for_its_publishers_people(cast: Cast) -> None:
    made = guide(cast.olpe, publication="draft")

    assert client_of(cast, "anonymous").get(f"{LIST}{made.slug}/").status_code == 404
    assert client_of(cast, "olpe_reader").get(f"{LIST}{made.slug}/").status_code == 200
    assert client_of(cast, "olpe_reader").get(f"{LIST}{made.slug}/rueckmeldung/").status_code == 404


# --- feedback --------------------------------------------------------------------------------------------------------
def send(slug: str, **values: str) -> Any:
    return Client().post(f"{LIST}{slug}/rueckmeldung/", values)


def test_feedback_keeps_the_words_and_the_day_and_nothing_else(cast: Cast) -> None:
    made = guide(cast.agency)

    answer = send(made.slug, helped="nein", reason="Die Kosten\x07 fehlten.\r\n")

    assert (answer.status_code, answer.url) == (302, f"{LIST}{made.slug}/rueckmeldung/danke/")
    kept = GuideFeedback.objects.get()
    assert (kept.helped, kept.reason, kept.given_on) == (False, "Die Kosten fehlten.", timezone.localdate())
    assert {field.name for field in GuideFeedback._meta.fields} == {"id", "guide", "helped", "reason", "given_on"}
    assert "Danke" in page(answer.url)


def test_feedback_may_be_one_word(cast: Cast) -> None:
    assert send(guide(cast.agency).slug, helped="ja").status_code == 302
    assert GuideFeedback.objects.get().helped


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "ob er geholfen hat"),
        ({"helped": "nein"}, "in wenigen Worten"),
        ({"helped": "nein", "reason": "  \t "}, "in wenigen Worten"),
        ({"helped": "vielleicht"}, "vielleicht"),
        ({"helped": "nein", "reason": "x" * 2001}, "2000"),
    ],
)
def test_feedback_that_lacks_something_is_asked_again_with_what_was_typed(
    cast: Cast, values: dict, sentence: str
) -> None:
    answer = send(guide(cast.agency).slug, **values)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert values.get("reason", "").strip() in answer.content.decode()
    assert not GuideFeedback.objects.exists()


def test_choice_of_the_button_is_taken_along(cast: Cast) -> None:
    made = guide(cast.agency)

    assert re.search(r'value="nein"[^>]* checked', page(f"{LIST}{made.slug}/rueckmeldung/?geholfen=nein"))
    assert " checked" not in page(f"{LIST}{made.slug}/rueckmeldung/?geholfen=%00")


def test_robot_that_fills_in_everything_is_thanked_and_forgotten(cast: Cast) -> None:
    assert send(guide(cast.agency).slug, helped="ja", nickname="x").status_code == 302
    assert not GuideFeedback.objects.exists()


def test_flood_of_feedback_ends_and_keeps_what_was_typed(cast: Cast) -> None:
    made = guide(cast.agency)
    GuideFeedback.objects.bulk_create(
        GuideFeedback(guide=made, helped=True, given_on=timezone.localdate())
        for _number in range(service.PER_GUIDE_AND_DAY)
    )

    answer = send(made.slug, helped="nein", reason="Mein langer Text")

    assert answer.status_code == 429
    assert "Mein langer Text" in answer.content.decode()
    assert GuideFeedback.objects.count() == service.PER_GUIDE_AND_DAY
    assert send(guide(cast.agency).slug, helped="ja").status_code == 302
