"""Staff write the questions, mend words, enter paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from andock.audit.models import Entry
from andock.kernel.permissions import Denied
from andock.participation.models import Process
from andock.questionnaire.models import Question, Questionnaire, Submission
from andock.questionnaire.services import editing
from andock.questionnaire.services.editing import Draft, Unfit, keyed

from .scenes import DESK, answer, asked, client, names, phase

if TYPE_CHECKING:
    from tests.accounts.cast import Cast

SINGLE = {"kind": "single", "label": "Wie kommen Sie?", "options": "Bus\r\nRad\r\n\r\nBus"}


def labels() -> list[str]:
    return list(Question.objects.values_list("label", flat=True))


def test_editor_writes_questions_and_the_words_around_them(cast: Cast) -> None:
    phase(cast.olpe)
    browser = client(cast)

    browser.post(DESK, {"introduction": "Vier Minuten.", "thanks": "Danke."})
    browser.post(f"{DESK}neu/", SINGLE)
    first = Question.objects.get()
    scale = {
        "kind": "scale",
        "label": "Wie pünktlich?",
        "low": "1",
        "high": "5",
        "low_label": "nie",
        "shown_if": f"{first.pk}.a1",
    }
    browser.post(f"{DESK}neu/", scale)

    assert Questionnaire.objects.get().introduction == "Vier Minuten."
    assert first.options == [{"key": "a1", "label": "Bus"}, {"key": "a2", "label": "Rad"}]
    second = Question.objects.get(kind="scale")
    assert (second.low, second.high, second.shown_if, second.shown_if_option) == (1, 5, first, "a1")
    assert Entry.objects.filter(action="questionnaire.written").count() == 3
    assert "nur bei „Bus“ auf „Wie kommen Sie?“" in browser.get(DESK).content.decode()


UNFIT = [
    {"kind": "single", "label": "Wie?", "options": "Bus"},
    {"kind": "matrix", "label": "Wie?", "options": "Bus\nRad"},
    {"kind": "scale", "label": "Wie?", "low": "5", "high": "1"},
    {"kind": "scale", "label": "Wie?"},
    {"kind": "text", "label": ""},
    {"kind": "fremd", "label": "Wie?"},
    {"kind": "text", "label": "Wie?", "shown_if": "9.a1"},
    {"kind": "single", "label": "Wie?", "options": "x" * 201 + "\nRad"},
]


@pytest.mark.parametrize("typed", UNFIT)
def test_question_that_makes_no_sense_is_refused_and_stays_typed(cast: Cast, typed: dict) -> None:
    phase(cast.olpe)

    answered = client(cast).post(f"{DESK}neu/", typed)

    assert answered.status_code == 422
    assert 'class="errs"' in answered.content.decode()
    assert not Question.objects.exists()


def test_questions_move_and_go(cast: Cast) -> None:
    phase(cast.olpe)
    browser = client(cast)
    for label in ("Eins", "Zwei", "Drei"):
        browser.post(f"{DESK}neu/", {"kind": "text", "label": label})
    ids = {one.label: one.pk for one in Question.objects.all()}

    browser.post(f"{DESK}{ids['Drei']}/verschieben/", {"to": "up"})
    browser.post(f"{DESK}{ids['Eins']}/verschieben/", {"to": "down"})
    assert labels() == ["Drei", "Eins", "Zwei"]

    assert browser.get(f"{DESK}{ids['Eins']}/loeschen/").status_code == 200
    browser.post(f"{DESK}{ids['Eins']}/loeschen/")
    assert labels() == ["Drei", "Zwei"]


def test_question_never_stands_before_the_one_it_hangs_on(cast: Cast) -> None:
    found = asked(cast.olpe)
    first, second = found.questions.all()[:2]
    values = {"actor": cast.olpe_editor, "phase": found.phase}

    with pytest.raises(Unfit):
        editing.move(question_id=second.pk, step=-1, **values)
    with pytest.raises(Unfit):
        editing.remove(question_id=first.pk, **values)
    with pytest.raises(Unfit):
        editing.change(question_id=first.pk, draft=Draft("single", "Wie?", options=["Bahn", "Rad"]), **values)
    with pytest.raises(Unfit):
        editing.change(question_id=first.pk, draft=Draft("text", "Wie?"), **values)
    with pytest.raises(Unfit):
        editing.change(question_id=first.pk, draft=Draft("text", "Wie?", shown_if=second.pk, shown_if_option="a1"), **values)  # fmt: skip


def test_answers_to_choose_from_keep_their_keys_when_others_go() -> None:
    before = keyed(["Bus", "Rad", "Bahn"])

    assert keyed(["Bahn", "Auto", "Bus"], before) == [
        {"key": "a3", "label": "Bahn"},
        {"key": "a4", "label": "Auto"},
        {"key": "a1", "label": "Bus"},
    ]


def test_after_the_first_answer_only_words_are_mended(cast: Cast) -> None:
    found = asked(cast.olpe)
    answer(found, "ada")
    first = found.questions.first()
    browser, values = client(cast), {"actor": cast.olpe_editor, "phase": found.phase}

    page = browser.get(f"{DESK}{first.pk}/").content.decode()
    browser.post(
        f"{DESK}{first.pk}/", {"label": "Wie kommen Sie her?", "help": "Meistens.", "kind": "text", "options": ""}
    )

    assert "schon jemand geantwortet" in page
    assert 'name="kind"' not in page
    first.refresh_from_db()
    assert (first.label, first.help, first.kind) == ("Wie kommen Sie her?", "Meistens.", "single")
    for act in (
        lambda: editing.add(draft=Draft("text", "Neu"), **values),
        lambda: editing.change(question_id=first.pk, draft=Draft("text", "Neu"), **values),
        lambda: editing.move(question_id=first.pk, step=1, **values),
        lambda: editing.remove(question_id=first.pk, **values),
    ):
        with pytest.raises(Denied):
            act()
    assert "verschieben" not in browser.get(DESK).content.decode()


def test_others_may_neither_see_nor_write_the_questions(cast: Cast) -> None:
    asked(cast.olpe)

    for who in ("soest_releaser", "olpe_reader", "coordinator"):
        assert client(cast, who).get(DESK).status_code == 403
        assert client(cast, who).post(f"{DESK}neu/", SINGLE).status_code == 403


def test_preview_shows_all_questions_and_sends_nothing(cast: Cast) -> None:
    found = asked(cast.olpe)

    page = client(cast).get(f"{DESK}vorschau/").content.decode()

    assert all(one.label in page for one in found.questions.all())
    assert 'name="email"' not in page


def test_paper_is_typed_sheet_by_sheet_and_marked(cast: Cast) -> None:
    found = asked(cast.olpe)
    browser = client(cast)
    assert 'name="paper_number" value="1"' in browser.get(f"{DESK}papier/").content.decode()

    entered = browser.post(f"{DESK}papier/", {"paper_number": "1", names(found)[4]: "Mehr Bänke."})
    again = browser.post(f"{DESK}papier/", {"paper_number": "1", names(found)[4]: "Mehr Bäume."})

    assert entered.status_code == 302
    assert again.status_code == 422
    assert "Mehr Bäume." in again.content.decode()
    assert Submission.objects.get().is_on_paper
    assert 'name="paper_number" value="2"' in browser.get(f"{DESK}papier/").content.decode()


def test_desk_says_how_many_answered_on_paper_and_wait(cast: Cast) -> None:
    found = asked(cast.olpe)
    answer(found, "ada")
    client(cast).post(f"{DESK}papier/", {"paper_number": "1", names(found)[0]: "a2"})

    page = client(cast).get(DESK).content.decode()
    overview = client(cast).get("/verwaltung/olpe/beteiligung/verfahren/nach-dem-abend/").content.decode()

    assert '<dd class="num">2</dd>' in page
    assert f'href="{DESK}"' in overview
    assert "2 Personen haben geantwortet." in overview


def test_process_that_asks_is_published_once_a_question_is_written(cast: Cast) -> None:
    made = phase(cast.olpe).process
    Process.objects.update(publication="draft", published_at=None)
    browser, way = client(cast), DESK.replace("fragen/", "veroeffentlichen/")

    page = browser.get(way).content.decode()
    assert "hat noch keine Frage. Schreiben Sie mindestens eine." in page
    assert f'href="{DESK}"' in page, "and says where to write it"
    browser.post(way)
    assert not Process.objects.get(pk=made.pk).is_public

    browser.post(f"{DESK}neu/", SINGLE)
    browser.post(way)
    assert Process.objects.get(pk=made.pk).is_public


def test_questions_are_written_one_after_the_other(cast: Cast) -> None:
    phase(cast.olpe)
    browser = client(cast)

    answer = browser.post(f"{DESK}neu/", SINGLE | {"next": "1"})

    assert answer["Location"] == f"{DESK}neu/"
    assert labels() == ["Wie kommen Sie?"]
