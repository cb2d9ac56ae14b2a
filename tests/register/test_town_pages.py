"""The pages on which a town docks and the agency confirms."""

from __future__ import annotations

import pytest
from django.test import Client

from andock.register.models import Declaration
from andock.register.services.declarations import fields_of, mark_of
from andock.strategy.models import Framework
from tests.accounts.cast import Cast
from tests.factories.organisations import municipality
from tests.factories.pdfs import pdf, upload
from tests.register.scenes import DAY, confirmed, handed_in, marks, periods, prepared

pytestmark = pytest.mark.django_db
ADDRESS = "/verwaltung/olpe/andocken/erklaerung/"
FORM = {"basis": "letter_of_intent", "day": "2026-03-12"} | marks(fields_of(None))


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    """No second factor is asked for."""
    settings.ANDOCK_DEMO = True


def client(cast: Cast, who: str) -> Client:
    found = Client()
    if who:
        found.force_login(getattr(cast, who))
    return found


def test_releaser_hands_in_at_once(cast: Cast, framework: Framework) -> None:
    answer = client(cast, "olpe_releaser").post(
        "/verwaltung/olpe/andocken/erklaerung/", FORM | {"evidence": upload(), "act": "hand_in"}, follow=True
    )

    assert Declaration.objects.get().state == "handed_in"
    assert "Eingereicht. Die Agentur sieht es an" in answer.content.decode()


def test_editor_saves_and_is_told_who_hands_in(cast: Cast, framework: Framework) -> None:
    answer = client(cast, "olpe_editor").post(
        "/verwaltung/olpe/andocken/erklaerung/", FORM | {"evidence": upload(), "act": "save"}, follow=True
    )

    assert Declaration.objects.get().state == "draft"
    assert "Nur die Freigabe von Olpe reicht ein" in answer.content.decode()


def test_editor_who_presses_on_is_refused_and_nothing_goes_out(cast: Cast, framework: Framework) -> None:
    answer = client(cast, "olpe_editor").post(
        "/verwaltung/olpe/andocken/erklaerung/", FORM | {"evidence": upload(), "act": "hand_in"}
    )

    assert answer.status_code == 400
    assert Declaration.objects.get().state == "draft"


def test_second_person_sees_both_declarations_and_chooses(cast: Cast, framework: Framework) -> None:
    prepared(cast, framework, basis="council_resolution", number="45/2026")
    me = client(cast, "olpe_releaser")

    answer = me.post(ADDRESS, FORM | {"evidence": upload(), "act": "hand_in"})

    page = answer.content.decode()
    found = Declaration.objects.get()
    assert answer.status_code == 409
    assert "gleichzeitig noch jemand geschrieben" in page
    assert "45/2026" in page
    assert 'value="2026-03-12"' in page
    assert (found.state, found.basis) == ("draft", "council_resolution")
    again = FORM | marks(fields_of(found)) | {"act": "hand_in"}
    assert me.post(ADDRESS, again).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.basis) == ("handed_in", "letter_of_intent")


def test_declaration_handed_in_meanwhile_keeps_what_was_typed_on_the_page(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)

    answer = client(cast, "olpe_editor").post(ADDRESS, FORM | marks(fields_of(found)) | {"number": "12/2026"})

    assert answer.status_code == 400
    assert "Diese Erklärung hat den Stand „Eingereicht“" in answer.content.decode()
    assert 'value="12/2026"' in answer.content.decode()


def test_declaration_withdrawn_meanwhile_says_so(cast: Cast, framework: Framework) -> None:
    found = prepared(cast, framework)
    seen = marks(fields_of(found))
    client(cast, "olpe_releaser").post(f"{ADDRESS}{found.pk}/zurueckziehen/")

    answer = client(cast, "olpe_editor").post(ADDRESS, FORM | seen)

    assert answer.status_code == 409
    assert "ist zurückgezogen oder bestätigt" in answer.content.decode()


@pytest.mark.parametrize(("seen", "state"), [("", "draft"), ("now", "handed_in")])
def test_desk_hands_in_what_it_showed(cast: Cast, framework: Framework, seen: str, state: str) -> None:
    found = prepared(cast, framework)
    me = client(cast, "olpe_releaser")
    assert f'name="seen" value="{mark_of(found)}"' in me.get("/verwaltung/olpe/andocken/").content.decode()

    me.post(f"{ADDRESS}{found.pk}/einreichen/", {"seen": mark_of(found) if seen else seen})

    assert Declaration.objects.get().state == state


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"evidence": upload(b"no pdf")}, "Das ist kein PDF"),
        ({"evidence": upload(pdf(encrypted=True))}, "ohne Schutz"),
        ({"evidence": upload(b"")}, "Die Datei ist leer"),
        ({}, "Bitte fügen Sie die unterschriebene Erklärung"),
        ({"evidence": upload(), "basis": "council_resolution"}, "Ein Beschluss braucht seine Nummer"),
        ({"evidence": upload(), "day": "2999-01-01"}, "liegt in der Zukunft"),
        ({"evidence": upload(), "day": "31.2.2026"}, "kein Tag im Kalender"),
        ({"evidence": upload(), "basis": "funder_selection"}, "funder_selection"),
    ],
)
def test_form_says_what_helps(cast: Cast, framework: Framework, values: dict, sentence: str) -> None:
    if "evidence" in values:
        values["evidence"].seek(0)
    answer = client(cast, "olpe_releaser").post("/verwaltung/olpe/andocken/erklaerung/", FORM | values)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("values", [{"day": "31.2.2026"}, {"basis": "council_resolution"}, {"day": "2999-01-01"}])
def test_chosen_file_is_asked_for_again_where_something_else_is_wrong(
    cast: Cast, framework: Framework, values: dict
) -> None:
    answer = client(cast, "olpe_releaser").post(ADDRESS, FORM | values | {"evidence": upload()})

    assert answer.status_code == 400
    assert answer.context["form"].errors["evidence"] == [
        "Bitte wählen Sie die PDF noch einmal: Browser behalten eine gewählte Datei nicht."
    ]


def test_what_is_entered_but_wrong_is_not_called_missing(cast: Cast, framework: Framework) -> None:
    answer = client(cast, "olpe_releaser").post(ADDRESS, FORM | {"day": "31.2.2026", "evidence": upload()})
    missing = client(cast, "olpe_releaser").post(ADDRESS, FORM)

    assert "Bitte prüfen Sie 2 Angaben," in answer.content.decode()
    assert "Noch eine Angabe," in missing.content.decode()


def test_number_of_a_resolution_is_not_called_optional(cast: Cast, framework: Framework) -> None:
    page = client(cast, "olpe_releaser").get(ADDRESS).content.decode()

    assert "freiwillig" not in page
    assert "Nötig bei einem Ratsbeschluss" in page


def test_agency_confirms_and_the_register_shows_it(cast: Cast, framework: Framework) -> None:
    municipality("Wenden", "05966028")
    found = handed_in(cast, framework)

    client(cast, "coordinator").post(f"/verwaltung/andocken/erklaerung/{found.pk}/", {"act": "confirm"})
    page = Client().get("/andocken/").content.decode()

    assert "seit 12. März 2026" in page
    assert "Absichtserklärung vom 12. März 2026" in page


def test_agency_asks_back_and_the_town_reads_the_question(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)

    empty = client(cast, "coordinator").post(f"/verwaltung/andocken/erklaerung/{found.pk}/", {"act": "ask_back"})
    client(cast, "coordinator").post(
        f"/verwaltung/andocken/erklaerung/{found.pk}/",
        {"act": "ask_back", "question": "Wo ist die <b>Unterschrift</b>?"},
    )
    page = client(cast, "olpe_editor").get("/verwaltung/olpe/andocken/").content.decode()

    assert empty.status_code == 400
    assert "Wo ist die &lt;b&gt;Unterschrift&lt;/b&gt;?" in page


def test_confirming_what_no_longer_fits_says_why(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)
    type(cast.olpe).objects.filter(pk=cast.olpe.pk).update(kind="company")

    answer = client(cast, "coordinator").post(f"/verwaltung/andocken/erklaerung/{found.pk}/", {"act": "confirm"})

    assert "Kommunen und ihre Verbände" in answer.content.decode()
    assert periods(cast.olpe) == []


def test_desk_leads_on_in_every_state(cast: Cast, framework: Framework) -> None:
    me = client(cast, "olpe_releaser")

    def page() -> str:
        return me.get("/verwaltung/olpe/andocken/").content.decode()

    assert "Noch nicht angedockt" in page()
    confirmed(cast, framework)
    assert "Beschluss einreichen" in page()
    me.post("/verwaltung/olpe/andocken/aussetzen/", {"day": "2026-06-01"})
    assert "Ausgesetzt seit 1. Juni 2026" in page()
    me.post("/verwaltung/olpe/andocken/fortsetzen/", {"day": "2026-07-01"})
    assert "seit 1. Juli 2026" in page()
    me.post("/verwaltung/olpe/andocken/beenden/", {"day": "2026-08-01"})
    assert "Beendet am 1. August 2026. Sie können wieder andocken." in page()


def test_refused_pause_stays_on_the_form(cast: Cast, framework: Framework) -> None:
    answer = client(cast, "olpe_releaser").post("/verwaltung/olpe/andocken/aussetzen/", {"day": "2026-06-01"})

    assert answer.status_code == 400
    assert "nimmt zurzeit nicht teil" in answer.content.decode()


def test_desk_costs_the_same_queries_for_one_and_three_times(
    cast: Cast, framework: Framework, django_assert_num_queries
) -> None:
    confirmed(cast, framework)
    me = client(cast, "olpe_releaser")
    with django_assert_num_queries(13):
        me.get("/verwaltung/olpe/andocken/")
    me.post("/verwaltung/olpe/andocken/aussetzen/", {"day": "2026-06-01"})
    me.post("/verwaltung/olpe/andocken/fortsetzen/", {"day": "2026-07-01"})
    confirmed(cast, framework, basis="council_resolution", number="7", day=DAY.replace(month=8))

    with django_assert_num_queries(13):
        me.get("/verwaltung/olpe/andocken/")


# --- evidence -----------------------------------------------------------------------------------------------------------
def test_evidence_is_private_until_it_is_released(cast: Cast, framework: Framework) -> None:
    found = confirmed(cast, framework)
    address = f"/andocken/nachweis/{found.pk}.pdf"

    before = Client().get(address)
    client(cast, "olpe_releaser").post(
        f"/verwaltung/olpe/andocken/erklaerung/{found.pk}/freigeben/", {"released": "yes"}
    )
    released, page = Client().get(address), Client().get("/andocken/").content.decode()
    client(cast, "olpe_releaser").post(
        f"/verwaltung/olpe/andocken/erklaerung/{found.pk}/freigeben/", {"released": "no"}
    )

    assert (before.status_code, released.status_code, Client().get(address).status_code) == (404, 200, 404)
    assert released.content.startswith(b"%PDF-")
    assert released["Content-Disposition"] == 'attachment; filename="nachweis-olpe-2026-03-12.pdf"'
    assert released["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in released["Content-Security-Policy"]
    assert address in page


def test_evidence_released_beforehand_stays_private_until_confirmed(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework, is_released=True)

    assert Client().get(f"/andocken/nachweis/{found.pk}.pdf").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("olpe_editor", 200), ("coordinator", 200), ("olpe_reader", 403), ("soest_releaser", 403), ("", 302)],
)
def test_private_evidence_asks_the_rule(cast: Cast, framework: Framework, who: str, status: int) -> None:
    found = handed_in(cast, framework)

    answer = client(cast, who).get(f"/verwaltung/andocken/nachweis/{found.pk}/")

    assert answer.status_code == status
    assert "no-store" in answer.get("Cache-Control", "no-store")


def test_evidence_is_not_served_from_the_media_folder(cast: Cast, framework: Framework) -> None:
    found = prepared(cast, framework)

    assert Client().get(f"/media/{found.evidence.name}").status_code == 404


def test_declaration_of_another_town_is_not_found_under_ones_own(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)

    answer = client(cast, "soest_releaser").post(f"/verwaltung/soest/andocken/erklaerung/{found.pk}/zurueckziehen/")

    assert answer.status_code == 404


def test_withdrawing_from_the_desk(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)

    client(cast, "olpe_releaser").post(f"/verwaltung/olpe/andocken/erklaerung/{found.pk}/zurueckziehen/")

    assert Declaration.objects.get().state == "withdrawn"
    assert client(cast, "coordinator").get(f"/verwaltung/andocken/nachweis/{found.pk}/").status_code == 404


def test_start_page_leads_to_docking_and_counts_what_waits(cast: Cast, framework: Framework) -> None:
    declarations_waiting = handed_in(cast, framework)

    agency = client(cast, "coordinator").get("/verwaltung/").content.decode()

    assert "Eine Erklärung wartet" in agency
    assert f"/{declarations_waiting.organisation.slug}/andocken/" not in agency
    assert "/verwaltung/olpe/andocken/" in client(cast, "olpe_releaser").get("/verwaltung/").content.decode()
