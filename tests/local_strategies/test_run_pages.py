"""The pages of a take-over: every kind of question, undo, colleagues, a newer edition, the draft."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from andock.docking.items import KINDS, by_thought
from andock.local_strategies import queries
from andock.local_strategies.services import runs
from tests.factories.events import event
from tests.factories.strategy import identity
from tests.strategy.test_editing_pages import signed_in

from .every_kind import TOMORROWS, every_kind, fourth_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from andock.accounts.models import User
    from andock.local_strategies.models import Run
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition, Framework

RUN = reverse("local_strategies:run", args=["olpe"])
ANSWERS = {
    "conflict": {"answer": "edited", "text": "Eigener Wortlaut."},
    "review": {"answer": "edited", "text": "In Olpe am ersten Montag im Mai."},
    "split": {"answer": "adopt"},
    "joined": {"answer": "adopt"},
    "replaced": {"answer": "decline", "reason": "Wir behalten das Portal nicht."},
    "withdrawn_in_use": {"answer": "to_local"},
    "withdrawn_clean": {"answer": "end"},
    "new": {"answer": "defer", "reason": "Im nächsten Jahr.", "until": TOMORROWS.isoformat()},
    "promoted": {"answer": "adopt"},
    "reinstated": {"answer": "adopt"},
    "declined_changed": {"answer": "keep"},
    "upstream_only": {"answer": "keep"},
    "merged": {"answer": "take"},
    "set_merge": {"answer": "edited", "terms": ["topics/klima", "topics/wald"]},
    "converged": {"answer": "take"},
}


def at(key: str) -> str:
    return f"{RUN}?stelle={quote(key, safe='')}"


def text(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Pages are read in German here, the first language of the site."""
    with translation.override("de"):
        yield


@pytest.fixture
def run(releaser: User, olpe: Organisation, framework: Framework) -> Run:
    return every_kind(releaser, olpe, framework)


@pytest.fixture
def desk(releaser: User) -> Client:
    return signed_in(releaser)


def answer(desk: Client, run: Run, key: str, **values: object):
    """Answer as the page does, with the mark of the answer it was loaded with."""
    mark = runs.answer_mark(queries.resolutions_of(run).get(key))
    return desk.post(at(key), {"seen": mark, **values})


def open_keys(run: Run) -> list[str]:
    return [item.key for item in by_thought(queries.open_items(queries.run_value(run), queries.resolutions_of(run)))]


def key_of(run: Run, kind: str) -> str:
    return next(item.key for item in queries.run_value(run).items if item.kind == kind and not item.given)


def test_scene_asks_every_kind_of_question(run: Run) -> None:
    assert {item.kind for item in queries.run_value(run).items} == set(KINDS)


def test_every_kind_is_shown_answered_and_becomes_part_of_the_draft(desk: Client, run: Run) -> None:
    seen = set()
    while keys := open_keys(run):
        item = next(item for item in queries.run_value(run).items if item.key == keys[0])
        page = desk.get(at(item.key))
        assert page.status_code == 200
        assert 'name="answer"' in page.content.decode()
        saved = answer(desk, run, item.key, **ANSWERS[item.kind])
        assert saved.status_code == 302, text(saved)
        assert desk.get(at(item.key)).status_code == 200
        seen.add(item.kind)
    assert seen == set(KINDS)

    desk.post(reverse("local_strategies:run_step", args=["olpe", "abschliessen"]))
    draft = queries.open_version(run.strategy)
    rows = {row.base["title"]: row.shown for row in draft.decisions.all()}
    assert (draft.edition.ordinal, rows["Daten gemeinsam regeln"], rows["Mitfahrnetz"]) == (3, "deferred", "declined")
    assert [part.content["title"] for part in draft.own_parts.all()] == ["Dorfläden"]
    assert "Fassung 2 ist ein Entwurf" in text(desk.get(RUN))


def test_a_conflict_shows_three_wordings_with_reasons_and_chooses_nothing(desk: Client, run: Run) -> None:
    page = desk.get(at(f"{identity('co')}/block:{identity('co1')}"))
    body = page.content.decode()

    assert 'value="take" checked' not in body
    assert "checked" not in body
    for words in (
        "Bisher gemeinsam",
        "Neu in der Region",
        "Heute in Olpe",
        "Der Rat hat die Vision beschlossen.",
        "Nicht mehr nur die Pioniere",
        "Die Stelle gilt dann als übernommen.",
    ):
        assert words in text(page)
    assert "<del>" in body
    assert "<ins>" in body


def test_a_clean_merge_is_offered_filled_and_not_confirmed(desk: Client, run: Run) -> None:
    body = text(desk.get(at(f"{identity('of')}/block:{identity('of1')}")))

    assert "Beides zusammen: Vorschlag prüfen und übernehmen" in body
    assert "Die Region veröffentlicht jeden Tag Daten. Alle Kommunen machen mit und helfen einander gern." in body


def test_safe_ones_are_listed_and_taken_over_in_one_step(desk: Client, run: Run) -> None:
    before = desk.get(RUN)
    assert "4 Stellen in einem Schritt übernehmen" in text(before)

    done = desk.post(reverse("local_strategies:run_step", args=["olpe", "alle"]), follow=True)

    assert "4 Stellen in einem Schritt übernommen" in text(done)
    assert 'id="sicher"' not in done.content.decode()


def test_what_was_typed_survives_a_refusal(desk: Client, run: Run) -> None:
    key = key_of(run, "split")
    refused = answer(desk, run, key, answer="decline", reason="")
    assert (refused.status_code, "einen Grund an" in text(refused)) == (409, True)

    key = f"{identity('co')}/block:{identity('co1')}"
    refused = answer(desk, run, key, text="Lange getippt.", reason="Darum.")

    assert (refused.status_code, "Wählen Sie, was gelten soll." in text(refused)) == (400, True)
    assert "Lange getippt." in text(refused)
    assert "Darum." in text(refused)


def test_a_day_that_is_none_is_refused_and_kept(desk: Client, run: Run) -> None:
    refused = answer(desk, run, key_of(run, "split"), answer="defer", reason="Später.", until="31.2.2030")

    assert refused.status_code == 400
    assert "31.2.2030" in refused.content.decode()


def test_a_colleagues_answer_is_shown_and_the_own_one_kept(desk: Client, run: Run, editor: User) -> None:
    key = key_of(run, "withdrawn_clean")
    stale = runs.answer_mark(None)
    assert signed_in(editor).post(at(key), {"seen": stale, "answer": "to_local"}).status_code == 302

    late = desk.post(at(key), {"seen": stale, "answer": "end", "reason": "Ist erledigt."})

    assert late.status_code == 409
    assert "Inzwischen beantwortet von Edda" in text(late)
    assert "Ist erledigt." in text(late)
    again = re.search(r'name="seen" value="([^"]*)"', late.content.decode())[1]
    assert desk.post(at(key), {"seen": again, "answer": "end"}).status_code == 302
    assert queries.resolutions_of(run)[key].answer == "end"


def test_an_answer_is_taken_back_with_those_that_hang_on_it(desk: Client, run: Run) -> None:
    whole = key_of(run, "reinstated")
    promoted = key_of(run, "promoted")
    under = [item.key for item in queries.run_value(run).items if item.given == promoted]
    assert under
    assert desk.get(at(under[0])).status_code == 302, "asked only once the element is adopted"
    answer(desk, run, promoted, answer="adopt")
    assert "Gefragt wegen Ihrer Antwort zu: 17 Stadtführung" in text(desk.get(at(under[0])))
    assert "Bisher in Olpe Ihre eigene Stelle" in text(desk.get(at(under[0])))
    answer(desk, run, under[0], answer="take")
    answer(desk, run, whole, answer="adopt")

    assert "mit einer Antwort, die daran hängt" in text(desk.get(at(promoted)))
    desk.post(reverse("local_strategies:run_step", args=["olpe", "zuruecknehmen"]), {"stelle": promoted})

    assert set(queries.resolutions_of(run)) == {whole}


def test_lost_wording_is_placed_by_ticking_it(desk: Client, run: Run) -> None:
    key = identity("sp2")
    body = desk.get(at(key)).content.decode()
    placed = re.search(r'name="placed" value="([^"]*)"', body)[1]
    assert "Sensoren messen Pegel, Luft und Lärm in Olpe." in body

    answer(desk, run, key, answer="adopt", placed=[placed])

    assert queries.resolutions_of(run)[key].placed == (placed,)
    assert f'value="{placed}" checked' in desk.get(at(key)).content.decode()


@pytest.mark.usefixtures("solutions")
def test_what_a_module_hangs_on_an_element_is_to_be_checked(desk: Client, run: Run) -> None:
    body = text(desk.get(at(identity("wc"))))

    assert {item.key: item.kind for item in queries.run_value(run).items}[identity("wc")] == "withdrawn_in_use"
    assert "Bitte prüfen" in body
    assert "Lösung: Glasfaserkarte" in body


def test_a_coming_event_about_a_withdrawn_or_divided_passage_is_to_be_checked(
    desk: Client, run: Run, olpe: Organisation
) -> None:
    split = key_of(run, "split")
    source = next(item for item in queries.run_value(run).items if item.key == split).sources[0]
    for element, title in ((identity("wc"), "Abend der Karten"), (source, "Gang durch die Stadt")):
        event(olpe, title=title, starts_at=timezone.now() + timedelta(days=9)).elements.add(element)

    kinds = {item.key: item.kind for item in queries.run_value(run).items}
    assert (kinds[identity("wc")], kinds[split]) == ("withdrawn_in_use", "split")
    assert "Veranstaltung: Abend der Karten, " in text(desk.get(at(identity("wc"))))
    assert "Veranstaltung: Gang durch die Stadt, " in text(desk.get(at(split)))


def test_a_question_that_is_gone_leads_to_the_list(desk: Client, run: Run) -> None:
    assert "Diese Frage stellt sich nicht mehr" in text(desk.get(at("unsinn"), follow=True))


def test_dropping_asks_first_and_leaves_everything(desk: Client, run: Run) -> None:
    drop = reverse("local_strategies:run_drop", args=["olpe"])
    answer(desk, run, key_of(run, "withdrawn_clean"), answer="end")
    assert "Eine Antwort zu „3. Auflage“ geht damit verloren" in text(desk.get(drop))

    assert "Sie können jederzeit neu beginnen" in text(desk.post(drop, follow=True))
    assert queries.open_run(run.strategy) is None
    assert "Übernahme beginnen: 3. Auflage" in text(desk.get(RUN))
    desk.post(reverse("local_strategies:run_step", args=["olpe", "beginnen"]))
    assert queries.open_run(run.strategy) is not None


def test_an_answer_to_a_finished_run_says_so(desk: Client, run: Run) -> None:
    runs.drop_run(actor=run.started_by, run=run)

    assert "Ihre Antwort wurde nicht gespeichert" in text(desk.post(at(identity("wc")), {"answer": "end"}))
    answer = desk.post(at(identity("wc")), {"answer": "end", "reason": "Niemand nutzt es mehr."})
    assert answer.status_code == 409
    assert "Ihre Antwort wurde nicht gespeichert" in text(answer)
    assert "Niemand nutzt es mehr." in text(answer)


def test_what_was_typed_for_a_question_that_is_no_longer_asked_is_given_back(desk: Client, run: Run) -> None:
    answer = desk.post(at("so-gibt-es-das-nicht"), {"answer": "keep", "reason": "Weil wir es so wollen."})

    assert answer.status_code == 409
    assert "Weil wir es so wollen." in text(answer)


def step(desk: Client, name: str, **values: str):
    return desk.post(reverse("local_strategies:run_step", args=["olpe", name]), values, follow=True)


def test_a_newer_edition_in_the_middle_says_how_many_answers_stay(desk: Client, run: Run, framework: Framework) -> None:
    step(desk, "alle")
    answer(desk, run, key_of(run, "withdrawn_clean"), answer="end")
    fourth_edition(framework, key_of(run, "promoted"))

    page = text(desk.get(RUN))
    assert "Inzwischen in Kraft: 4. Auflage" in page
    assert "4 von Ihren 5 Antworten blieben" in page

    assert "Sie übernehmen jetzt: 4. Auflage." in text(step(desk, "umstellen"))
    assert set(queries.resolutions_of(run)) == {
        key for key in queries.resolutions_of(run) if not key.startswith(identity("up"))
    }
    assert len(queries.resolutions_of(run)) == 4


def test_a_draft_is_reopened_with_all_answers_until_it_is_submitted(desk: Client, run: Run) -> None:
    assert "Fragen sind noch offen" in text(step(desk, "abschliessen"))
    while keys := open_keys(run):
        item = next(item for item in queries.run_value(run).items if item.key == keys[0])
        answer(desk, run, item.key, **ANSWERS[item.kind])
    given = set(queries.resolutions_of(run))
    assert "Alles ist beantwortet." in text(desk.get(RUN))

    done = text(step(desk, "abschliessen"))
    assert "Wesentlich: der Rat entscheidet" in done
    assert "Fragen wieder öffnen" in done
    assert "Die Fragen sind wieder offen" in text(step(desk, "wieder-oeffnen"))
    assert set(queries.resolutions_of(run)) == given
    assert queries.open_version(run.strategy) is None


def test_a_step_that_does_not_exist_and_a_strategy_that_is_not_begun(
    editor: User, olpe: Organisation, edition: Edition
) -> None:
    desk = signed_in(editor)

    assert "Es gibt noch keine örtliche Strategie." in text(desk.get(RUN))
    assert step(desk, "beginnen").status_code == 404
    assert step(desk, "unsinn").status_code == 404


def test_the_list_and_a_question_ask_the_database_the_same_number_of_times(
    desk: Client, run: Run, django_assert_num_queries
) -> None:
    desk.get(RUN)
    with django_assert_num_queries(22):
        desk.get(RUN)
    with django_assert_num_queries(22):
        desk.get(at(identity("wc")))
    for kind in ("withdrawn_clean", "promoted", "reinstated"):
        answer(desk, run, key_of(run, kind), **ANSWERS[kind])
    with django_assert_num_queries(22):
        desk.get(RUN)
    with django_assert_num_queries(22):
        desk.get(at(identity("wc")))
