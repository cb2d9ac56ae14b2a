"""Findings: written at the desk, from a card, an event or a take-over, and read where they were learnt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from andock.audit.models import Entry
from andock.kernel.pagecache.models import Version
from andock.knowledge import finding_sheet
from andock.knowledge.forms.finding import FindingForm
from andock.knowledge.models import Finding
from andock.organisations.models import Term
from tests.accounts.cast import Cast
from tests.factories.events import event
from tests.factories.knowledge import reached, solution, transfer

from .desk import client, demo  # noqa: F401

pytestmark = pytest.mark.django_db
DESK = "/verwaltung/olpe/erkenntnisse/"


def page_of(made: Finding, path: str = "") -> str:
    return f"{DESK}{made.pk}/{path}"


def typed(made: Finding | None = None, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the screen: everything as loaded, with some fields changed."""
    blank = {
        "title": "",
        "text": "",
        "found_on": "2026-05-04",
        "transfer": "",
        "solution": "",
        "event": [],
        "terms": [],
    }
    if made is None:
        return blank | {"event": ""} | changes
    saved = Finding.objects.get(pk=made.pk)
    form = FindingForm(organisation=saved.organisation, loaded=finding_sheet.read(saved))
    return {field.html_name: field.value() for field in form} | {"event": "\n".join(form["event"].initial)} | changes


def write(cast: Cast, who: str = "olpe_editor", **changes: Any) -> Any:
    return client(cast, who).post(f"{DESK}neu/", typed(**{"title": "Antennen brauchen Strom"} | changes))


def draft(cast: Cast, **changes: Any) -> Finding:
    answer = write(cast, **changes)
    assert answer.status_code == 302, answer.content.decode()
    return Finding.objects.latest("changed_at")


def published(cast: Cast, **changes: Any) -> Finding:
    made = draft(cast, then="publish", **changes)
    assert made.publication == "published"
    return made


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def findings_in_search(words: str) -> list[str]:
    shown = Client().get("/suche/", {"q": words, "art": "finding"}).content.decode()
    return re.findall(r'href="([^"]+#erkenntnis-[^"]+)"', shown)


# --- writing ----------------------------------------------------------------------------------------------------------
def test_one_sentence_is_a_draft_nobody_else_sees(cast: Cast) -> None:
    card = solution(cast.soest)

    made = draft(cast, solution=card.slug)

    assert (made.organisation, made.solution, made.publication) == (cast.olpe, card, "draft")
    assert "Antennen" not in Client().get(f"/loesungen/{card.slug}/").content.decode()
    assert Entry.objects.latest("pk").action == "knowledge.finding_written"
    assert not Version.objects.exists()
    assert findings_in_search("Antennen") == []


def test_everything_on_the_screen_is_saved_and_shown_again(cast: Cast) -> None:
    topic = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    taken = transfer(solution(cast.soest), cast.olpe)
    evening = event(cast.olpe)
    values = {
        "title": "Anders", "text": "1\n\n2", "found_on": "2026-01-31", "transfer": str(taken.pk), "solution": taken.solution.slug,
        "event": f"https://x.example/veranstaltungen/{evening.slug}/", "terms": [topic.key],
    }  # fmt: skip
    made = draft(cast)

    assert client(cast).post(page_of(made), typed(made, **values)).status_code == 302

    shown = typed(made)
    assert {name: shown[name] for name in values} == values | {"event": evening.slug}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"found_on": ""}, "found_on"),
        ({"found_on": "2026-02-31"}, "found_on"),
        ({"found_on": "2999-01-01"}, "found_on"),
        ({"solution": "gibt-es-nicht"}, "solution"),
        ({"transfer": "00000000-0000-4000-8000-000000000000"}, "transfer"),
        ({"event": "gibt-es-nicht"}, "event"),
        ({"terms": ["topics/x"]}, "terms"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, changes: dict, field: str
) -> None:
    answer = write(cast, **{"text": "Meine langen Worte"} | changes)

    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "Meine langen Worte" in text(answer)
    assert not Finding.objects.exists()


def test_take_over_brings_its_card_and_no_other(cast: Cast) -> None:
    taken = transfer(solution(cast.soest), cast.olpe)

    assert draft(cast, transfer=str(taken.pk)).solution == taken.solution
    answer = write(cast, transfer=str(taken.pk), solution=solution(cast.soest).slug)

    assert answer.status_code == 400
    assert "gehört zu einer anderen Lösung" in text(answer)


def test_finding_of_an_invented_card_is_marked(cast: Cast) -> None:
    card = solution(cast.soest, is_demonstration=True)

    assert published(cast, solution=card.slug).is_demonstration
    assert not draft(cast, solution=solution(cast.soest).slug).is_demonstration


def test_take_over_of_others_is_not_offered(cast: Cast) -> None:
    foreign = transfer(solution(cast.soest), cast.agency)

    assert write(cast, transfer=str(foreign.pk)).status_code == 400


@pytest.mark.parametrize("word", ["loesung", "uebernahme", "veranstaltung"])
def test_card_take_over_and_event_lead_to_the_screen_with_their_name_filled_in(cast: Cast, word: str) -> None:
    taken = transfer(solution(cast.olpe), cast.soest)
    reached(taken, "decided", "2024")
    evening = event(cast.olpe)
    wanted = {"loesung": taken.solution.slug, "uebernahme": str(taken.pk), "veranstaltung": evening.slug}
    link = f"{DESK}neu/?{word}={wanted[word]}"
    pages = {
        "loesung": f"/verwaltung/olpe/loesungen/{taken.solution.slug}/",
        "uebernahme": f"/verwaltung/olpe/uebernahmen/{taken.pk}/",
        "veranstaltung": f"/verwaltung/olpe/veranstaltungen/{evening.slug}/",
    }

    assert link in client(cast).get(pages[word]).content.decode()
    form = client(cast).get(link).context["form"]

    assert form["solution"].value() == ("" if word == "veranstaltung" else taken.solution.slug)
    assert form["transfer"].value() == (str(taken.pk) if word == "uebernahme" else "")
    assert form["event"].value() == (evening.slug if word == "veranstaltung" else "")


@pytest.mark.parametrize("query", ["uebernahme=x", "veranstaltung=x", "loesung=x"])
def test_name_that_leads_nowhere_is_left_out(cast: Cast, query: str) -> None:
    assert client(cast).get(f"{DESK}neu/?{query}").status_code == 200


def test_two_people_in_the_same_field_see_both_wordings(cast: Cast) -> None:
    made = draft(cast)
    one, other = typed(made, text="Von der einen"), typed(made, text="Vom anderen", found_on="2026-01-01")

    client(cast).post(page_of(made), one)
    answer = client(cast, "olpe_releaser").post(page_of(made), other)

    assert answer.status_code == 409
    assert "Von der einen" in text(answer)
    assert "Vom anderen" in text(answer)
    made.refresh_from_db()
    assert (made.text, made.found_on.isoformat()) == ("Von der einen", "2026-01-01")


# --- publishing -------------------------------------------------------------------------------------------------------
def test_published_finding_is_read_on_the_card_and_found(cast: Cast) -> None:
    card = solution(cast.soest, title="Funknetz")

    made = published(cast, solution=card.slug, text="Auf jedem Dach.")

    shown = text(Client().get(f"/loesungen/{card.slug}/"))
    assert "Antennen brauchen Strom" in shown
    assert f'id="erkenntnis-{made.pk}"' in shown
    assert findings_in_search("Antennen Dach") == [f"/loesungen/{card.slug}/#erkenntnis-{made.pk}"]
    assert set(Version.objects.values_list("scope", flat=True)) >= {"findings"}


def test_finding_of_an_event_is_read_on_its_page(cast: Cast) -> None:
    evening = event(cast.soest)
    path = f"/veranstaltungen/{evening.slug}/"
    assert "Was hier gelernt wurde" not in text(Client().get(path))

    made = published(cast, event=evening.slug)

    shown = text(Client().get(path))
    assert "Was hier gelernt wurde" in shown
    assert "Antennen brauchen Strom" in shown
    assert findings_in_search("Antennen") == [f"{path}#erkenntnis-{made.pk}"]


def test_finding_of_a_take_over_names_who_took_over(cast: Cast) -> None:
    taken = transfer(solution(cast.soest), cast.olpe)

    published(cast, transfer=str(taken.pk))

    assert "übernommen von Olpe" in text(Client().get(f"/loesungen/{taken.solution.slug}/"))


def test_finding_without_a_place_is_kept_and_not_published(cast: Cast) -> None:
    made = draft(cast)

    answer = client(cast).post(page_of(made, "veroeffentlichen/"), follow=True)

    assert "Bitte sagen Sie, wo Sie es gelernt haben" in text(answer)
    assert Finding.objects.get().publication == "draft"
    with pytest.raises(IntegrityError, match="finding_has_a_place"), transaction.atomic():
        Finding.objects.update(publication="published")


def test_published_finding_keeps_a_place(cast: Cast) -> None:
    made = published(cast, solution=solution(cast.soest).slug)

    answer = client(cast).post(page_of(made), typed(made, solution="", text="Meine Worte"))

    assert answer.status_code == 400
    assert "Dort wird die Erkenntnis gelesen" in text(answer)
    assert "Meine Worte" in text(answer)


def test_archived_finding_is_on_no_page_and_changed_by_nobody(cast: Cast) -> None:
    card = solution(cast.soest)
    made = published(cast, solution=card.slug)

    assert client(cast).post(page_of(made, "archivieren/")).status_code == 302

    assert "Antennen" not in Client().get(f"/loesungen/{card.slug}/").content.decode()
    assert findings_in_search("Antennen") == []
    assert client(cast).post(page_of(made), typed(made, title="Anders")).status_code == 400
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 302
    assert len(findings_in_search("Antennen")) == 1


def test_draft_goes_for_good_and_what_people_know_stays(cast: Cast) -> None:
    made, known = draft(cast), published(cast, solution=solution(cast.soest).slug)

    assert client(cast).get(page_of(made, "loeschen/")).status_code == 200
    client(cast).post(page_of(made, "loeschen/"))
    client(cast).post(page_of(known, "loeschen/"))

    assert list(Finding.objects.all()) == [known]
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 404


def test_publishing_twice_is_told(cast: Cast) -> None:
    made = published(cast, solution=solution(cast.soest).slug)

    answer = client(cast).post(page_of(made, "veroeffentlichen/"), follow=True)

    assert "ist schon veröffentlicht" in text(answer)


def test_finding_of_another_organisation_is_not_on_this_desk(cast: Cast) -> None:
    foreign = Finding.objects.create(organisation=cast.soest, title="Fremd")

    assert client(cast).get(page_of(foreign)).status_code == 404
    assert client(cast, "soest_releaser").get(DESK).status_code == 403
    assert client(cast, "coordinator").get(DESK).status_code == 403
    assert "Fremd" not in text(client(cast).get(DESK))


def test_desk_lists_drafts_published_and_archived(cast: Cast) -> None:
    draft(cast, title="Noch roh")
    made = published(cast, title="Für alle", solution=solution(cast.soest).slug)

    shown = text(client(cast).get(DESK))
    assert shown.index("Noch roh") < shown.index("Für alle")

    client(cast).post(page_of(made, "archivieren/"))
    shown = text(client(cast).get(DESK))
    assert shown.index(">Archiv<") < shown.index("Für alle")
