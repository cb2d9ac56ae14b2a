"""One's own registration, by the link in the mail."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.audit.models import Entry
from andock.events.addresses import token_of
from andock.events.choices import RegistrationState as State
from andock.events.models import Question, Registration
from andock.events.services import registering
from andock.notifications.models import Message
from andock.notifications.services import send_message
from tests.accounts.cast import Cast
from tests.events.pages import coming, link_of, text
from tests.events.test_registering import state_of, told
from tests.factories.events import VISITOR, confirmed, entry, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def ada_at(event, **values) -> Registration:
    return registered(event, "Ada", now=timezone.now(), **values)


def confirmed_at(event, name: str = "Ada", **values) -> Registration:
    return confirmed(event, name, now=timezone.now(), **values)


def act(registration: Registration, what: str):
    return Client().post(link_of(registration), {"act": what})


def test_opening_the_link_changes_nothing_the_button_does(cast: Cast) -> None:
    ada = ada_at(coming(cast.olpe))

    page = Client().get(link_of(ada))
    Client().head(link_of(ada))
    assert "held for you until" in text(page)
    assert "Yes, I want to come" in text(page)
    assert state_of(ada) == State.UNCONFIRMED

    assert act(ada, "confirm").url == link_of(ada)
    assert state_of(ada) == State.CONFIRMED
    assert "You are registered" in text(Client().get(link_of(ada)))


def test_pressing_the_button_twice_is_once(cast: Cast) -> None:
    ada = ada_at(coming(cast.olpe))

    assert [act(ada, "confirm").status_code for _press in range(2)] == [302, 302]
    assert told(ada) == ["confirm", "confirmed"]


def test_button_of_another_site_does_nothing(cast: Cast) -> None:
    ada = ada_at(coming(cast.olpe))

    answer = Client(enforce_csrf_checks=True).post(link_of(ada), {"act": "confirm"})

    assert answer.status_code == 403
    assert state_of(ada) == State.UNCONFIRMED


def test_unknown_act_changes_nothing(cast: Cast) -> None:
    ada = ada_at(coming(cast.olpe))

    assert act(ada, "erase").status_code == 200
    assert state_of(ada) == State.UNCONFIRMED


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "0" + token[1:], lambda _token: "x"])
def test_link_that_is_not_ours_opens_nothing(cast: Cast, spoil) -> None:
    ada = ada_at(coming(cast.olpe))

    page = Client().get(f"/en/veranstaltungen/anmeldung/{spoil(token_of(ada))}/")

    assert page.status_code == 404
    assert "a part of the link is missing" in text(page)


def test_link_of_a_deleted_registration_says_so(cast: Cast) -> None:
    ada = ada_at(coming(cast.olpe))
    link = link_of(ada)
    ada.delete()

    assert "never confirmed and is deleted by now" in text(Client().get(link))


def test_page_is_kept_nowhere_and_tells_nobody_its_address(cast: Cast) -> None:
    ada = confirmed_at(coming(cast.olpe))

    page = Client().get(link_of(ada))

    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert 'seite=%2Fveranstaltungen%2Fanmeldung%2F"' in page.content.decode()


# --- states -----------------------------------------------------------------------------------------------------------
def test_each_state_says_what_it_means(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1)
    ada, bob, cem = confirmed_at(event), confirmed_at(event, "Bob"), confirmed_at(event, "Cem")

    assert "One seat is yours." in text(Client().get(link_of(ada)))
    assert "You are the first." in text(Client().get(link_of(bob)))
    assert "One registration stands before yours." in text(Client().get(link_of(cem)))

    registering.cancel(actor=VISITOR, registration=ada, now=timezone.now())

    assert "You have cancelled" in text(Client().get(link_of(ada)))
    assert "A seat has become free for you" in text(Client().get(link_of(bob)))


def test_registration_that_waits_for_a_yes_says_whose(cast: Cast) -> None:
    ada = confirmed_at(coming(cast.olpe, needs_approval=True))

    assert f"{cast.olpe} accepts each registration itself" in text(Client().get(link_of(ada)))


def test_held_back_registration_gets_a_seat_by_the_button(cast: Cast) -> None:
    event = coming(cast.olpe)
    ada = registering.register(
        actor=VISITOR, allotment_id=event.allotments.get().pk, entry=entry(), now=timezone.now(), is_held_back=True
    )

    assert "No seat is held for you yet" in text(Client().get(link_of(ada)))
    act(ada, "confirm")
    assert state_of(ada) == State.CONFIRMED


def test_too_late_for_the_hold_gets_a_seat_if_one_is_left(cast: Cast) -> None:
    event = coming(cast.olpe)
    ada = ada_at(event)
    Registration.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert "no longer held for you" in text(Client().get(link_of(ada)))
    act(ada, "confirm")
    assert state_of(ada) == State.CONFIRMED


def test_too_late_for_the_hold_and_for_registering_says_so(cast: Cast) -> None:
    event = coming(cast.olpe)
    ada = ada_at(event)
    registering.expire_due(now=timezone.now() + timedelta(hours=1))
    type(event).objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    page = Client().get(link_of(ada))
    assert "Registration closed on" in text(page)
    assert "I still want to come" not in text(page)
    assert act(ada, "confirm").status_code == 403
    assert state_of(ada) == State.EXPIRED


def test_offer_that_lapsed_may_be_asked_for_again_after_registration_has_closed(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1)
    ada, bob = confirmed_at(event), confirmed_at(event, "Bob")
    registering.cancel(actor=VISITOR, registration=ada, now=timezone.now())
    registering.expire_due(now=timezone.now() + timedelta(days=3))
    type(event).objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    assert "I still want to come" in text(Client().get(link_of(bob)))
    act(bob, "confirm")
    assert state_of(bob) == State.CONFIRMED


def test_old_link_of_somebody_who_registered_anew_leads_to_the_new_one(cast: Cast) -> None:
    event = coming(cast.olpe)
    old = ada_at(event)
    registering.expire_due(now=timezone.now() + timedelta(hours=1))
    new = ada_at(event)

    page = act(old, "confirm")

    assert page.status_code == 409
    assert "use the link in the latest mail" in text(page)
    assert [state_of(old), state_of(new)] == [State.EXPIRED, State.UNCONFIRMED]


def test_deleted_data_leave_nothing_that_could_be_confirmed(cast: Cast) -> None:
    event = coming(cast.olpe)
    ada = ada_at(event)
    registering.expire_due(now=timezone.now() + timedelta(hours=1))
    Client().post(link_of(ada, "loeschen/"))

    page = act(ada, "confirm")

    assert page.status_code == 403
    assert "Nothing personal is kept" in text(page)
    assert (state_of(ada), event.allotments.get().taken) == (State.EXPIRED, 0)


def test_too_late_and_full_without_waiting_list_is_said(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1, has_waiting_list=False)
    ada = ada_at(event)
    registering.expire_due(now=timezone.now() + timedelta(hours=1))
    confirmed_at(event, "Bob")

    page = act(ada, "confirm")

    assert page.status_code == 409
    assert "All seats are taken" in text(page)


def test_offered_seat_is_taken_by_a_button(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1)
    ada, bob = confirmed_at(event), confirmed_at(event, "Bob")
    registering.cancel(actor=VISITOR, registration=ada, now=timezone.now())

    act(bob, "accept")

    assert state_of(bob) == State.CONFIRMED


def test_offered_seat_is_declined_after_a_question(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1)
    ada, bob, cem = confirmed_at(event), confirmed_at(event, "Bob"), confirmed_at(event, "Cem")
    registering.cancel(actor=VISITOR, registration=ada, now=timezone.now())

    assert "Decline the offered seat?" in text(Client().get(link_of(bob, "absagen/")))
    assert state_of(bob) == State.OFFERED
    Client().post(link_of(bob, "absagen/"))

    assert [state_of(bob), state_of(cem)] == [State.DECLINED, State.OFFERED]


def test_cancelling_asks_first(cast: Cast) -> None:
    ada = confirmed_at(coming(cast.olpe))

    assert "goes to somebody else at once" in text(Client().get(link_of(ada, "absagen/")))
    assert state_of(ada) == State.CONFIRMED
    assert Client().post(link_of(ada, "absagen/")).url == link_of(ada)

    assert state_of(ada) == State.CANCELLED
    assert "Register anew" in text(Client().get(link_of(ada)))
    assert Client().post(link_of(ada, "absagen/")).status_code == 403


def test_cancelled_event_says_why(cast: Cast) -> None:
    event = coming(cast.olpe)
    ada = confirmed_at(event)
    type(event).objects.update(state="cancelled", reason="The hall is flooded.")

    assert "The hall is flooded." in text(Client().get(link_of(ada)))


def test_nothing_changes_once_the_event_has_begun(cast: Cast) -> None:
    event = coming(cast.olpe)
    ada = confirmed_at(event)
    type(event).objects.update(starts_at=timezone.now() - timedelta(hours=1), ends_at=None)

    assert "The event is on" in text(Client().get(link_of(ada)))
    assert [Client().post(link_of(ada, rest)).status_code for rest in ("absagen/", "aendern/")] == [403, 403]


# --- online room ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("attendance", "state", "is_shown"),
    [("online", State.CONFIRMED, True), ("online", State.PENDING, False), ("online", State.CANCELLED, False),
     ("online", State.UNCONFIRMED, False), ("room", State.CONFIRMED, False)],
)  # fmt: skip
def test_online_room_is_for_confirmed_people_online(cast: Cast, attendance: str, state: str, is_shown: bool) -> None:
    event = coming(cast.olpe, format="hybrid", online_url="https://room.example/secret")
    allotment = event.allotments.get(attendance=attendance)
    ada = registering.register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(), now=timezone.now())
    Registration.objects.update(state=state)

    assert ("https://room.example/secret" in Client().get(link_of(ada)).content.decode()) is is_shown


def test_online_room_closes_after_the_event(cast: Cast) -> None:
    event = coming(cast.olpe, format="online", online_url="https://room.example/secret")
    ada = confirmed_at(event)
    begun = timezone.now() - timedelta(hours=5)
    type(event).objects.update(starts_at=begun, ends_at=begun + timedelta(hours=1))

    assert "room.example" not in Client().get(link_of(ada)).content.decode()


# --- change -----------------------------------------------------------------------------------------------------------
def test_change_shows_what_was_filled_in_and_keeps_the_address(cast: Cast) -> None:
    event = coming(cast.olpe, seats=9, seats_each=3, format="hybrid", asks_catering=True)
    question = Question.objects.create(event=event, kind="several", label="Topics", options=["Maps", "Data"])
    room = event.allotments.get(attendance="room")
    filled_in = entry(
        seats=2, companions=["Bob"], answers={question.field: ["Maps"]}, access_needs="Gebärdensprache\nFront row",
        consent="Yes.",
    )  # fmt: skip
    ada = registering.register(actor=VISITOR, allotment_id=room.pk, entry=filled_in, now=timezone.now())

    page = Client().get(link_of(ada, "aendern/"))
    initial = page.context["form"].initial
    Client().post(
        link_of(ada, "aendern/"),
        {
            "attendance": "online",
            "name": "Ada L.",
            "seats": "1",
            "catering": "vegan",
            "consent": "on",
            "email": "x@y.de",
        },
    )
    ada.refresh_from_db()

    assert (initial["seats"], initial["companions"], initial[question.field]) == (2, ["Bob"], ["Maps"])
    assert (initial["access"], initial["access_more"]) == (["sign"], "Front row")
    assert 'value="Front row"' in page.content.decode()
    assert ">\nBob</textarea>" in page.content.decode()
    assert (ada.name, ada.seats, ada.companions, ada.email) == ("Ada L.", 1, [], "ada@example.org")
    assert (ada.allotment.attendance, ada.answers, ada.catering_needs) == ("online", {}, "Vegan")
    assert ada.consent.text.startswith("Olpe may use")


def test_change_keeps_seats_that_the_organiser_gives_to_nobody_any_more(cast: Cast) -> None:
    event = coming(cast.olpe, seats=9, seats_each=1)
    ada = confirmed_at(event, seats=3, companions=["Bob", "Cem"])

    page = Client().get(link_of(ada, "aendern/")).content.decode()
    assert '<option value="3" selected>' in page
    assert '<option value="4"' not in page
    Client().post(
        link_of(ada, "aendern/"), {"name": "Ada King", "seats": "3", "companions": "Bob\nCem", "consent": "on"}
    )

    ada.refresh_from_db()
    assert (ada.name, ada.seats, ada.companions) == ("Ada King", 3, ["Bob", "Cem"])


def test_change_leaves_the_own_way_open_though_it_is_full(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1, format="hybrid", has_waiting_list=False)
    ada = registering.register(
        actor=VISITOR, allotment_id=event.allotments.get(attendance="room").pk, entry=entry(), now=timezone.now()
    )
    online = registering.register(
        actor=VISITOR, allotment_id=event.allotments.get(attendance="online").pk, entry=entry("Bob"), now=timezone.now()
    )

    for one, own, other in ((ada, "room", "online"), (online, "online", "room")):
        page = Client().get(link_of(one, "aendern/")).content.decode()
        boxes = {value: box for value in (own, other) for box in re.findall(rf'<input[^>]*value="{value}"[^>]*>', page)}
        assert "checked" in boxes[own]
        assert ["disabled" in boxes[value] for value in (own, other)] == [False, True]


def test_change_to_more_seats_than_are_free_keeps_what_was_typed(cast: Cast) -> None:
    ada = confirmed_at(coming(cast.olpe, seats=1, seats_each=3))

    page = Client().post(link_of(ada, "aendern/"), {"name": "Ada King", "seats": "3", "consent": "on"})

    assert page.status_code == 422
    assert "stays as it was" in text(page)
    assert "Ada King" in page.content.decode()
    assert told(ada) == ["confirm", "confirmed"]


# --- own data ---------------------------------------------------------------------------------------------------------
def test_page_shows_what_is_kept_and_until_when(cast: Cast) -> None:
    event = coming(cast.olpe, keep_days=30)
    ada = confirmed_at(event, access_needs="Sign language", consent="I agree.")

    page = text(Client().get(link_of(ada)))

    for words in ("ada@example.org", "Sign language", "I agree.", "this is deleted by itself", "is deleted on"):
        assert words in page


def test_export_holds_every_personal_field(cast: Cast) -> None:
    event = coming(cast.olpe)
    question = Question.objects.create(event=event, label="Why?")
    answers = {question.field: "Because", "q0": "Of a question that is gone"}
    ada = confirmed_at(event, answers=answers, companions=["Bob"], consent="I agree.")

    answer = Client().get(link_of(ada, "daten.json"))
    data = json.loads(answer.content)

    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert (data["name"], data["email"], data["companions"]) == ("Ada", "ada@example.org", ["Bob"])
    assert data["answers"] == [
        {"question": "Why?", "answer": "Because"}, {"question": "q0", "answer": "Of a question that is gone"},
    ]  # fmt: skip
    assert data["consent"]["text"] == "I agree."
    assert data["deleted_on"] == event.forgets_on.isoformat()


def test_deleting_asks_first_then_nothing_personal_is_left(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1)
    ada, bob = confirmed_at(event, companions=["Ada's son"]), confirmed_at(event, "Bob")
    Registration.objects.filter(pk=ada.pk).update(note="Ada owes us a book")
    send_message(to=ada.email, subject="You come", text="Hello Ada", key=f"event-confirmed-{ada.pk}-0")

    assert "cancelled with it" in text(Client().get(link_of(ada, "loeschen/")))
    assert Registration.objects.filter(name="Ada").exists()
    page = Client().post(link_of(ada, "loeschen/"), follow=True)

    assert "Your data are deleted" in text(page)
    for rows in (Registration, Message, Entry):
        assert "ada" not in str(list(rows.objects.values())).casefold()
    assert (state_of(ada), state_of(bob)) == (State.CANCELLED, State.OFFERED)
    assert Entry.objects.get().data == {"registrations": 1, "by_link": True}
    assert Client().get(link_of(ada, "daten.json")).status_code == 403


def test_data_can_be_deleted_after_the_event_and_the_figures_stay(cast: Cast) -> None:
    event = coming(cast.olpe)
    ada = confirmed_at(event)
    begun = timezone.now() - timedelta(days=2)
    type(event).objects.update(starts_at=begun, ends_at=begun + timedelta(hours=1))

    Client().post(link_of(ada, "loeschen/"))
    ada.refresh_from_db()

    assert (ada.name, ada.email, ada.seats) == ("", "", 1)
    assert ada.anonymised_at
