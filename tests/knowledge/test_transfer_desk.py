"""The desk of take-overs: who tells what, what is confirmed, what is corrected, and what is refused with a sentence."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from andock.audit.models import Entry
from andock.kernel.pagecache.models import Version
from andock.knowledge.figures import in_operation
from andock.knowledge.models import Solution, Transfer, TransferStage
from andock.knowledge.queries import told_stages
from andock.knowledge.transfers import told
from andock.organisations.choices import Role
from tests.accounts.cast import Cast
from tests.factories.accounts import member, organisation
from tests.factories.knowledge import reached, solution, transfer

from .desk import client, demo  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def desk(slug: str = "olpe", path: str = "") -> str:
    return f"/verwaltung/{slug}/uebernahmen/{path}"


def page_of(made: Transfer, slug: str = "olpe", path: str = "") -> str:
    return desk(slug, f"{made.pk}/{path}")


def said(**values: str) -> dict[str, str]:
    return {"stage": "interested", "date_text": "2024", "source": "", "note": ""} | values


def begin(cast: Cast, card: Solution, who: str = "olpe_editor", slug: str = "olpe", **values: str) -> Any:
    return client(cast, who).post(desk(slug, "neu/"), said(solution=card.slug, **values))


def report(cast: Cast, card: Solution, receiver: str, who: str, slug: str, **values: str) -> Any:
    typed = said(solution=card.slug, receiver=receiver, source="Zeitung") | values
    return client(cast, who).post(desk(slug, "neu/andere/"), typed)


def tell(cast: Cast, made: Transfer, who: str = "olpe_editor", slug: str = "olpe", **values: str) -> Any:
    return client(cast, who).post(page_of(made, slug), said(**values))


def rows(made: Transfer | None = None) -> list[tuple[str, str, bool]]:
    found = TransferStage.objects.filter(replaced_by=None).order_by("last_day", "pk")
    found = found.filter(transfer=made) if made else found
    return [(row.stage, row.date_text, row.is_confirmed) for row in found]


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# --- beginning --------------------------------------------------------------------------------------------------------
def test_receiver_begins_and_its_word_is_confirmed(cast: Cast) -> None:
    card = solution(cast.soest, title="Baum-App")

    answer = begin(cast, card, stage="decided", date_text="2024-05")

    made = Transfer.objects.get()
    assert answer.url == page_of(made)
    assert (made.solution, made.receiver, made.giver) == (card, cast.olpe, None)
    assert rows() == [("decided", "2024-05", True)]
    assert TransferStage.objects.get().recorded_on == TODAY()
    assert {entry.action for entry in Entry.objects.all()} == {"knowledge.transfer_begun", "knowledge.stage_told"}
    assert {entry.organisation for entry in Entry.objects.all()} == {cast.olpe}
    assert "beschlossen, Mai 2024" in Client().get(f"/loesungen/{card.slug}/").content.decode()


def test_owner_reports_who_takes_over_and_needs_a_source(cast: Cast) -> None:
    card = solution(cast.olpe)

    refused = report(cast, card, "soest", "olpe_editor", "olpe", source="", note="Meine Worte")
    assert refused.status_code == 400
    assert "source" in refused.context["form"].errors
    assert "Meine Worte" in text(refused)

    assert report(cast, card, "soest", "olpe_editor", "olpe").status_code == 302
    assert rows() == [("interested", "2024", False)]
    assert TransferStage.objects.get().source == "Zeitung"


def test_agency_reports_of_anybody_also_outside_the_region(cast: Cast) -> None:
    organisation("bamberg", kind="other", inside_region=False)
    card = solution(cast.olpe)

    assert report(cast, card, "bamberg", "coordinator", "agentur").status_code == 302
    assert report(cast, card, "soest", "coordinator", "soest").status_code == 302

    assert [made.receiver.slug for made in Transfer.objects.order_by("receiver__slug")] == ["bamberg", "soest"]
    assert {confirmed for _stage, _date, confirmed in rows()} == {False}


def test_agency_at_the_desk_of_a_town_does_not_speak_for_it(cast: Cast) -> None:
    card = solution(cast.soest)

    assert begin(cast, card, "coordinator").status_code == 400
    assert begin(cast, card, "coordinator", source="Ratsinfo").status_code == 302
    assert rows() == [("interested", "2024", False)]


def test_owner_reports_of_no_card_but_its_own(cast: Cast) -> None:
    answer = report(cast, solution(cast.soest), "agentur", "olpe_editor", "olpe")

    assert answer.status_code == 400
    assert "solution" in answer.context["form"].errors
    assert not Transfer.objects.exists()


def test_transfer_to_itself_is_refused_and_nothing_typed_is_lost(cast: Cast) -> None:
    card = solution(cast.olpe)

    answer = report(cast, card, "olpe", "olpe_editor", "olpe", note="Meine Worte")

    assert answer.status_code == 400
    assert "Niemand übernimmt eine Lösung von sich selbst" in text(answer)
    assert "Meine Worte" in text(answer)
    assert not Transfer.objects.exists()


def test_draft_is_taken_over_by_nobody(cast: Cast) -> None:
    for publication in ("draft", "archived"):
        assert begin(cast, solution(cast.soest, publication=publication)).status_code == 400
    assert not Transfer.objects.exists()


def test_second_submit_is_told_and_writes_nothing(cast: Cast) -> None:
    card = solution(cast.soest)
    begin(cast, card)

    answer = begin(cast, card, note="Meine Worte")

    assert answer.status_code == 400
    assert "übernimmt diese Lösung schon" in text(answer)
    assert "Meine Worte" in text(answer)
    assert TransferStage.objects.count() == 1


def test_card_leads_to_the_form_with_its_name_filled_in(cast: Cast) -> None:
    card = solution(cast.soest, title="Baum-App")
    link = f"/verwaltung/uebernehmen/?loesung={card.slug}"
    assert link in Client().get(f"/loesungen/{card.slug}/").content.decode()

    answer = client(cast).get(link)
    assert answer.url == f"{desk(path='neu/')}?loesung={card.slug}"
    form = client(cast).get(answer.url).context["form"]
    assert form["solution"].value() == card.slug

    begin(cast, card)
    assert client(cast).get(answer.url).url == page_of(Transfer.objects.get())


def test_whoever_keeps_several_is_asked_for_whom(cast: Cast) -> None:
    card = solution(cast.olpe, title="Baum-App")
    member(cast.olpe_editor, cast.soest, Role.MUNICIPAL_EDITOR)

    shown = text(client(cast).get(f"/verwaltung/uebernehmen/?loesung={card.slug}"))

    assert "Baum-App" in shown
    assert f"{desk('olpe', 'neu/')}?loesung={card.slug}" in shown
    assert f"{desk('soest', 'neu/')}?loesung={card.slug}" in shown
    assert "Baum-App" not in text(client(cast).get("/verwaltung/uebernehmen/?loesung=gibt-es-nicht"))


def test_word_of_a_draft_is_not_told_by_the_way_to_the_form(cast: Cast) -> None:
    card = solution(cast.soest, title="Geheim", publication="draft")

    assert client(cast).get(f"/verwaltung/uebernehmen/?loesung={card.slug}").url == desk(path="neu/")


# --- stages -----------------------------------------------------------------------------------------------------------
def test_stages_follow_one_another_and_readers_see_the_last(cast: Cast) -> None:
    card = solution(cast.soest)
    begin(cast, card)
    made = Transfer.objects.get()
    before = dict(Version.objects.values_list("scope", "stamp"))["solutions"]

    assert tell(cast, made, stage="in_operation", date_text="2025-03-01").status_code == 302

    assert rows(made) == [("interested", "2024", True), ("in_operation", "2025-03-01", True)]
    assert dict(Version.objects.values_list("scope", "stamp"))["solutions"] != before
    assert "in Betrieb, 1. März 2025" in Client().get("/nachnutzung/").content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"stage": "ended", "date_text": "2020"}, "kann nicht enden, bevor sie begonnen hat"),
        ({"stage": "interested", "date_text": "2025"}, "käme vor"),
        ({"stage": "decided", "date_text": "2024-06-01"}, "steht hier schon"),
        ({"stage": "ended", "date_text": "2999"}, "liegt in der Zukunft"),
        ({"stage": "ended", "date_text": "bald"}, "kein Datum"),
        ({"stage": "ended", "date_text": ""}, "date_text"),
        ({"stage": "retracted", "date_text": "2025"}, "stage"),
        ({"stage": "zauberei", "date_text": "2025"}, "stage"),
        ({"stage": ""}, "stage"),
    ],
)
def test_stage_that_cannot_be_is_refused_with_a_sentence(cast: Cast, values: dict, words: str) -> None:
    made = transfer(solution(cast.soest), cast.olpe)
    reached(made, "decided", "2024-06-01")

    answer = tell(cast, made, **values | {"note": "Meine langen Worte"})

    assert answer.status_code == 400
    assert words in text(answer)
    assert "Meine langen Worte" in text(answer)
    assert TransferStage.objects.count() == 1


def test_owner_tells_and_it_stays_a_report(cast: Cast) -> None:
    made = transfer(solution(cast.olpe), cast.soest)
    reached(made, "interested", "2024")

    assert tell(cast, made, stage="decided", date_text="2025").status_code == 400
    assert tell(cast, made, stage="decided", date_text="2025", source="https://rat.example/1").status_code == 302
    assert tell(cast, made, "soest_releaser", "soest", stage="implementing", date_text="2026").status_code == 302

    assert rows(made) == [("interested", "2024", False), ("decided", "2025", False), ("implementing", "2026", True)]


# --- confirming -------------------------------------------------------------------------------------------------------
def reported(cast: Cast) -> TransferStage:
    """Soest is reported to have Olpe's card in operation."""
    return reached(transfer(solution(cast.olpe), cast.soest), "in_operation", "2024", note="Aus der Zeitung")


def test_what_others_reported_waits_first_and_is_confirmed_with_a_better_date(cast: Cast) -> None:
    row = reported(cast)
    shown = text(client(cast, "soest_releaser").get(desk("soest")))
    path = page_of(row.transfer, "soest", f"{row.pk}/bestaetigen/")
    assert shown.index("Wartet auf Ihre Bestätigung") < shown.index("soest übernimmt".capitalize())
    assert path in shown

    form = client(cast, "soest_releaser").get(path).context["form"]
    assert (form["date_text"].value(), form["source"].value()) == ("2024", "Zeitung")
    answer = client(cast, "soest_releaser").post(path, {"date_text": "2024-03-01", "source": "Zeitung", "note": ""})

    assert answer.status_code == 302
    assert rows() == [("in_operation", "2024-03-01", True)]
    assert TransferStage.objects.get(replaced_by=None).replaces == row
    assert Entry.objects.get().action == "knowledge.stage_confirmed"
    assert "Wartet auf" not in text(client(cast, "soest_releaser").get(desk("soest")))


def test_only_the_receiver_confirms(cast: Cast) -> None:
    row = reported(cast)

    for who, slug in (("olpe_editor", "olpe"), ("coordinator", "soest")):
        path = page_of(row.transfer, slug, f"{row.pk}/bestaetigen/")
        page = client(cast, who).get(path, follow=True)
        assert "bestätigt nur Soest selbst" in text(page)
        answer = client(cast, who).post(path, {"date_text": "2024", "source": "x", "note": "Meine Worte"})
        assert answer.status_code == 400
        assert "bestätigt nur Soest selbst" in text(answer)
        assert "Meine Worte" in text(answer)
        assert path not in text(client(cast, who).get(page_of(row.transfer, slug)))
    assert rows() == [("in_operation", "2024", False)]


def test_second_confirmation_is_told(cast: Cast) -> None:
    row = reported(cast)
    path = page_of(row.transfer, "soest", f"{row.pk}/bestaetigen/")
    typed = {"date_text": "2024", "source": "", "note": ""}
    client(cast, "soest_releaser").post(path, typed)

    answer = client(cast, "soest_releaser").post(path, typed | {"note": "Meine Worte"})

    assert answer.status_code == 400
    assert "Inzwischen gilt statt dieser Zeile eine andere" in text(answer)
    assert "Meine Worte" in text(answer)
    assert TransferStage.objects.count() == 2


def test_confirmation_that_breaks_the_order_is_refused(cast: Cast) -> None:
    row = reported(cast)
    reached(row.transfer, "ended", "2025", is_confirmed=True)

    answer = client(cast, "soest_releaser").post(
        page_of(row.transfer, "soest", f"{row.pk}/bestaetigen/"), {"date_text": "2026", "source": "", "note": ""}
    )

    assert answer.status_code == 400
    assert "kann nicht enden, bevor sie begonnen hat" in text(answer)


# --- correcting -------------------------------------------------------------------------------------------------------
def correct(cast: Cast, row: TransferStage, who: str, slug: str, **values: str) -> Any:
    typed = said(stage=row.stage, date_text=row.date_text, source=row.source) | values
    return client(cast, who).post(page_of(row.transfer, slug, f"{row.pk}/berichtigen/"), typed)


def test_correction_is_a_row_of_its_own_and_the_old_one_stays_readable(cast: Cast) -> None:
    row = reported(cast)

    assert correct(cast, row, "olpe_editor", "olpe", stage="implementing").status_code == 302

    assert rows() == [("implementing", "2024", False)]
    shown = text(client(cast).get(page_of(row.transfer)))
    assert "<s>in Betrieb, 2024</s>" in shown
    assert "ersetzt am" in shown
    assert Entry.objects.get().action == "knowledge.stage_corrected"


def test_what_was_known_on_a_past_day_is_still_told_after_a_correction(cast: Cast) -> None:
    row = reported(cast)
    correct(cast, row, "soest_releaser", "soest", stage="retracted")

    shown = Client().get(f"/nachnutzung/?am={TODAY() - timedelta(days=1)}").content.decode()

    assert re.findall(r"<dd><strong>([^<]+)</strong>", shown) == ["0", "0", "0", "1"]


def test_owner_and_agency_correct_only_what_is_not_confirmed(cast: Cast) -> None:
    made = transfer(solution(cast.olpe), cast.soest)
    row = reached(made, "in_operation", "2024", is_confirmed=True)

    for who, slug in (("olpe_editor", "olpe"), ("coordinator", "soest")):
        answer = correct(cast, row, who, slug, date_text="2023", note="Meine Worte")
        assert answer.status_code == 400
        assert "Das hat Soest selbst gesagt" in text(answer)
        assert "Meine Worte" in text(answer)
    assert rows() == [("in_operation", "2024", True)]

    assert correct(cast, row, "soest_releaser", "soest", date_text="2023").status_code == 302
    assert rows() == [("in_operation", "2023", True)]


def test_what_never_happened_is_retracted_and_counts_for_nothing(cast: Cast) -> None:
    row = reported(cast)
    known = [told(stage) for stage in told_stages()]
    assert in_operation(known, TODAY()).reported.certain == 1

    assert correct(cast, row, "soest_releaser", "soest", stage="retracted").status_code == 302

    assert rows() == [("retracted", "2024", True)]
    shown = Client().get("/nachnutzung/").content.decode()
    assert re.findall(r"<dd><strong>([^<]+)</strong>", shown) == ["0", "0"]
    assert row.transfer.solution.title not in shown
    assert "Übernommen von" not in Client().get(f"/loesungen/{row.transfer.solution.slug}/").content.decode()
    assert "zurückgenommen, 2024" in text(client(cast).get(desk()))
    assert "retracted" in Client().get("/nachnutzung/uebernahmen.csv").content.decode()


def test_retracted_by_mistake_may_come_back(cast: Cast) -> None:
    row = reported(cast)
    correct(cast, row, "olpe_editor", "olpe", stage="retracted")
    retracted = TransferStage.objects.get(replaced_by=None)

    assert correct(cast, retracted, "olpe_editor", "olpe", stage="in_operation").status_code == 302
    assert rows() == [("in_operation", "2024", False)]


def test_row_corrected_twice_is_told(cast: Cast) -> None:
    row = reported(cast)
    correct(cast, row, "olpe_editor", "olpe", stage="implementing")

    answer = correct(cast, row, "olpe_editor", "olpe", stage="decided", note="Meine Worte")

    assert answer.status_code == 400
    assert "Inzwischen gilt statt dieser Zeile eine andere" in text(answer)
    assert "Meine Worte" in text(answer)
    assert TransferStage.objects.count() == 2


def test_row_of_another_transfer_is_not_on_this_page(cast: Cast) -> None:
    row, other = reported(cast), transfer(solution(cast.olpe), cast.soest)

    for path in ("bestaetigen", "berichtigen"):
        assert client(cast, "soest_releaser").get(page_of(other, "soest", f"{row.pk}/{path}/")).status_code == 404
    assert client(cast).get(page_of(transfer(solution(cast.soest), cast.agency))).status_code == 404


def test_database_lets_nothing_be_retracted_that_was_not_told(cast: Cast) -> None:
    made = transfer(solution(cast.olpe), cast.soest)

    with pytest.raises(IntegrityError, match="transfer_stage_retracts_another"), transaction.atomic():
        reached(made, "retracted", "2024")


# --- the transfer as a whole ------------------------------------------------------------------------------------------
def describe(cast: Cast, made: Transfer, who: str, slug: str, **values: Any) -> Any:
    page = client(cast, who).get(page_of(made, slug, "angaben/"))
    form = page.context["form"]
    loaded = {field.html_name: "" if field.value() is None else field.value() for field in form}
    return client(cast, who).post(page_of(made, slug, "angaben/"), loaded | values)


def test_everything_said_of_a_transfer_is_saved_and_shown(cast: Cast) -> None:
    made = transfer(solution(cast.soest, version="3"), cast.olpe)
    reached(made, "in_operation", "2024", is_confirmed=True)
    values = {
        "giver": "agentur", "version": "2.1", "adapted": "yes", "what_changed": "Farben", "contributed_back": "no",
        "cost": "0", "staff_days": "12",
    }  # fmt: skip

    assert describe(cast, made, "olpe_editor", "olpe", **values).status_code == 302

    made.refresh_from_db()
    assert (made.giver, made.version, made.adapted, made.contributed_back) == (cast.agency, "2.1", True, False)
    assert (made.what_changed, made.cost, made.staff_days) == ("Farben", 0, 12)
    assert Entry.objects.get().action == "knowledge.transfer_described"
    shown = text(Client().get("/nachnutzung/"))
    assert all(words in shown for words in ("2.1", "angepasst", "Farben", "0 €", "12 Tage eigenes Personal"))
    file = Client().get("/nachnutzung/uebernahmen.csv").content.decode()
    assert ";2.1;true;false;Farben;0;12;in_operation;" in file
    assert describe(cast, made, "olpe_editor", "olpe").status_code == 302
    assert Entry.objects.count() == 1, "nothing changed, so nothing is told"


def test_two_people_describe_it_in_different_fields_and_lose_nothing(cast: Cast) -> None:
    made = transfer(solution(cast.soest), cast.olpe)
    loaded = {
        field.html_name: field.value() or ""
        for field in client(cast).get(page_of(made, path="angaben/")).context["form"]
    }

    client(cast).post(page_of(made, path="angaben/"), loaded | {"version": "1", "cost": "5"})
    answer = client(cast, "olpe_releaser").post(
        page_of(made, path="angaben/"), loaded | {"version": "2", "staff_days": "3"}
    )

    assert answer.status_code == 409
    made.refresh_from_db()
    assert (made.version, made.cost, made.staff_days) == ("1", 5, 3)


def test_who_reports_describes_it_only_until_the_receiver_has_spoken(cast: Cast) -> None:
    row = reported(cast)
    assert describe(cast, row.transfer, "olpe_editor", "olpe", version="2").status_code == 302
    reached(row.transfer, "ended", "2025", is_confirmed=True)

    answer = client(cast).post(page_of(row.transfer, path="angaben/"), {"version": "3"}, follow=True)

    assert "pflegt die Angaben jetzt selbst" in text(answer)
    assert Transfer.objects.get().version == "2"


@pytest.mark.parametrize(("giver", "words"), [("olpe", "von sich selbst"), ("agentur", "ginge im Kreis")])
def test_nobody_has_it_from_itself_not_even_over_others(cast: Cast, giver: str, words: str) -> None:
    card = solution(cast.soest)
    made = transfer(card, cast.olpe)
    transfer(card, cast.agency, giver=cast.olpe)

    answer = describe(cast, made, "olpe_editor", "olpe", giver=giver, what_changed="Meine Worte")

    assert answer.status_code == 400
    assert words in text(answer)
    assert "Meine Worte" in text(answer)
    assert Transfer.objects.get(receiver=cast.olpe).giver is None


def test_owner_that_has_it_from_the_receiver_is_no_giver(cast: Cast) -> None:
    card = solution(cast.soest)
    transfer(card, cast.soest, giver=cast.olpe)

    answer = begin(cast, card)

    assert answer.status_code == 400
    assert "ginge im Kreis" in text(answer)


def test_owner_of_the_card_is_no_other_giver(cast: Cast) -> None:
    made = transfer(solution(cast.soest), cast.olpe)

    describe(cast, made, "olpe_editor", "olpe", giver="soest", version="1")

    assert Transfer.objects.get().giver is None


# --- the desk ---------------------------------------------------------------------------------------------------------
def test_desk_shows_what_we_take_over_then_who_takes_over_ours(cast: Cast) -> None:
    reached(transfer(solution(cast.soest, title="Von Soest"), cast.olpe), "decided", "2024", is_confirmed=True)
    reached(transfer(solution(cast.olpe, title="Von Olpe"), cast.agency), "in_operation", "2023")
    reached(transfer(solution(cast.soest, title="Ohne Olpe"), cast.agency), "in_operation", "2023")

    shown = text(client(cast).get(desk()))

    assert shown.index("Olpe übernimmt") < shown.index("Von Soest") < shown.index("Andere übernehmen von Olpe")
    assert shown.index("Andere übernehmen von Olpe") < shown.index("Von Olpe: Agentur")
    assert "Ohne Olpe" not in shown
    assert "Ohne Olpe" in text(client(cast, "coordinator").get(desk("agentur")))


def test_desk_opens_to_its_own_people_and_the_agency(cast: Cast) -> None:
    answers = {
        who: client(cast, who).get(desk()).status_code for who in ("olpe_reader", "soest_releaser", "coordinator")
    }

    assert answers == {"olpe_reader": 403, "soest_releaser": 403, "coordinator": 200}


def test_start_page_says_how_many_wait(cast: Cast) -> None:
    assert "uebernahmen" not in text(client(cast, "soest_releaser").get("/verwaltung/"))

    reported(cast)

    shown = text(client(cast, "soest_releaser").get("/verwaltung/"))
    assert desk("soest") in shown
    assert "Ein Stand einer Übernahme wartet auf Ihre Bestätigung" in shown


def test_transfers_of_a_demonstration_are_marked(cast: Cast) -> None:
    begin(cast, solution(cast.soest, is_demonstration=True))

    assert Transfer.objects.get().is_demonstration
