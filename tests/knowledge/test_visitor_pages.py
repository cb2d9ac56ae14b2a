"""What everybody sees of solutions."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from andock.kernel.modules import attached_to
from andock.knowledge.choices import RESERVED_SLUGS, SolutionKind, SolutionState
from andock.knowledge.models import Finding, SolutionDocument
from andock.knowledge.solution_filter import KINDS, STATES
from andock.organisations.models import Term
from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.events import event
from tests.factories.knowledge import complete, guide, solution
from tests.factories.strategy import block, document, element, identity

pytestmark = pytest.mark.django_db
LIST = "/loesungen/"


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def titles(path: str) -> list[str]:
    """The cards a list shows, in order."""
    return re.findall(r"<h3[^>]*><a href=\"/loesungen/[^\"]+\">([^<]+)</a></h3>", page(path))


def klima() -> Term:
    return Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})


def soon() -> Any:
    return timezone.localdate() + timedelta(days=100)


# --- the list --------------------------------------------------------------------------------------------------------
def test_list_shows_published_cards_those_in_operation_first(cast: Cast) -> None:
    for title, state in (("Idee", "idea"), ("Läuft", "operation"), ("Unklar", ""), ("Pilot", "pilot")):
        solution(cast.olpe, title=title, state=state)
    solution(cast.olpe, title="Entwurf", publication="draft")
    solution(cast.olpe, title="Archiv", publication="archived")

    assert titles(LIST) == ["Läuft", "Pilot", "Idee", "Unklar"]


def test_list_is_narrowed_by_topic_municipality_type_and_state(cast: Cast) -> None:
    here = solution(cast.olpe, title="Hier", kind="software", state="pilot")
    here.terms.add(klima())
    here.partners.add(cast.soest)
    solution(cast.agency, title="Dort", kind="place", state="operation")

    for query in ("thema=klima", "kommune=olpe", "kommune=soest", "art=software", "stand=pilot"):
        assert titles(f"{LIST}?{query}") == ["Hier"], query
    assert titles(f"{LIST}?art=ort") == ["Dort"]
    assert titles(f"{LIST}?art=ort&kommune=olpe") == []
    assert titles(f"{LIST}?thema=x&kommune=nirgends&art=x&stand=x&seite=x") == ["Dort", "Hier"]


def test_filter_knows_every_type_and_state() -> None:
    assert set(KINDS.values()) == set(SolutionKind)
    assert set(STATES.values()) == set(SolutionState)


def test_only_reusable_cards_are_shown_on_demand(cast: Cast) -> None:
    complete(cast.olpe, title="Alles beantwortet", answers_until=soon())
    solution(cast.olpe, title="Halb", licence="MIT")
    solution(cast.olpe, title="Leer")

    assert titles(f"{LIST}?nachnutzbar=on") == ["Alles beantwortet"]
    assert "nachnutzbar</strong>" in page(LIST)
    assert "Inspiration: 1 von 15 Angaben" in page(LIST)
    assert "<span>Inspiration</span>" in page(LIST)


@pytest.mark.parametrize("query", ["kommune=%00", "thema=%00", "art=%00", "stand=%00", "seite=%00", "nachnutzbar=%00"])
def test_list_survives_nonsense(cast: Cast, query: str) -> None:
    assert Client().get(f"{LIST}?{query}").status_code == 200


def test_list_says_what_to_do_where_it_is_empty(cast: Cast) -> None:
    assert "Hier steht noch keine Lösung" in page(LIST)
    assert "Zu dieser Auswahl gibt es noch keine Lösung" in page(f"{LIST}?art=ort")
    assert "noch keine Lösung ganz beantwortet" in page(f"{LIST}?nachnutzbar=on")


def test_list_of_many_has_pages_that_keep_the_choice(cast: Cast) -> None:
    for _number in range(25):
        solution(cast.olpe)

    assert 'href="?art=sensoren&amp;seite=2"' in page(f"{LIST}?art=sensoren")
    assert len(titles(f"{LIST}?art=sensoren&seite=2")) == 1


def test_states_are_counted_and_lead_to_their_cards(cast: Cast) -> None:
    for state in ("operation", "operation", "idea"):
        solution(cast.olpe, state=state)

    shown = page(LIST)

    assert re.findall(r'\?stand=([a-z-]+)"[^>]*><b class="num">(\d)</b>', shown) == [("in-betrieb", "2"), ("idee", "1")]


# --- one card --------------------------------------------------------------------------------------------------------
def test_card_shows_what_is_known_and_what_is_missing(cast: Cast) -> None:
    made = complete(
        cast.olpe, title="Bäume", benefit="Gießen nach Bedarf", budget=118000, start_text="2024-05", end_text="2026",
        failures="", operator_note="mit den Stadtwerken", answers_until=soon(),
    )  # fmt: skip
    made.terms.add(klima())

    shown = page(f"{LIST}{made.slug}/")

    for words in (
        "Gießen nach Bedarf", "5.000 bis 20.000 €", "0 €", "118.000 €", "Mai 2024 bis 2026", "EUPL-1.2", "die Kommune selbst (mit den Stadtwerken)",
        "https://code.example/baum", 'href="/themen/klima/"', "Grünflächenamt", "bestätigt", "Noch eine Inspiration", "Eine Antwort fehlt noch",
    ):  # fmt: skip
        assert words in shown, words
    assert shown.count('class="given"') == 14
    assert shown.count('class="open"') == 1


def test_card_of_a_source_says_that_nobody_has_confirmed_it(cast: Cast) -> None:
    made = solution(
        cast.olpe, source="https://quelle.example/a", as_of="2023-12", verified=False, note="Titel erschlossen."
    )

    shown = page(f"{LIST}{made.slug}/")

    assert "hat es noch nicht bestätigt" in shown
    assert "Stand der Quelle: Dezember 2023" in shown
    assert "Nicht belegt" in shown
    assert "Titel erschlossen." in shown


def test_card_not_confirmed_for_a_year_is_marked_and_stays(cast: Cast) -> None:
    today = timezone.localdate()
    old = solution(cast.olpe, title="Alt", confirmed_on=today - timedelta(days=366))
    new = solution(cast.olpe, title="Neu", confirmed_on=today - timedelta(days=365))

    assert set(titles(LIST)) == {"Alt", "Neu"}
    assert "Seit mehr als einem Jahr nicht bestätigt" in page(f"{LIST}{old.slug}/")
    assert "Seit mehr als einem Jahr" not in page(f"{LIST}{new.slug}/")
    assert page(LIST).count("bitte nachfragen, ob es noch stimmt") == 1


def test_card_names_what_goes_with_it(cast: Cast) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b"), label="2.3"), state="in_force"), actor=None)
    made, other = solution(cast.olpe), solution(cast.soest, title="Verwandt")
    made.related.add(other)
    made.elements.add(identity("g7"))
    made.events.add(event(cast.olpe, title="Vorgestellt"), event(cast.olpe, title="Geheim", state="draft"))
    guide(cast.olpe, title="So geht es").solutions.add(made)
    guide(cast.olpe, title="Halbfertig", publication="draft").solutions.add(made)
    Finding.objects.create(organisation=cast.soest, title="Früh anfangen", solution=made, publication="published")

    shown = page(f"{LIST}{made.slug}/")

    for words in ("Verwandt", "2.3", "Vorgestellt", "So geht es", "Früh anfangen"):
        assert words in shown, words
    for words in ("Geheim", "Halbfertig"):
        assert words not in shown, words


def test_draft_is_for_its_owners_people(cast: Cast) -> None:
    made = solution(cast.olpe, publication="draft")

    assert [client_of(cast, who).get(f"{LIST}{made.slug}/").status_code for who in ("anonymous", "soest_releaser")] == [404, 404]  # fmt: skip
    assert "Nur Menschen aus" in client_of(cast, "olpe_reader").get(f"{LIST}{made.slug}/").content.decode()


def test_archived_card_stays_at_its_address_and_out_of_search_engines(cast: Cast) -> None:
    made = solution(cast.olpe, publication="archived")

    shown = page(f"{LIST}{made.slug}/")

    assert "Archiviert." in shown
    assert 'content="noindex"' in shown
    assert made.slug not in page("/sitemap.xml")


def test_card_nobody_knows_is_not_found(cast: Cast) -> None:
    assert Client().get(f"{LIST}gibt-es-nicht/").status_code == 404


def test_text_of_strangers_stays_text(cast: Cast) -> None:
    made = solution(cast.olpe, title="<script>alert(1)</script>", benefit="<b>", text="<img src=x onerror=y>")

    for path in (LIST, f"{LIST}{made.slug}/"):
        shown = page(path)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


# --- documents -------------------------------------------------------------------------------------------------------
def test_file_of_a_public_card_is_a_download_in_a_sandbox(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    made, draft = solution(cast.olpe), solution(cast.olpe, publication="draft")
    files = [
        SolutionDocument.objects.create(
            solution=one, kind="manual", title="Handbuch", file=ContentFile(b"%PDF-", "x.pdf")
        )
        for one in (made, draft)
    ]

    answer = Client().get(f"{LIST}{made.slug}/unterlagen/{files[0].pk}.pdf")

    assert answer.content == b"%PDF-"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Client().get(f"{LIST}{draft.slug}/unterlagen/{files[1].pk}.pdf").status_code == 404
    assert Client().get(f"{LIST}{made.slug}/unterlagen/{files[1].pk}.pdf").status_code == 404


# --- on other pages --------------------------------------------------------------------------------------------------
def test_panels_show_cards_where_people_look(cast: Cast) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b"), label="2.3"), state="in_force"), actor=None)
    term = klima()
    made = solution(cast.olpe, title="Unsere Lösung")
    made.terms.add(term)
    made.elements.add(identity("g7"))
    made.partners.add(cast.soest)
    guide(cast.olpe, title="Unser Leitfaden").terms.add(term)

    for path in ("/kommunen/olpe/", "/kommunen/soest/", "/themen/klima/", f"/strategie/stelle/{identity('g7')}/"):
        assert "Unsere Lösung" in page(path), path
    assert "Unser Leitfaden" in page("/themen/klima/")


def test_own_cards_stand_before_those_of_others(cast: Cast) -> None:
    foreign = solution(cast.soest, title="Aus Soest")
    foreign.partners.add(cast.olpe)
    solution(cast.olpe, title="Zuletzt", state="idea")

    assert re.findall(r">(Aus Soest|Zuletzt)</a>", page("/kommunen/olpe/")) == ["Zuletzt", "Aus Soest"]


def test_passage_knows_what_hangs_on_it(cast: Cast) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(
        document=document(element("g7", block("b")), element("g8", block("c")), state="in_force"), actor=None
    )
    solution(cast.olpe, title="Baum").elements.add(identity("g7"))
    solution(cast.olpe, title="Entwurf", publication="draft").elements.add(identity("g7"))

    found = attached_to([str(identity("g7")), str(identity("g8"))])

    assert found == {str(identity("g7")): [f"Lösung „Baum“ ({cast.olpe.name})"]}


# --- the tables ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "values",
    [
        {"kind": "zauberei"},
        {"state": "fast"},
        {"publication": "geheim"},
        {"slug": RESERVED_SLUGS[0]},
        {"start_text": "2024", "end_text": "2023"},
        {"cost_once_from": 5},
        {"cost_once_to": 5},
        {"staff_days_from": 9, "staff_days_to": 8},
    ],
)
def test_table_refuses_what_contradicts_itself(cast: Cast, values: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        solution(cast.olpe, **values)


def test_code_is_given_once_and_none_is_no_code(cast: Cast) -> None:
    solution(cast.olpe)
    solution(cast.olpe)
    solution(cast.olpe, code="P001")

    with pytest.raises(IntegrityError), transaction.atomic():
        solution(cast.olpe, code="P001")
