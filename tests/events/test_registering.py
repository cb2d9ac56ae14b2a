from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from andock.events.choices import RegistrationState as State
from andock.events.models import Allotment, Registration
from andock.events.services import seats
from andock.events.services.registering import (
    HOLD,
    MAILS_AN_HOUR,
    TooMany,
    accept_offer,
    cancel,
    change,
    confirm,
    expire_due,
    register,
)
from andock.kernel.permissions import Denied
from tests.accounts.cast import Cast
from tests.factories.events import NOW, VISITOR, confirmed, entry, event, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def told(registration: Registration) -> list[str]:
    """The occasions of the mails queued for somebody, in order."""
    rows = DBTaskResult.objects.filter(task_path="andock.events.tasks.tell").order_by("enqueued_at")
    arguments = [row.args_kwargs["kwargs"] for row in rows]
    return [found["occasion"] for found in arguments if found["registration_id"] == str(registration.pk)]


def state_of(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def test_register_holds_a_seat_for_half_an_hour(cast: Cast) -> None:
    made = event(cast.olpe)

    ada = registered(made)

    assert ada.state == State.UNCONFIRMED
    assert ada.expires_at == NOW + timedelta(minutes=30)
    assert made.allotments.get().taken == 1
    assert told(ada) == ["confirm"]


def test_confirm_makes_the_seat_theirs_and_twice_is_once(cast: Cast) -> None:
    ada = confirmed(event(cast.olpe))

    again = confirm(actor=VISITOR, registration=ada, now=NOW)

    assert again.state == State.CONFIRMED
    assert again.expires_at is None
    assert told(ada) == ["confirm", "confirmed"]


def test_register_when_full_joins_the_waiting_list(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    confirmed(made, "Ada")

    bob = confirmed(made, "Bob")

    assert bob.state == State.WAITING
    assert told(bob) == ["confirm", "waiting"]


def test_register_without_waiting_list_is_refused_with_a_way_on(cast: Cast) -> None:
    made = event(cast.olpe, seats=1, has_waiting_list=False)
    confirmed(made, "Ada")

    with pytest.raises(seats.NoSeat, match="organiser"):
        registered(made, "Bob")
    assert Registration.objects.count() == 1


def test_cancelled_seat_is_offered_to_the_first_who_waits(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada, bob, cem = confirmed(made, "Ada"), confirmed(made, "Bob"), confirmed(made, "Cem")

    cancel(actor=VISITOR, registration=ada, now=NOW)

    assert [state_of(one) for one in (ada, bob, cem)] == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert told(bob)[-1] == "offered"


def test_offer_shortly_before_the_event_is_a_seat_at_once(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada, bob = confirmed(made, "Ada"), confirmed(made, "Bob")

    cancel(actor=VISITOR, registration=ada, now=made.starts_at - timedelta(hours=3))

    assert state_of(bob) == State.CONFIRMED
    assert told(bob)[-1] == "confirmed"


def test_declined_offer_goes_to_the_next(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada, bob, cem = confirmed(made, "Ada"), confirmed(made, "Bob"), confirmed(made, "Cem")
    cancel(actor=VISITOR, registration=ada, now=NOW)

    cancel(actor=VISITOR, registration=bob, now=NOW)

    assert [state_of(bob), state_of(cem)] == [State.DECLINED, State.OFFERED]


def test_accepted_offer_is_a_seat(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada, bob = confirmed(made, "Ada"), confirmed(made, "Bob")
    cancel(actor=VISITOR, registration=ada, now=NOW)

    accept_offer(actor=VISITOR, registration=bob, now=NOW)

    assert state_of(bob) == State.CONFIRMED


def test_lapsed_offer_goes_on_and_its_owner_is_told(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada, bob, cem = confirmed(made, "Ada"), confirmed(made, "Bob"), confirmed(made, "Cem")
    cancel(actor=VISITOR, registration=ada, now=NOW)

    assert expire_due(now=NOW + timedelta(hours=48)) == 1

    assert [state_of(bob), state_of(cem)] == [State.EXPIRED, State.OFFERED]
    assert told(bob)[-1] == "lapsed"


def test_two_free_seats_for_one_who_waits_for_three_go_to_the_next(cast: Cast) -> None:
    made = event(cast.olpe, seats=2, seats_each=3)
    ada, three, one = confirmed(made, "Ada", seats=2), confirmed(made, "Dora", seats=3), confirmed(made, "Emil")

    cancel(actor=VISITOR, registration=ada, now=NOW)

    assert [state_of(three), state_of(one)] == [State.WAITING, State.OFFERED]


def test_who_comes_now_does_not_pass_those_who_wait(cast: Cast) -> None:
    made = event(cast.olpe, seats=2, seats_each=2)
    confirmed(made, "Ada")
    confirmed(made, "Two", seats=2)

    late = confirmed(made, "Late")

    # One seat is free; the couple cannot use it, so it is given on in the order of the list.
    assert state_of(late) == State.OFFERED
    assert made.allotments.get().taken == 2


def test_unconfirmed_hold_expires_and_its_seat_is_offered_on(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada = registered(made, "Ada")
    bob = confirmed(made, "Bob")

    assert expire_due(now=NOW + HOLD - timedelta(seconds=1)) == 0
    assert expire_due(now=NOW + HOLD) == 1

    assert [state_of(ada), state_of(bob)] == [State.EXPIRED, State.OFFERED]


def test_confirming_too_late_takes_a_seat_if_there_is_one(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada = registered(made, "Ada")
    later = NOW + timedelta(hours=2)
    expire_due(now=later)

    confirm(actor=VISITOR, registration=ada, now=later)

    assert state_of(ada) == State.CONFIRMED
    assert made.allotments.get().taken == 1


def test_confirming_too_late_when_full_waits_behind_the_others(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada = registered(made, "Ada")
    later = NOW + timedelta(hours=2)
    expire_due(now=later)
    bob, cem = confirmed(made, "Bob", now=later), confirmed(made, "Cem", now=later)

    confirm(actor=VISITOR, registration=ada, now=later)
    cancel(actor=VISITOR, registration=bob, now=later)

    assert [state_of(ada), state_of(cem)] == [State.WAITING, State.OFFERED]


def test_registering_twice_keeps_one_registration_and_mails_the_link(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made, "Ada")

    again = registered(made, "Ada", email="ADA+smart@example.org")

    assert again.pk == ada.pk
    assert made.allotments.get().taken == 1
    assert told(ada)[-1] == "again"


def test_same_request_key_is_the_same_registration(cast: Cast) -> None:
    made, key = event(cast.olpe), uuid4()
    allotment = made.allotments.get()

    first = register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(), now=NOW, request_key=key)
    second = register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(), now=NOW, request_key=key)

    assert first.pk == second.pk
    assert told(first) == ["confirm"]


def test_one_address_for_many_events_is_stopped_after_ten_an_hour(cast: Cast) -> None:
    for _number in range(MAILS_AN_HOUR):
        registered(event(cast.olpe), "Ada")

    with pytest.raises(TooMany, match="later"):
        registered(event(cast.olpe), "Ada")
    assert registered(event(cast.olpe), "Ada", now=NOW + timedelta(hours=2))


def test_held_back_takes_no_seat_until_confirmed(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    allotment = made.allotments.get()

    ada = register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(), now=NOW, is_held_back=True)
    assert made.allotments.get().taken == 0

    assert confirm(actor=VISITOR, registration=ada, now=NOW).state == State.CONFIRMED


def test_approval_keeps_the_seat_while_the_organiser_thinks(cast: Cast) -> None:
    made = event(cast.olpe, needs_approval=True)

    ada = confirmed(made, "Ada")

    assert ada.state == State.PENDING
    assert made.allotments.get().taken == 1


def test_change_to_more_seats_than_are_free_changes_nothing(cast: Cast) -> None:
    made = event(cast.olpe, seats=2, seats_each=3)
    ada = confirmed(made, "Ada")
    allotment = made.allotments.get()

    with pytest.raises(seats.NoSeat, match="stays as it was"):
        change(actor=VISITOR, registration=ada, entry=entry("Eva", seats=3), allotment_id=allotment.pk, now=NOW)

    ada.refresh_from_db()
    assert (ada.name, ada.seats) == ("Ada", 1)


def test_change_from_the_room_to_online_frees_the_seat(cast: Cast) -> None:
    made = event(cast.olpe, seats=1, format="hybrid")
    room, online = made.allotments.get(attendance="room"), made.allotments.get(attendance="online")
    ada = confirm(actor=VISITOR, registration=register(actor=VISITOR, allotment_id=room.pk, entry=entry(), now=NOW), now=NOW)  # fmt: skip
    bob = register(actor=VISITOR, allotment_id=room.pk, entry=entry("Bob"), now=NOW)
    confirm(actor=VISITOR, registration=bob, now=NOW)

    change(actor=VISITOR, registration=ada, entry=entry(), allotment_id=online.pk, now=NOW)

    assert [state_of(ada), state_of(bob)] == [State.CONFIRMED, State.OFFERED]
    assert list(made.allotments.values_list("attendance", "taken")) == [("room", 1), ("online", 1)]


def test_change_from_the_waiting_list_to_online_is_a_seat(cast: Cast) -> None:
    made = event(cast.olpe, seats=1, format="hybrid")
    room, online = made.allotments.get(attendance="room"), made.allotments.get(attendance="online")
    for name in ("Ada", "Bob"):
        one = register(actor=VISITOR, allotment_id=room.pk, entry=entry(name), now=NOW)
        one = confirm(actor=VISITOR, registration=one, now=NOW)

    change(actor=VISITOR, registration=one, entry=entry("Bob"), allotment_id=online.pk, now=NOW)

    assert state_of(one) == State.CONFIRMED
    assert made.allotments.get(attendance="room").waiting == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": "cancelled"}, "cancelled"),
        ({"state": "draft"}, "Nobody needs"),
        ({"opens_at": NOW + timedelta(hours=1)}, "opens on"),
        ({"closes_at": NOW}, "closed on"),
        ({"starts_at": NOW - timedelta(minutes=1)}, "began on"),
    ],
)
def test_register_outside_its_time_is_refused_with_the_date(cast: Cast, values: dict, sentence: str) -> None:
    made = event(cast.olpe, **values)

    with pytest.raises(Denied, match=sentence):
        registered(made)


def test_cancel_after_the_event_began_is_refused(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made)

    with pytest.raises(Denied, match="begun"):
        cancel(actor=VISITOR, registration=ada, now=made.starts_at)


def test_database_itself_refuses_to_sell_a_seat_twice(cast: Cast) -> None:
    allotment = event(cast.olpe, seats=1).allotments.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Allotment.objects.filter(pk=allotment.pk).update(taken=2)
