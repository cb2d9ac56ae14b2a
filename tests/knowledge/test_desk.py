"""The desk of solutions: half-filled is fine, two people lose nothing, and whoever may not reads why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from andock.audit.models import Entry
from andock.kernel.pagecache.models import Version
from andock.knowledge.models import Guide, GuideFeedback, Solution, SolutionDocument
from andock.organisations.models import Organisation, Term
from tests.accounts.cast import Cast
from tests.factories.events import event
from tests.factories.knowledge import guide, solution
from tests.factories.pdfs import upload

from .desk import DESK, GUIDES, client, demo, draft, page_of, published, typed  # noqa: F401

pytestmark = pytest.mark.django_db


def stamp() -> int:
    return dict(Version.objects.values_list("scope", "stamp")).get("solutions", 0)


def save(cast: Cast, made: Solution, who: str = "olpe_editor", **changes: Any) -> Any:
    return client(cast, who).post(page_of(made), typed(made, **changes))


# --- a card from its title to the archive ------------------------------------------------------------------------------
def test_title_and_type_are_a_draft_nobody_else_sees(cast: Cast) -> None:
    made = draft(cast)

    assert (made.slug, made.publication, made.organisation) == ("baumsensoren", "draft", cast.olpe)
    assert Client().get(f"/loesungen/{made.slug}/").status_code == 404
    assert Entry.objects.latest("pk").action == "knowledge.solution_written"
    assert stamp() == 0


def test_second_card_of_the_same_title_gets_another_address(cast: Cast) -> None:
    draft(cast)
    assert draft(cast).slug == "baumsensoren-2"


@pytest.mark.parametrize(("title", "slug"), [("Neu", "loesung-neu"), ("???", "loesung"), ("日本", "loesung")])
def test_title_that_makes_no_address_gets_one(cast: Cast, title: str, slug: str) -> None:
    assert draft(cast, title=title).slug == slug


def test_half_filled_card_is_saved_and_published(cast: Cast) -> None:
    made = draft(cast)

    assert save(cast, made, benefit="Gießen nach Bedarf", cost_once="1.000 bis 5.000 €").status_code == 302
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 302

    made.refresh_from_db()
    assert (made.benefit, made.cost_once_from, made.cost_once_to) == ("Gießen nach Bedarf", 1000, 5000)
    assert (made.publication, made.confirmed_on) == ("published", timezone.localdate())
    assert "1.000 bis 5.000 €" in Client().get(f"/loesungen/{made.slug}/").content.decode()
    assert stamp() != 0


def test_everything_on_the_screen_is_saved_and_shown_again(cast: Cast) -> None:
    topic = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    other, evening = solution(cast.soest), event(cast.olpe)
    made = draft(cast)
    values = {
        "title": "Bäume", "kind": "software", "state": "pilot", "benefit": "b", "text": "1\n\n2", "problem": "p", "target_group": "t",
        "start_text": "2024-05", "end_text": "2026", "spatial_effect": "town", "results": "r", "evidence_url": "https://e.example/",
        "failures": "f", "prerequisites": "v", "size_class": "up_to_25000", "settlement_type": "rural", "cost_once": "0",
        "cost_yearly": "10-20", "staff_days": "3", "staff_days_yearly": "1-2", "budget": "118000", "operator_model": "own", "operator_note": "n",
        "licence": "EUPL-1.2", "repository_url": "https://c.example/", "standards": "MQTT", "procurement_path": "tender",
        "procurement_note": "pn", "data_protection": "d", "accessibility": "a", "adaptation": "ad", "transfer_note": "tn",
        "contact_office": "Amt", "answers_until": "2030-01-31", "version": "1.0", "keywords": "Baum, Sensor", "terms": [topic.key],
        "partners": ["soest"], "events": f"https://x.example/veranstaltungen/{evening.slug}/", "related": other.slug,
        "website": "https://w.example/", "opencode_url": "https://o.example/", "publiccode_url": "https://p.example/p.yml",
        "wissensspeicher_url": "https://ws.example/", "source": "https://q.example/", "as_of": "2024", "note": "x", "verified": None,
    }  # fmt: skip

    assert save(cast, made, **values).status_code == 302
    shown = typed(Solution.objects.get(pk=made.pk))

    assert {name: shown.get(name) for name in values} == values | {"events": evening.slug, "budget": 118000}
    assert other.related.get() == made


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"benefit": "x" * 401}, "benefit"),
        ({"text": "x" * 1_000_000}, "text"),
        ({"start_text": "bald"}, "start_text"),
        ({"start_text": "2024", "end_text": "2023"}, "end_text"),
        ({"cost_once": "viel"}, "cost_once"),
        ({"cost_once": "20 bis 10"}, "cost_once"),
        ({"budget": "-1"}, "budget"),
        ({"answers_until": "2030-02-31"}, "answers_until"),
        ({"opencode_url": "javascript:alert(1)"}, "opencode_url"),
        ({"website": "kein link"}, "website"),
        ({"publiccode_url": "ftp://a.example/x"}, "publiccode_url"),
        ({"kind": "zauberei"}, "kind"),
        ({"terms": ["topics/x"]}, "terms"),
        ({"related": "gibt-es-nicht"}, "related"),
        ({"events": "gibt-es-nicht"}, "events"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, changes: dict, field: str
) -> None:
    made = draft(cast)

    answer = save(cast, made, **changes | {"problem": "Meine langen Worte"})

    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "Meine langen Worte" in answer.content.decode()
    made.refresh_from_db()
    assert made.problem == ""


def test_confirming_says_that_it_is_still_true(cast: Cast) -> None:
    made = published(cast)
    long_ago = timezone.localdate() - timedelta(days=500)
    Solution.objects.filter(pk=made.pk).update(confirmed_on=long_ago, reminded_at=timezone.now())
    before = stamp()

    assert client(cast).post(page_of(made, "bestaetigen/")).status_code == 302

    made.refresh_from_db()
    assert (made.confirmed_on, made.reminded_at) == (timezone.localdate(), None)
    assert stamp() != before


def test_saving_alone_does_not_confirm_but_may(cast: Cast) -> None:
    made = published(cast)
    Solution.objects.filter(pk=made.pk).update(confirmed_on=None)

    save(cast, made, version="2")
    made.refresh_from_db()
    assert made.confirmed_on is None

    save(cast, made, version="3", then="confirm")
    made.refresh_from_db()
    assert (made.version, made.confirmed_on) == ("3", timezone.localdate())


def test_archived_card_is_changed_by_nobody_until_it_is_published_again(cast: Cast) -> None:
    made = published(cast)
    assert client(cast).post(page_of(made, "archivieren/")).status_code == 302

    answer = save(cast, made, title="Anders")

    assert answer.status_code == 400
    assert "archiviert" in answer.content.decode()
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 302
    assert save(cast, made, title="Anders").status_code == 302


def test_draft_goes_for_good_and_what_people_know_stays(cast: Cast) -> None:
    made, known = draft(cast), published(cast)

    client(cast).post(page_of(made, "loeschen/"))
    client(cast).post(page_of(known, "loeschen/"))

    assert list(Solution.objects.all()) == [known]


def test_saving_what_nobody_changed_leaves_no_trace(cast: Cast) -> None:
    made = published(cast)
    entries, before = Entry.objects.count(), stamp()

    save(cast, made)

    assert (Entry.objects.count(), stamp()) == (entries, before)


# --- two people at once ------------------------------------------------------------------------------------------------
def test_two_people_in_different_fields_lose_nothing(cast: Cast) -> None:
    made = draft(cast)
    one, other = typed(made, problem="Von der einen"), typed(made, results="Vom anderen")

    assert client(cast).post(page_of(made), one).status_code == 302
    assert client(cast, "olpe_releaser").post(page_of(made), other).status_code == 302

    made.refresh_from_db()
    assert (made.problem, made.results) == ("Von der einen", "Vom anderen")


def test_two_people_in_the_same_field_see_both_wordings(cast: Cast) -> None:
    made = draft(cast)
    one = typed(made, problem="Von der einen")
    other = typed(made, problem="Vom anderen", results="Nur von ihm", terms=None)

    client(cast).post(page_of(made), one)
    answer = client(cast, "olpe_releaser").post(page_of(made), other)

    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Von der einen" in shown
    assert "Vom anderen" in shown
    made.refresh_from_db()
    assert (made.problem, made.results) == ("Von der einen", "Nur von ihm")


def test_card_deleted_meanwhile_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    from andock.knowledge.services import solutions as service
    from andock.knowledge.services.desk import Unfit

    made = draft(cast)
    Solution.objects.all().delete()

    with pytest.raises(Unfit, match="Entwurf"):
        service.edit(actor=cast.olpe_editor, solution=made, fields={}, now=timezone.now())


# --- who may -----------------------------------------------------------------------------------------------------------
def test_agency_writes_the_cards_of_the_region_and_of_no_town(cast: Cast) -> None:
    assert client(cast, "coordinator").get("/verwaltung/region/loesungen/").status_code == 200
    answer = client(cast, "coordinator").post(
        "/verwaltung/region/loesungen/neu/", {"title": "Plattform", "kind": "software"}
    )
    assert answer.status_code == 302
    assert Solution.objects.get().organisation == Organisation.objects.get(slug="region")
    assert client(cast, "coordinator").get(DESK).status_code == 403


def test_card_of_another_organisation_is_not_on_this_desk(cast: Cast) -> None:
    foreign = solution(cast.soest)

    assert client(cast).get(page_of(foreign)).status_code == 404
    assert client(cast).post(page_of(foreign, "archivieren/")).status_code == 404


def test_start_page_leads_to_the_desks_one_keeps(cast: Cast) -> None:
    assert DESK in client(cast).get("/verwaltung/").content.decode()
    assert "/verwaltung/region/loesungen/" in client(cast, "coordinator").get("/verwaltung/").content.decode()
    assert DESK not in client(cast, "olpe_reader").get("/verwaltung/").content.decode()


# --- documents ---------------------------------------------------------------------------------------------------------
def send_file(cast: Cast, made: Solution, file: Any = None, **values: Any) -> Any:
    sent = {"title": "Vorlage", "kind": "council_paper", "url": ""} | values | ({"file": file} if file else {})
    return client(cast).post(page_of(made, "unterlagen/"), sent)


def test_pdf_is_kept_answers_a_question_and_goes_with_its_file(cast: Cast, settings: Any) -> None:
    made = published(cast)

    assert send_file(cast, made, upload()).status_code == 302

    kept = SolutionDocument.objects.get()
    path = Path(settings.MEDIA_ROOT) / kept.file.name
    assert path.exists()
    assert (
        f"/loesungen/{made.slug}/unterlagen/{kept.pk}.pdf" in Client().get(f"/loesungen/{made.slug}/").content.decode()
    )
    assert "1 von 15 Angaben" in client(cast).get(DESK).content.decode()
    client(cast).post(page_of(made, f"unterlagen/{kept.pk}/entfernen/"))
    assert not SolutionDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("handbuch.pdf", b"MZ\x90\x00This program cannot be run in DOS mode.", "Das ist kein PDF"),
        ("handbuch.pdf", b"", "leer"),
        ("handbuch.pdf", b"%PDF-1.7\n" + b"0" * (20 * 1024 * 1024 + 1), "größer als"),
    ],
    ids=["renamed executable", "empty", "too large"],
)
def test_file_that_is_no_harmless_pdf_is_refused(cast: Cast, name: str, content: bytes, sentence: str) -> None:
    made = draft(cast)

    answer = send_file(cast, made, SimpleUploadedFile(name, content, "application/pdf"))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not SolutionDocument.objects.exists()


def test_document_is_a_file_or_a_link_and_a_link_is_a_web_address(cast: Cast) -> None:
    made = draft(cast)

    assert "eines von beiden" in send_file(cast, made).content.decode()
    assert "eines von beiden" in send_file(cast, made, upload(), url="https://a.example").content.decode()
    assert send_file(cast, made, url="javascript:alert(1)").status_code == 400
    assert send_file(cast, made, url="https://a.example").status_code == 302


def test_document_that_is_gone_already_is_no_mistake(cast: Cast) -> None:
    made = draft(cast)

    assert client(cast).post(page_of(made, "unterlagen/99/entfernen/")).status_code == 302


# --- guides ------------------------------------------------------------------------------------------------------------
def new_guide(cast: Cast) -> Guide:
    assert client(cast).post(f"{GUIDES}neu/", {"title": "Wie setzt man Sensoren?"}).status_code == 302
    return Guide.objects.get()


def test_guide_is_written_on_one_screen_and_published(cast: Cast) -> None:
    card, made = solution(cast.olpe), new_guide(cast)
    values = {
        "steps": "Erst fragen\nBeim Grünflächenamt.\nFrüh.\n\nDann messen", "checklist": "Netz da | LoRaWAN\nDatenschutz gefragt",
        "number": "1", "topic": "Sensoren", "date_text": "2026-05", "solutions": f"/loesungen/{card.slug}/", "summary": "Kurz",
    }  # fmt: skip

    assert client(cast).post(page_of(made), typed(made, **values)).status_code == 302
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 302

    assert [(step.title, step.text) for step in made.steps.all()] == [
        ("Erst fragen", "Beim Grünflächenamt.\nFrüh."), ("Dann messen", ""),
    ]  # fmt: skip
    assert [(item.title, item.text) for item in made.checklist.all()] == [("Netz da", "LoRaWAN"), ("Datenschutz gefragt", "")]  # fmt: skip
    shown = typed(made)
    assert {name: shown[name] for name in values} == values | {"solutions": card.slug}
    assert "Erst fragen" in Client().get(f"/leitfaeden/{made.slug}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"steps": "x" * 201}, "steps"),
        ({"steps": "\n\n".join(map(str, range(101)))}, "steps"),
        ({"steps": "x" * 20_001}, "steps"),
        ({"checklist": "| nur ein Hinweis"}, "checklist"),
        ({"checklist": f"a | {'x' * 301}"}, "checklist"),
        ({"date_text": "bald"}, "date_text"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"solutions": "gibt-es-nicht"}, "solutions"),
    ],
)
def test_guide_that_does_not_fit_is_named_at_its_field(cast: Cast, changes: dict, field: str) -> None:
    made = new_guide(cast)

    answer = client(cast).post(page_of(made), typed(made, **changes))

    assert answer.status_code == 400
    assert field in answer.context["form"].errors


def test_two_people_at_a_guide_lose_nothing(cast: Cast) -> None:
    made = new_guide(cast)
    one, other = typed(made, steps="Von der einen"), typed(made, steps="Vom anderen", checklist="Haken")

    client(cast).post(page_of(made), one)
    answer = client(cast, "olpe_releaser").post(page_of(made), other)

    assert answer.status_code == 409
    assert [step.title for step in made.steps.all()] == ["Von der einen"]
    assert [item.title for item in made.checklist.all()] == ["Haken"]
    assert "Vom anderen" in answer.content.decode()


def test_publisher_reads_what_readers_said_and_nobody_else(cast: Cast) -> None:
    made = guide(cast.olpe)
    entry = GuideFeedback.objects.create(
        guide=made, helped=False, reason="Kosten fehlen", given_on=timezone.localdate()
    )

    assert "Kosten fehlen" in client(cast).get(page_of(made, "rueckmeldungen/")).content.decode()
    assert "Kosten fehlen" not in Client().get(f"/leitfaeden/{made.slug}/").content.decode()
    assert client(cast, "soest_releaser").get(page_of(made, "rueckmeldungen/")).status_code == 403

    client(cast).post(page_of(made, f"rueckmeldungen/{entry.pk}/loeschen/"))
    assert not GuideFeedback.objects.exists()


def test_file_of_a_guide_is_looked_into(cast: Cast) -> None:
    made = new_guide(cast)
    sent = {"title": "Als PDF", "kind": "wording", "version": "1", "date_text": "", "url": ""}

    wrong = client(cast).post(page_of(made, "unterlagen/"), sent | {"file": SimpleUploadedFile("a.pdf", b"MZ\x90")})
    right = client(cast).post(page_of(made, "unterlagen/"), sent | {"file": upload()})

    assert (wrong.status_code, right.status_code) == (400, 302)
    assert made.files.get().version == "1"
    client(cast).post(page_of(made, f"unterlagen/{made.files.get().pk}/entfernen/"))
    assert not made.files.exists()
