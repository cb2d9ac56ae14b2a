"""What everybody reads when it is over: numbers from five people on, words that were released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from andock.participation.services.people import count_unnamed
from andock.questionnaire.models import Question, Submission
from andock.questionnaire.results import results
from andock.questionnaire.services.answering import enter_paper
from andock.questionnaire.services.releasing import release

from .scenes import BASE, DESK, answer, asked, client, names, over

if TYPE_CHECKING:
    from typing import Any

    from andock.questionnaire.models import Questionnaire
    from tests.accounts.cast import Cast

OPTIONS = [{"key": "a1", "label": "Bus"}, {"key": "a2", "label": "Rad"}, {"key": "a3", "label": "zu Fuß"}]


def question(kind: str, **values: Any) -> Question:
    return Question(pk=1, kind=kind, label="Frage", options=OPTIONS, **values)


def numbers(asked_one: Question, answers: list) -> list[dict[str, int | None]]:
    submissions = [Submission(answers={"q1": given}) for given in answers]
    charts = results([asked_one], submissions, {"olpe": "Olpe"})[0].charts
    return [{bar.label: bar.number for bar in chart.bars} for chart in charts]


def test_numbers_below_five_stay_away_and_the_next_with_them() -> None:
    assert numbers(question("single"), ["a1"] * 9 + ["a2"] * 6 + ["a3"] * 5) == [{"Bus": 9, "Rad": 6, "zu Fuß": 5}]
    assert numbers(question("single"), ["a1"] * 9 + ["a2"] * 6 + ["a3"] * 4) == [
        {"Bus": 9, "Rad": None, "zu Fuß": None}
    ]
    assert numbers(question("single"), ["a1"] * 9 + ["a2"] * 2 + ["a3"] * 4) == [
        {"Bus": 9, "Rad": None, "zu Fuß": None}
    ]


def test_two_small_groups_that_are_fewer_than_five_together_hide_a_third() -> None:
    found = numbers(question("single"), ["a1"] * 20 + ["a2"] * 3)

    assert found == [{"Bus": None, "Rad": None, "zu Fuß": None}]


def test_place_in_words_alone_needs_no_chart() -> None:
    assert numbers(question("place"), [{"words": "Markt"}] * 6) == []


def test_question_that_fewer_than_five_answered_shows_no_number() -> None:
    found = results([question("single")], [Submission(answers={"q1": "a1"})] * 4, {})[0]

    assert (found.people, found.charts) == (None, [])


def test_several_scale_and_place_are_counted_by_person() -> None:
    assert numbers(question("several"), [["a1", "a2"]] * 5 + [["a2", "a3"]] * 6) == [{"Bus": 5, "Rad": 11, "zu Fuß": 6}]
    assert numbers(question("scale", low=1, high=2, high_label="gut"), [1] * 5 + [2] * 7) == [{"1": 5, "2 – gut": 7}]
    assert numbers(question("place"), [{"municipality": "olpe"}] * 5 + [{"words": "Markt"}] * 5) == [
        {"Olpe": 5, "keine von diesen": 5}
    ]


def test_each_row_of_a_matrix_is_counted_and_suppressed_by_itself() -> None:
    rows = [{"key": "r1", "label": "heute"}, {"key": "r2", "label": "früher"}]

    found = numbers(question("matrix", rows=rows), [{"r1": "a1", "r2": "a2"}] * 5 + [{"r1": "a2"}] * 5)

    assert found == [{"Bus": 5, "Rad": None, "zu Fuß": None}, {"Bus": None, "Rad": 5, "zu Fuß": None}]


def test_ranking_gives_points_by_place_from_five_people_on() -> None:
    submissions = [Submission(answers={"q1": ["a1", "a2"]})] * 6 + [Submission(answers={"q1": ["a2", "a3"]})] * 4

    chart = results([question("ranking")], submissions, {})[0].charts[0]

    assert [(bar.label, bar.points) for bar in chart.bars] == [("Rad", 24), ("Bus", 18), ("zu Fuß", None)]


@pytest.mark.parametrize(
    ("labels", "answers"),
    [(OPTIONS[:2], [["a1", "a2"]] * 6 + [["a2", "a1"]]), (OPTIONS, [["a1"]] * 20 + [["a2"]] * 7 + [["a3"]] * 2)],
    ids=["two answers", "the first place alone"],
)
def test_points_never_tell_a_small_group_of_first_places(labels: list, answers: list) -> None:
    ranking = Question(pk=1, kind="ranking", label="Frage", options=labels)

    chart = results([ranking], [Submission(answers={"q1": one}) for one in answers], {})[0].charts[0]

    kept_back = [bar for bar in chart.bars if bar.number is None]
    assert len(kept_back) == 2
    assert {bar.points for bar in kept_back} == {None}


@pytest.mark.parametrize(("small", "people"), [(2, None), (5, 6)])
def test_question_for_some_does_not_tell_how_many_they_are_where_that_is_kept_back(
    small: int, people: int | None
) -> None:
    way = question("single", is_required=True)
    more = Question(pk=2, kind="text", label="Warum?", shown_if=way, shown_if_option="a2")
    last = Question(pk=3, kind="single", label="Und?", options=OPTIONS, shown_if=way, shown_if_option="a2")
    submissions = [
        *[Submission(answers={"q1": "a1"})] * 20,
        *[Submission(answers={"q1": "a2", "q2": "Darum.", "q3": "a1"}, released=["q2"])] * 6,
        *[Submission(answers={"q1": "a3"})] * small,
    ]

    found = results([way, more, last], submissions, {})

    assert [one.people for one in found] == [26 + small, people, people]
    assert [one.is_kept_back for one in found] == [False, people is None, people is None]
    assert bool(found[2].charts) == (people is not None)
    assert found[1].texts == ["Darum."] * 6


def test_question_for_those_who_chose_one_of_several_is_told(cast: Cast) -> None:
    lacks = question("several")
    more = Question(pk=2, kind="text", label="Warum?", shown_if=lacks, shown_if_option="a1")
    submissions = [
        *[Submission(answers={"q1": ["a1"], "q2": "Darum."})] * 6, *[Submission(answers={"q1": ["a2"]})] * 2
    ]  # fmt: skip

    assert [one.people for one in results([lacks, more], submissions, {})] == [8, 6]


def crowd(found: Questionnaire, number: int, way: str, start: int = 0, **more: Any) -> None:
    for place in range(number):
        answer(found, f"p{way}{start + place}", way, **more)


def test_result_is_for_everybody_only_when_the_phase_is_over(cast: Cast) -> None:
    found = asked(cast.olpe)
    address = f"{BASE}ergebnis/"

    early = [browser.get(address).status_code for browser in (Client(), client(cast, "soest_releaser"), client(cast))]
    over(found)

    assert early == [403, 403, 200]
    assert Client().get(address).status_code == 200


def test_page_shows_bars_and_tables_and_how_many_on_paper(cast: Cast) -> None:
    found = asked(cast.olpe)
    crowd(found, 6, "a2")
    crowd(found, 5, "a3")
    crowd(found, 1, "a1", **{names(found)[1]: 2})
    enter_paper(actor=cast.olpe_editor, questionnaire=found, number=1, answers={names(found)[0]: "a2"}, now=timezone.now())  # fmt: skip
    over(found)

    page = Client().get(f"{BASE}ergebnis/").content.decode()

    assert '<strong class="num">13</strong> Personen haben geantwortet, 1 davon auf Papier.' in page
    assert 'class="b-share" x="0" y="0" width="53.8%"' in page
    assert '<td class="num">7</td>' in page
    assert '<td class="num">1</td>' not in page
    assert '<td class="num">5</td>' not in page


def test_words_are_read_by_others_only_when_staff_released_them(cast: Cast) -> None:
    found = asked(cast.olpe)
    words = names(found)[4]
    one = answer(found, "ada", **{words: "Mehr <b>Bänke</b>."})
    two = answer(found, "bela", **{words: "Frau Muster ist faul."})
    over(found)

    changed = client(cast).post(f"{DESK}texte/", {"released": [f"{one.pk}.{words}", f"{two.pk}.q999", "x.y"]})

    page = Client().get(f"{BASE}ergebnis/").content.decode()
    assert changed.status_code == 302
    assert "Mehr &lt;b&gt;Bänke&lt;/b&gt;." in page
    assert "Frau Muster" not in page


def test_released_words_can_be_taken_back(cast: Cast) -> None:
    found = asked(cast.olpe)
    words = names(found)[4]
    one = answer(found, "ada", **{words: "Mehr Bänke."})
    release(actor=cast.olpe_editor, questionnaire=found, shown=[one.pk], chosen={(one.pk, words)})

    assert release(actor=cast.olpe_editor, questionnaire=found, shown=[one.pk], chosen=set()) == 1
    assert Submission.objects.get().released == []


def test_table_holds_all_answers_without_names_and_without_formulas(cast: Cast) -> None:
    found = asked(cast.olpe)
    answer(found, "ada", **{names(found)[4]: "=1+1", names(found)[6]: {"r1": "a1"}})

    answered = client(cast).get(f"{DESK}antworten.csv")

    text = answered.content.decode()
    assert "'=1+1" in text
    assert "Rad" in text
    assert "ada" not in text
    assert client(cast, "soest_releaser").get(f"{DESK}antworten.csv").status_code == 403


@pytest.mark.parametrize("people", [1, 3])
def test_result_takes_the_same_queries_however_many_answered(
    cast: Cast, django_assert_num_queries, people: int
) -> None:
    found = asked(cast.olpe)
    crowd(found, people, "a2")
    count_unnamed(found.phase, timezone.now())
    over(found)
    Client().get(f"{BASE}ergebnis/")

    with django_assert_num_queries(RESULT_QUERIES):
        Client().get(f"{BASE}ergebnis/")


RESULT_QUERIES = 9
