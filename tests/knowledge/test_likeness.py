"""What fits a municipality: the five questions, their sum, and the page."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from andock.knowledge.addresses import short_name
from andock.knowledge.choices import SizeClass
from andock.knowledge.forms.likeness import SETTLEMENTS, WEIGHTS
from andock.knowledge.likeness import (
    POINTS,
    Answer,
    Criterion,
    Fit,
    Offer,
    Place,
    Point,
    Town,
    Verdict,
    distance,
    fit,
    ranked,
)
from andock.local_strategies.services.drafts import begin_strategy
from andock.organisations.models import District, Municipality, Organisation, Term
from andock.strategy.models import Framework
from tests.factories.knowledge import reached, solution, transfer
from tests.factories.organisations import district, municipality
from tests.factories.strategy import element
from tests.local_strategies.scenes import choose, docked, in_force, published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.accounts.cast import Cast

PAGE = "/loesungen/passend/"
OLPE = Town(
    "Olpe", size="up_to_25000", district="OE", point=Point(51.03, 7.85), settlement="town",
    topics=frozenset({"topics/klima"}), shares=frozenset({"P1"}), has=("Funknetz",),
)  # fmt: skip
EVEN = dict.fromkeys(Criterion, 1)


@pytest.fixture(autouse=True)
def source_language(request: pytest.FixtureRequest) -> Iterator[None]:
    """Reasons of the pure part are compared by their source sentences; pages are read in German."""
    with translation.override("de" if "here" in request.fixturenames else "en"):
        yield


def verdicts(offer: Offer, town: Town = OLPE) -> dict[str, Answer]:
    return {verdict.criterion.value: verdict.answer for verdict in fit(town, offer, EVEN).verdicts}


def reason(criterion: Criterion, offer: Offer, town: Town = OLPE) -> tuple[Answer, str]:
    found = next(one for one in fit(town, offer, EVEN).verdicts if one.criterion == criterion)
    return found.answer, found.reason


# --- the questions ----------------------------------------------------------------------------------------------------
def test_nothing_known_of_a_card_is_neither_for_nor_against_it() -> None:
    found = fit(OLPE, Offer("a", "A"), EVEN)

    assert {verdict.answer for verdict in found.verdicts} == {Answer.UNKNOWN}
    assert (found.points, found.most, found.score) == (0, 5, 0.5)


def test_everything_that_fits_makes_one_and_its_opposite_nothing() -> None:
    best = Offer(
        "a", "A", "operation", frozenset({"up_to_25000"}), "town", {"topics/klima": "Klima"}, "Ein Funknetz", {},
        (Place("Wenden", "OE"),),
    )  # fmt: skip
    worst = Offer("b", "B", "idea", frozenset({"from_50000"}), "rural", {"topics/x": "X"})

    assert fit(OLPE, best, EVEN).score == 1
    assert verdicts(worst) == {
        "size": "not_met", "settlement": "not_met", "topic": "not_met", "ready": "unknown", "nearby": "not_met",
    }  # fmt: skip
    assert fit(OLPE, worst, EVEN | {Criterion.READY: 0}).score == 0


@pytest.mark.parametrize(
    ("people", "size"),
    [(9_999, "up_to_10000"), (10_000, "up_to_25000"), (25_000, "up_to_50000"), (50_000, "from_50000")],
)
def test_size_classes_begin_with_their_lower_end(people: int, size: str) -> None:
    assert SizeClass.of(people) == size


@pytest.mark.parametrize(
    ("town", "offer", "answer", "words"),
    [
        ({"topics": None}, {"topics": {"topics/klima": "Klima"}}, "unknown", "no local strategy in force"),
        ({"topics": frozenset()}, {"topics": {"topics/klima": "Klima"}}, "unknown", "No passage"),
        ({}, {}, "unknown", "names no topic"),
        ({}, {"topics": {"topics/x": "X", "topics/klima": "Klima"}}, "met", "Klima."),
        ({}, {"topics": {"topics/x": "X"}}, "not_met", "other topics"),
    ],
)
def test_topic_is_asked_of_the_strategy_in_force(town: dict, offer: dict, answer: str, words: str) -> None:
    found = reason(Criterion.TOPIC, Offer("a", "A", **offer), replace(OLPE, **town))

    assert found[0] == answer
    assert words in found[1]


@pytest.mark.parametrize(
    ("offer", "answer", "words"),
    [
        ({}, "unknown", "names no prerequisites"),
        ({"prerequisites": "Ein Baumkataster"}, "unknown", "Only you know whether this is there: Ein Baumkataster"),
        ({"prerequisites": "Ein funknetz und mehr"}, "met", "with you already: Funknetz"),
        ({"related": {"P1": "Plattform", "P2": "Anderes"}}, "met", "already takes part in: Plattform"),
        ({"related": {"P2": "Anderes"}}, "unknown", "names no prerequisites"),
    ],
)
def test_prerequisites_are_met_or_not_known_and_never_missing(offer: dict, answer: str, words: str) -> None:
    found = reason(Criterion.READY, Offer("a", "A", **offer))

    assert found[0] == answer
    assert words in found[1]


@pytest.mark.parametrize(
    ("state", "places", "answer", "words"),
    [
        ("", (), "unknown", "is not known"),
        ("idea", (), "not_met", "Not in operation anywhere (idea)"),
        ("operation", (Place("Wenden", "OE"),), "met", "Wenden (same district)"),
        ("operation", (Place("Drolshagen", "GM", Point(51.02, 7.77)),), "met", "Drolshagen (6 km)"),
        ("operation", (Place("Soest", "SO", Point(51.57, 8.11)),), "not_met", "farther away only: Soest"),
        ("operation", (Place("Bamberg"),), "unknown", "how far away"),
        ("pilot", (Place("Wenden", "OE", is_certain=False),), "unknown", "Perhaps in operation nearby: Wenden"),
        ("pilot", (Place("Wenden", "OE", is_certain=False), Place("Attendorn", "OE")), "met", "Attendorn"),
    ],
)
def test_nearby_is_the_same_district_or_a_short_way(state: str, places: tuple, answer: str, words: str) -> None:
    found = reason(Criterion.NEARBY, Offer("a", "A", state, places=places))

    assert found[0] == answer
    assert words in found[1]


def test_settlement_type_nobody_has_said_decides_nothing() -> None:
    offer = Offer("a", "A", settlement="rural")

    assert reason(Criterion.SETTLEMENT, offer, replace(OLPE, settlement=""))[0] == "unknown"
    assert reason(Criterion.SETTLEMENT, offer, replace(OLPE, settlement="rural"))[0] == "met"
    assert reason(Criterion.SETTLEMENT, offer)[0] == "not_met"


def test_distance_between_olpe_and_soest_is_as_on_the_map() -> None:
    assert distance(Point(51.03, 7.85), Point(51.57, 8.11)) == pytest.approx(62.7, abs=0.5)


# --- the sum ----------------------------------------------------------------------------------------------------------
ANSWERS = st.lists(st.sampled_from(Answer), min_size=5, max_size=5)
WEIGHING = st.lists(st.integers(0, 3), min_size=5, max_size=5)


def made(answers: list[Answer], weights: list[int]) -> Fit:
    rows = zip(Criterion, answers, weights, strict=True)
    return Fit(Offer("a", "A"), tuple(Verdict(one, answer, "", weight) for one, answer, weight in rows))


@given(ANSWERS, WEIGHING)
def test_score_lies_between_nothing_and_one(answers: list[Answer], weights: list[int]) -> None:
    assert 0 <= made(answers, weights).score <= 1


@given(ANSWERS, WEIGHING, st.integers(0, 4))
def test_more_weight_helps_what_fits_and_harms_what_does_not(
    answers: list[Answer], weights: list[int], place: int
) -> None:
    more = [weight + (index == place) for index, weight in enumerate(weights)]
    before, after = made(answers, weights), made(answers, more)

    assert after.points - before.points == POINTS[answers[place]]
    if answers[place] == Answer.MET:
        assert after.score >= before.score
    if answers[place] == Answer.NOT_MET:
        assert after.score <= before.score


@given(ANSWERS, WEIGHING, st.integers(0, 4), st.sampled_from(Answer))
def test_question_without_a_weight_changes_nothing(
    answers: list[Answer], weights: list[int], place: int, other: Answer
) -> None:
    weights[place] = 0
    changed = [*answers[:place], other, *answers[place + 1 :]]

    assert made(answers, weights).score == made(changed, weights).score
    assert Criterion.values[place] not in [verdict.criterion for verdict in made(answers, weights).asked]


@given(ANSWERS, WEIGHING, st.integers(0, 4))
def test_not_known_is_never_worse_than_no_and_never_better_than_yes(
    answers: list[Answer], weights: list[int], place: int
) -> None:
    scores = [
        made([*answers[:place], answer, *answers[place + 1 :]], weights).score
        for answer in (Answer.NOT_MET, Answer.UNKNOWN, Answer.MET)
    ]

    assert scores == sorted(scores)


OFFERS = st.lists(
    st.builds(
        Offer, st.uuids().map(str), st.sampled_from(["App", "app", "Baum", "Änderung"]), st.sampled_from(["", "idea"]),
        st.sampled_from([frozenset(), frozenset({"up_to_25000"}), frozenset({"from_50000"})]),
        st.sampled_from(["", "town", "rural"]),
    ),
    max_size=8,
)  # fmt: skip


@given(OFFERS, WEIGHING, st.randoms())
def test_order_is_by_score_then_title_whatever_the_order_before(
    offers: list[Offer], weights: list[int], chance: Any
) -> None:
    weighed = dict(zip(Criterion, weights, strict=True))
    found = ranked(OLPE, offers, weighed)
    chance.shuffle(offers)

    assert [one.offer.key for one in ranked(OLPE, offers, weighed)] == [one.offer.key for one in found]
    ranks = [(-one.score, one.offer.title.casefold()) for one in found]
    assert ranks == sorted(ranks)


def test_every_question_can_be_weighed_and_every_type_said() -> None:
    assert list(WEIGHTS.values()) == list(Criterion)
    assert set(SETTLEMENTS.values()) == {"city", "town", "rural"}


# --- the page ---------------------------------------------------------------------------------------------------------
def settle(organisation: Organisation, ags: str, people: int, latitude: float) -> None:
    """The organisation is a municipality of the district its key names."""
    home = District.objects.filter(ags=ags[:5]).first() or district(f"Kreis {ags[:5]}", ags[:5])
    Organisation.objects.filter(pk=organisation.pk).update(district=home)
    Municipality.objects.create(
        organisation=organisation, ags=ags, ars=f"{ags[:5]}0{ags[5:]}{ags[5:]}", kind="town", population=people,
        population_on=date(2023, 12, 31), area_km2=10, latitude=latitude, longitude=8.0,
    )  # fmt: skip


@pytest.fixture
def here(cast: Cast) -> Cast:
    """Olpe is a municipality, Soest another, larger and far away."""
    settle(cast.olpe, "05966024", 24_000, 51.0)
    settle(cast.soest, "05974040", 48_000, 52.0)
    return cast


def page(query: str = "") -> str:
    answer = Client().get(f"{PAGE}{query}")
    assert answer.status_code == 200, query
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def hits(shown: str) -> list[str]:
    return re.findall(r"<h3[^>]*><a href=\"/loesungen/[^\"]+\">([^<]+)</a></h3>", shown)


def reasons(shown: str) -> list[str]:
    """The reasons of all hits, in order."""
    return [words.strip() for words in re.findall(r'</strong> <span class="small">([^<]+)</span></p></li>', shown)]


def test_page_asks_for_a_municipality_first(here: Cast) -> None:
    solution(here.soest, title="App")

    for query in ("", "?kommune=nirgends", "?kommune=%00&g-groesse=9&seite=x"):
        shown = page(query)
        assert hits(shown) == []
        assert "Wählen Sie eine Kommune" in shown
    assert 'value="2" selected' in page()


def test_what_fits_stands_first_with_its_reasons_and_what_is_shared_already_does_not_stand_there(here: Cast) -> None:
    solution(here.soest, title="Weit", state="idea")
    wenden = municipality("Wenden", "05966028", population=19_000)
    near = solution(wenden.organisation, title="Nah")
    taken = solution(here.soest, title="Längst übernommen")
    reached(transfer(taken, here.olpe), "in_operation", "2024")
    solution(here.olpe, title="Eigene")
    solution(here.soest, title="Gemeinsame").partners.add(here.olpe)
    solution(here.soest, title="Entwurf", publication="draft")

    shown = page("?kommune=olpe")

    assert hits(shown) == ["Nah", "Weit"]
    assert near.slug in shown
    assert "Was zu Olpe passt" in shown
    assert '<strong class="num">4</strong> von 10 Punkten' in shown
    assert reasons(shown)[0] == "Erprobt in einer Kommune gleicher Größe: 10.000 bis 25.000 Menschen."
    assert "In der Nähe in Betrieb: Wenden (0 km)." in reasons(shown)
    assert "Noch nirgends oder nicht mehr in Betrieb (Idee)." in reasons(shown)
    assert "Von Olpe ist hier keine eigene Strategie in Kraft." in reasons(shown)


def test_weights_of_the_reader_change_the_order_and_what_is_told(here: Cast) -> None:
    wenden = municipality("Wenden", "05966028", population=60_000)
    solution(wenden.organisation, title="Nah und groß")
    solution(here.soest, title="Gleich groß", size_class="up_to_25000", state="idea")

    assert hits(page("?kommune=olpe&g-groesse=1&g-naehe=3")) == ["Nah und groß", "Gleich groß"]
    assert hits(page("?kommune=olpe&g-groesse=3&g-naehe=1")) == ["Gleich groß", "Nah und groß"]
    shown = page("?kommune=olpe&g-groesse=0&g-siedlung=0&g-thema=0&g-bedingungen=0&g-naehe=0")
    assert hits(shown) == ["Gleich groß", "Nah und groß"]
    assert reasons(shown) == []
    assert "Keine Frage zählt" in shown
    assert '<details class="more" open>' in shown


def test_solution_taken_over_nearby_counts_with_the_size_of_who_runs_it(here: Cast) -> None:
    wenden = municipality("Wenden", "05966028", population=19_000).organisation
    made = transfer(solution(here.soest, title="App", state="pilot"), wenden)
    reached(made, "in_operation", "2024")

    assert "In der Nähe in Betrieb: Wenden (0 km)." in reasons(page("?kommune=olpe"))
    assert any(words.startswith("Erprobt in einer Kommune gleicher") for words in reasons(page("?kommune=olpe")))

    reached(made, "ended", "2025")
    assert "Noch nirgends oder nicht mehr in Betrieb (Pilot)." in reasons(page("?kommune=olpe"))


def test_transfer_that_may_have_ended_runs_perhaps(here: Cast) -> None:
    wenden = municipality("Wenden", "05966028").organisation
    made = transfer(solution(here.soest, title="App", state="pilot"), wenden)
    reached(made, "in_operation", "2024")
    reached(made, "ended", "[2024..2099]")

    assert "Vielleicht in der Nähe in Betrieb: Wenden (0 km)." in reasons(page("?kommune=olpe"))


def test_topic_of_an_adopted_passage_counts_from_the_day_the_strategy_is_in_force(here: Cast) -> None:
    klima = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    Term.objects.create(vocabulary="topics", slug="kultur", labels={"de": "Kultur"})
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=here.agency)
    edition = published(
        framework, 1, element("g1", label="1", terms=("topics/klima",)), element("g2", label="2", terms=("topics/kultur",))
    )  # fmt: skip
    docked(here.olpe, framework)
    solution(here.soest, title="App").terms.add(klima)
    version = begin_strategy(actor=here.olpe_editor, organisation=here.olpe, edition=edition)
    choose(here.olpe_editor, version, "declined", "g2", reason="Machen wir nicht.")
    assert "Von Olpe ist hier keine eigene Strategie in Kraft." in reasons(page("?kommune=olpe"))

    in_force(here.olpe_releaser, version)

    assert "Steht auch in der Strategie von Olpe: Klima." in reasons(page("?kommune=olpe"))
    solution(here.soest, title="Bühne").terms.add(Term.objects.get(slug="kultur"))
    assert "Die Strategie von Olpe nennt andere Themen." in reasons(page("?kommune=olpe&thema=kultur"))
    assert hits(page("?kommune=olpe&thema=kultur")) == ["Bühne"]


def test_words_of_the_reader_are_looked_for_in_the_prerequisites_and_stay_words(here: Cast) -> None:
    solution(here.soest, title="App", prerequisites="Ein Funknetz (LoRaWAN) und <b>Mut</b>", settlement_type="rural")

    shown = page("?kommune=olpe&vorhanden=lorawan,%20,<i>&siedlung=land")

    assert "Wird vorausgesetzt und ist bei Ihnen da: lorawan." in shown
    assert "Erprobt im gleichen Siedlungstyp: ländlich, dünn besiedelt." in shown
    assert "Ob das bei Ihnen da ist, wissen nur Sie: Ein Funknetz (LoRaWAN) und" in page("?kommune=olpe")
    raw = Client().get(f"{PAGE}?kommune=olpe&vorhanden=<i>").content.decode()
    assert "<i>" not in raw.replace("<i class", "")
    assert "<b>Mut" not in raw


def test_page_of_many_keeps_the_choice(here: Cast) -> None:
    for number in range(13):
        solution(here.soest, title=f"Nr. {number:02}")

    assert "?kommune=olpe&g-groesse=2" in page("?kommune=olpe")
    assert hits(page("?kommune=olpe&g-naehe=3&seite=2")) == ["Nr. 12"]


def test_ways_lead_there_from_the_list_and_from_a_municipality(here: Cast) -> None:
    assert 'href="/loesungen/passend/"' in Client().get("/loesungen/").content.decode()
    shown = Client().get("/kommunen/olpe/").content.decode()
    assert 'href="/loesungen/passend/?kommune=olpe"' in shown
    assert "Von Olpe steht hier noch keine Lösung" in shown
    assert "passend" not in Client().get(f"/kommunen/{here.agency.slug}/").content.decode()


def test_no_card_takes_the_address_of_the_page() -> None:
    assert short_name("Passend", set()) == "loesung-passend"
