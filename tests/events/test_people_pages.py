"""The pages of those who run an event: the list, one person, entering by hand, the door, the figures."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.events.choices import RegistrationState as State
from andock.events.forms.registration import RECORDING
from andock.events.models import Event, EventMessage, Question, Registration
from andock.events.services.registering import consent_text
from tests.accounts.cast import Cast
from tests.factories.events import confirmed, event, registered

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def desk(cast: Cast, settings) -> Client:
    """Olpe's editor, signed in."""
    settings.ANDOCK_DEMO = True
    client = Client()
    client.force_login(cast.olpe_editor)
    return client


def soon(cast: Cast, **values: object) -> Event:
    return event(cast.olpe, **{"starts_at": NOW + timedelta(hours=20), "seats": 5, "seats_each": 3} | values)


def address(made: Event, rest: str = "teilnehmende/") -> str:
    return f"/verwaltung/olpe/veranstaltungen/{made.slug}/{rest}"


def page(client: Client, url: str, status: int = 200, **data: object) -> str:
    answer = client.get(url, data)
    assert answer.status_code == status
    return answer.content.decode()


def names(html: str) -> list[str]:
    """The people in the list, in its order."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html)


def seats_of(client: Client, registration: Registration) -> list[str]:
    """What the buttons at the door say of somebody."""
    html = page(client, address(registration.event, "einlass/"), suche=registration.code)
    found = re.search(r"data-people>(.*?)</ul>", html, re.DOTALL)
    assert found
    return [
        " ".join(text.split()) for text in re.findall(r"<(?:button|span)[^>]*>([^<]*)</(?:button|span)>", found[1])
    ][1:]


# --- the list ---------------------------------------------------------------------------------------------------------
def test_list_shows_who_counts_by_name_and_says_where_they_wait(cast: Cast, desk: Client) -> None:
    made = soon(cast, seats=1)
    for name in ("Zoe", "Ada", "Bob"):
        confirmed(made, name, now=NOW)

    html = page(desk, address(made))

    assert names(html) == ["Ada", "Bob", "Zoe"]
    assert "Warteliste, Platz 1" in html
    assert "Warteliste, Platz 2" in html
    assert "1 von 1 Plätzen vergeben" in html


def test_waiting_list_stands_in_its_order(cast: Cast, desk: Client) -> None:
    made = soon(cast, seats=1)
    for name in ("Zoe", "Max", "Ada"):
        confirmed(made, name, now=NOW)

    assert names(page(desk, address(made), stand="warteliste")) == ["Max", "Ada"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("muller", ["Jörg Müller"]),
        ("MÜLLER jörg", ["Jörg Müller"]),
        ("strass", ["Ann Straß"]),
        ("jorg@", ["Jörg Müller"]),
        ("Begleiterin", ["Ann Straß"]),
        ("niemand", []),
    ],
)
def test_search_finds_part_of_a_name_address_or_companion(
    cast: Cast, desk: Client, search: str, found: list[str]
) -> None:
    made = soon(cast)
    confirmed(made, "Jörg Müller", email="jorg@example.org", now=NOW)
    confirmed(made, "Ann Straß", email="ann@example.org", seats=2, companions=["Eine Begleiterin"], now=NOW)

    assert names(page(desk, address(made), suche=search)) == found


def test_search_by_code_finds_exactly_one(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada, _bob = confirmed(made, "Ada", now=NOW), confirmed(made, "Bob", now=NOW)

    assert names(page(desk, address(made), suche=ada.code.lower())) == ["Ada"]


def test_part_of_the_list_is_chosen_by_state_and_by_way(cast: Cast, desk: Client) -> None:
    made = soon(cast, format="hybrid")
    confirmed(made, "Ada", now=NOW)
    registered(made, "Emil", now=NOW)

    assert names(page(desk, address(made), stand="unbestaetigt")) == ["Emil"]
    assert names(page(desk, address(made), stand="angemeldet", weg="room")) == ["Ada"]
    assert names(page(desk, address(made), weg="online")) == []
    assert names(page(desk, address(made), stand="unsinn", weg="fliegend")) == ["Ada", "Emil"]


def test_address_whose_mail_came_back_is_marked_in_words(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada = confirmed(made, "Ada", now=NOW)
    Registration.objects.filter(pk=ada.pk).update(email_bounced_at=NOW)

    html = page(desk, address(made), stand="unzustellbar")

    assert names(html) == ["Ada"]
    assert "E-Mail kam zurück" in html


def test_empty_list_says_what_will_stand_there(cast: Cast, desk: Client) -> None:
    assert "Noch hat sich niemand angemeldet." in page(desk, address(soon(cast)))


def test_list_of_many_has_pages_and_each_takes_the_same_queries(cast: Cast, desk: Client) -> None:
    made = soon(cast, seats=None)
    allotment = made.allotments.get()
    counts = []
    for number in (1, 3, 120):
        Registration.objects.all().delete()
        Registration.objects.bulk_create(
            Registration(
                event=made, allotment=allotment, state=State.CONFIRMED, name=f"Gast {place:03}", code=f"C{place:05}",
                email=f"g{place}@example.org", email_key=f"g{place}@example.org",
            )
            for place in range(number)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            html = page(desk, address(made))
        counts.append(len(queries))

    assert len(set(counts)) == 1
    assert counts[0] <= 14
    assert len(names(html)) == 50
    assert "Seite 1 von 3" in html
    assert names(page(desk, address(made), seite="3"))[-1] == "Gast 119"


def test_no_browser_and_no_cache_keeps_the_list(cast: Cast, desk: Client) -> None:
    answer = desk.get(address(soon(cast)))

    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_event_of_another_organisation_is_not_found_under_olpe(cast: Cast, desk: Client) -> None:
    elsewhere = event(cast.soest)

    assert desk.get(address(elsewhere)).status_code == 404
    assert desk.get(f"/verwaltung/soest/veranstaltungen/{elsewhere.slug}/teilnehmende/").status_code == 403


def test_person_of_another_event_is_not_found(cast: Cast, desk: Client) -> None:
    made, other = soon(cast), soon(cast)
    ada = confirmed(other, "Ada", now=NOW)

    assert desk.get(address(made, f"teilnehmende/{ada.pk}/")).status_code == 404
    assert desk.post(address(made, f"teilnehmende/{ada.pk}/"), {"act": "cancel"}).status_code == 404


# --- one person -------------------------------------------------------------------------------------------------------
def test_person_shows_answers_needs_and_what_was_agreed_to(cast: Cast, desk: Client) -> None:
    made = soon(cast, is_recorded=True)
    wish = Question.objects.create(event=made, kind="several", label="Workshops", options=["A", "B"], position=1)
    rules = Question.objects.create(event=made, kind="consent", label="Ich halte die Hausordnung ein.", position=2)
    ada = confirmed(
        made, "Ada", now=NOW, answers={wish.field: ["A", "B"], rules.field: True, RECORDING: True}, access_needs="Rampe", consent="Bis 90 Tage."
    )  # fmt: skip

    html = page(desk, address(made, f"teilnehmende/{ada.pk}/"))

    assert re.search(r"Workshops</dt><dd>A, B<", html)
    assert re.search(r"Hausordnung ein\.</dt><dd>ja<", html)
    assert re.search(r"Aufzeichnung[^<]*</dt><dd>ja<", html)
    assert "Rampe" in html
    assert "Bis 90 Tage." in html
    assert consent_text("Bis 90 Tage.").pk == ada.consent_id


def test_buttons_accept_note_and_cancel(cast: Cast, desk: Client) -> None:
    made = soon(cast, needs_approval=True)
    ada = confirmed(made, "Ada", now=NOW)
    url = address(made, f"teilnehmende/{ada.pk}/")

    states = []
    for data in ({"act": "accept"}, {"act": "note", "text": "Rollstuhl"}, {"act": "cancel", "reason": "Krank"}):
        assert desk.post(url, data).status_code == 302
        states.append(Registration.objects.get().state)

    found = Registration.objects.get()
    assert states == [State.CONFIRMED, State.CONFIRMED, State.CANCELLED]
    assert (found.note, found.reason) == ("Rollstuhl", "Krank")


def test_person_without_address_is_promised_no_mail(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada = confirmed(made, now=NOW)
    Registration.objects.filter(pk=ada.pk).update(email="", email_key="", origin="by_hand")

    html = page(desk, address(made, f"teilnehmende/{ada.pk}/"))
    answer = desk.post(address(made, f"teilnehmende/{ada.pk}/"), {"act": "cancel"}, follow=True).content.decode()

    assert "Adresse bestätigt" not in html
    assert "deshalb geht keine E-Mail hinaus" in html
    assert "Er steht in der E-Mail" not in html
    assert "deshalb ging keine E-Mail hinaus" in answer


def test_reason_that_is_too_long_is_refused_and_stays_in_the_form(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada = confirmed(made, "Ada", now=NOW)

    answer = desk.post(address(made, f"teilnehmende/{ada.pk}/"), {"act": "cancel", "reason": "lang " * 100})

    assert answer.status_code == 400
    assert "lang lang" in answer.content.decode()
    assert Registration.objects.get().state == State.CONFIRMED


def test_act_nobody_knows_does_nothing(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada = confirmed(made, "Ada", now=NOW)

    answer = desk.post(address(made, f"teilnehmende/{ada.pk}/"), {"act": "delete", "reason": "x"})

    assert answer.status_code == 200
    assert Registration.objects.get().state == State.CONFIRMED


# --- by hand ----------------------------------------------------------------------------------------------------------
def entered(desk: Client, made: Event, **values: object) -> object:
    data = {
        "allotment": made.allotments.first().pk, "name": "Fatma", "email": "", "seats": 1, "companions": "",
        "request_key": uuid4(),
    }  # fmt: skip
    return desk.post(address(made, "teilnehmende/neu/"), data | values)


def test_form_enters_a_person_with_companions(cast: Cast, desk: Client) -> None:
    made = soon(cast)

    answer = entered(desk, made, seats=3, companions="Ali\n\n Cem \n", note="VIP")

    found = Registration.objects.get()
    assert answer.status_code == 302
    assert (found.name, found.companions, found.seats, found.note) == ("Fatma", ["Ali", "Cem"], 3, "VIP")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"companions": "Ali"}, "Mehr Namen als Personen"),
        ({"seats": 11}, "10"),
        ({"name": ""}, "Fatma"),
        ({"email": "fatma@"}, "name@beispiel.de"),
        ({"seats": 6}, "nicht genügend freie Plätze"),
        ({"email": "ada@example.org"}, "schon angemeldet"),
        ({"seats": 2, "companions": "x" * 121}, "länger als 120 Zeichen"),
        ({"name": "x" * 500}, "120"),
    ],
)
def test_form_refuses_with_a_sentence_and_keeps_what_was_typed(
    cast: Cast, desk: Client, values: dict[str, object], sentence: str
) -> None:
    made = soon(cast)
    confirmed(made, "Ada", now=NOW)

    answer = entered(desk, made, **({"note": "Fatma sitzt vorn"} | values))

    html = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in html
    assert "Fatma sitzt vorn" in html
    assert Registration.objects.count() == 1


def test_form_sent_again_for_somebody_else_loses_nobody(cast: Cast, desk: Client) -> None:
    """Somebody goes back in the browser and types the next person over the last one."""
    made, key = soon(cast), uuid4()
    assert [entered(desk, made, request_key=key).status_code for _click in range(2)] == [302, 302]

    answer = entered(desk, made, request_key=key, name="Gül", note="Gül sitzt vorn")

    html = answer.content.decode()
    assert answer.status_code == 400
    assert "schon für jemand anderen abgeschickt" in html
    assert "Gül sitzt vorn" in html
    fresh = re.search(r'name="request_key" value="([^"]+)"', html)[1]
    assert entered(desk, made, request_key=fresh, name="Gül").status_code == 302
    assert set(Registration.objects.values_list("name", flat=True)) == {"Fatma", "Gül"}


def test_names_with_formulas_headers_emoji_and_other_directions_are_names(cast: Cast, desk: Client) -> None:
    made = soon(cast, seats=None)
    odd = ["=1+1", "<b>Ada</b>", "Ada 🎉", "עדה", "@SUM(A1)"]
    for name in odd:
        entered(desk, made, name=name)
    entered(desk, made, name="Ada\r\nBcc: alle@example.org")

    html = page(desk, address(made))

    assert "&lt;b&gt;Ada&lt;/b&gt;" in html
    assert "<b>Ada</b>" not in html
    assert set(Registration.objects.values_list("name", flat=True)) >= set(odd)
    assert not Registration.objects.filter(name__contains="\n").exists()


# --- the door ---------------------------------------------------------------------------------------------------------
def test_door_without_a_script_checks_in_by_code(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada = confirmed(made, "Ada", now=NOW)
    assert seats_of(desk, ada) == ["Ist da"]

    answer = desk.post(address(made, "einlass/"), {"registration": ada.pk, "seats": "0"}, follow=True)

    assert "Ada ist da." in answer.content.decode()
    assert "1 von 1 Personen sind da" in answer.content.decode()
    assert seats_of(desk, ada) == ["Ada ist da", "Das war ein Versehen"]


def test_door_checks_in_part_of_a_registration_and_then_the_rest(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada = confirmed(made, "Ada", seats=3, companions=["Bob"], now=NOW)
    assert seats_of(desk, ada) == ["Ada ist da", "Bob ist da", "Person 3 ist da", "Alle sind da"]

    for seats in ("1", "0,1,2"):
        desk.post(address(made, "einlass/"), {"registration": ada.pk, "seats": seats})
        assert Registration.objects.get().arrived == len(seats.split(","))

    desk.post(address(made, "einlass/"), {"registration": ada.pk, "act": "take_back"})
    assert Registration.objects.get().arrived == 0


def test_door_shows_somebody_who_waits_without_a_button(cast: Cast, desk: Client) -> None:
    made = soon(cast, seats=1)
    confirmed(made, "Ada", now=NOW)
    bob = confirmed(made, "Bob", now=NOW)

    html = page(desk, address(made, "einlass/"), suche="Bob")

    assert "Auf der Warteliste" in html
    assert f'value="{bob.pk}"' not in html


@pytest.mark.parametrize("data", [{}, {"registration": "x"}, {"registration": uuid4(), "seats": "0"}, {"seats": "a"}])
def test_door_survives_nonsense(cast: Cast, desk: Client, data: dict[str, object]) -> None:
    made = soon(cast)
    confirmed(made, "Ada", now=NOW)

    assert desk.post(address(made, "einlass/"), data).status_code == 302
    assert Registration.objects.get().arrived == 0


def test_list_for_the_phone_holds_names_codes_seats_and_nothing_else(cast: Cast, desk: Client) -> None:
    made = soon(cast, seats=2)
    ada = confirmed(made, "Ada", seats=2, companions=["Bob"], access_needs="Rampe", now=NOW)
    confirmed(made, "Cem", now=NOW)
    desk.post(address(made, "einlass/"), {"registration": ada.pk, "seats": "1"})

    answer = desk.get(address(made, "einlass/liste.json"))
    content = answer.json()

    ada_, cem = content["people"]
    assert ada_ == {
        "id": str(ada.pk), "name": "Ada", "code": ada.code, "seats": 2, "companions": ["Bob"], "state": "", "came": [1]
    }  # fmt: skip
    assert (cem["name"], cem["state"], cem["came"]) == ("Cem", "Auf der Warteliste", [])
    assert content["until"] == int((made.ends_at + timedelta(hours=12)).timestamp() * 1000)
    assert "no-store" in answer["Cache-Control"]
    assert "example.org" not in answer.content.decode()


def test_list_for_the_phone_is_sent_again_only_when_it_changed(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada = confirmed(made, "Ada", now=NOW)
    url, etag = address(made, "einlass/liste.json"), ""

    answers = []
    for arrive in (False, False, True, False):
        if arrive:
            desk.post(address(made, "einlass/"), {"registration": ada.pk, "seats": "0"})
        answer = desk.get(url, headers={"If-None-Match": etag} if etag else {})
        etag = answer["ETag"]
        answers.append(answer.status_code)

    assert answers == [200, 304, 200, 304]


def reported(desk: Client, made: Event, content: object) -> object:
    return desk.post(address(made, "einlass/meldungen/"), content, content_type="application/json")


def test_phone_reports_what_it_noted_and_learns_what_fits_nobody(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    ada, at = confirmed(made, "Ada", now=NOW), timezone.now().isoformat()
    ids = [str(uuid4()) for _report in range(2)]
    arrivals = [
        {"id": ids[0], "registration": str(ada.pk), "seat": 0, "at": at},
        {"id": ids[1], "registration": str(uuid4()), "seat": 0, "at": at.replace("+00:00", "Z")},
    ]

    answers = [reported(desk, made, {"arrivals": arrivals}).json() for _time in range(2)]

    assert answers == [{"settled": ids, "unknown": [ids[1]]}] * 2
    assert Registration.objects.get().arrived == 1


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "null", "{", pytest.param("[" * 100_000, id="deep list"), '{"arrivals": null}', '{"arrivals": [1]}', '{"arrivals": [{"id": "x"}]}',
        {"arrivals": [{"id": str(UUID(int=1)), "registration": str(UUID(int=2)), "seat": "0", "at": "2026-01-01T00:00Z"}]},
        {"arrivals": [{"id": str(UUID(int=1)), "registration": str(UUID(int=2)), "seat": 0, "at": "2026-01-01T00:00"}]},
        {"arrivals": [{"id": 1, "registration": str(UUID(int=2)), "seat": 0, "at": "2026-01-01T00:00Z"}]},
    ],
)  # fmt: skip
def test_report_that_cannot_be_read_is_refused(cast: Cast, desk: Client, content: object) -> None:
    assert reported(desk, soon(cast), content).status_code == 400


def test_door_takes_the_same_queries_for_one_and_for_three(cast: Cast, desk: Client) -> None:
    made, counts = soon(cast), []
    for names_ in (["Ada A"], ["Bob A", "Cem A"]):
        for name in names_:
            confirmed(made, name, email=f"{name[0]}@example.org", now=NOW)
        with CaptureQueriesContext(connection) as page_queries:
            page(desk, address(made, "einlass/"), suche="A")
        with CaptureQueriesContext(connection) as list_queries:
            desk.get(address(made, "einlass/liste.json"))
        counts.append((len(page_queries), len(list_queries)))

    assert counts[0] == counts[1]


# --- the figures ------------------------------------------------------------------------------------------------------
def test_figures_have_a_chart_and_the_table_behind_it(cast: Cast, desk: Client) -> None:
    made = soon(cast, format="hybrid", seats=1)
    confirmed(made, "Ada", now=NOW - timedelta(days=5))
    confirmed(made, "Bob", now=NOW - timedelta(days=1))

    html = page(desk, address(made, "zahlen/"))

    assert html.count('<svg class="timeline figures"') == 1
    assert 'aria-describedby="verlauf-zahlen"' in html
    assert re.search(r'Vor Ort</th>\s*<td class="num">1</td><td class="num">1</td>', html)
    assert len(re.findall(r'<th scope="row">\d\d\.\d\d\.\d{4}</th>', html)) == 5
    assert "Ada" not in html


def test_figures_of_nothing_say_so(cast: Cast, desk: Client) -> None:
    assert "Noch hat sich niemand angemeldet." in page(desk, address(soon(cast), "zahlen/"))


# --- a message --------------------------------------------------------------------------------------------------------
def message_to(desk: Client, made: Event, act: str, **values: object) -> object:
    words = {
        "subject": "Zu {titel}", "text": "Guten Tag {name},\n\nbitte bringen Sie etwas zu schreiben mit.",
        "states": ["confirmed"], "request_key": UUID(int=7), "act": act,
    }  # fmt: skip
    return desk.post(address(made, "teilnehmende/nachricht/"), words | values)


def test_message_is_looked_at_before_it_is_sent_and_a_second_click_sends_nothing(cast: Cast, desk: Client) -> None:
    made = soon(cast, title="Abend")
    confirmed(made, "Ada", now=NOW - timedelta(minutes=1))
    confirmed(made, "Bob", now=NOW)

    looked_at = message_to(desk, made, "preview").content.decode()
    assert EventMessage.objects.count() == 0
    sent = [message_to(desk, made, "send") for _click in range(2)]

    assert "Guten Tag Ada," in looked_at
    assert "Zu Abend" in looked_at
    assert "An 2 Personen senden" in looked_at
    assert [answer.status_code for answer in sent] == [302, 302]
    assert EventMessage.objects.get().recipients == 2
    assert "Zu {titel}" in page(desk, address(made, "teilnehmende/nachricht/"))


def test_message_written_over_one_that_was_sent_is_sent_too(cast: Cast, desk: Client) -> None:
    made = soon(cast)
    confirmed(made, "Ada", now=NOW)
    message_to(desk, made, "send")

    answer = message_to(desk, made, "send", text="Der Raum ist jetzt oben.")

    html = answer.content.decode()
    assert answer.status_code == 400
    assert "schon mit anderen Worten abgeschickt" in html
    assert "Der Raum ist jetzt oben." in html
    fresh = re.search(r'name="request_key" value="([^"]+)"', html)[1]
    again = message_to(desk, made, "send", text="Der Raum ist jetzt oben.", request_key=fresh)
    assert again.status_code == 302
    assert EventMessage.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "Lieber {vorname}"}, "{vorname}"),
        ({"states": ["waiting"]}, "Hier ist niemand mit E-Mail-Adresse"),
        ({"states": ["cancelled"]}, "cancelled"),
        ({"subject": ""}, "Betreff"),
    ],
)
def test_message_that_cannot_be_sent_stays_in_the_form(
    cast: Cast, desk: Client, values: dict[str, object], sentence: str
) -> None:
    made = soon(cast)
    confirmed(made, "Ada", now=NOW)

    answer = message_to(desk, made, "send", **({"text": "Bitte mitbringen: Stift"} | values))

    html = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in html
    assert EventMessage.objects.count() == 0
