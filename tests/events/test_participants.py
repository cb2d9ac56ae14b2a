"""What those who run an event do about its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from andock.audit.models import Entry as Trail
from andock.events.choices import Origin
from andock.events.choices import RegistrationState as State
from andock.events.models import Allotment, Event, Registration
from andock.events.services import participants, registering, seats
from andock.kernel.permissions import Denied
from tests.accounts.cast import Cast
from tests.factories.events import NOW, VISITOR, confirmed, entry, event, registered

from .post import last_mail, run_jobs
from .test_registering import state_of, told

pytestmark = pytest.mark.django_db


def enter(made: Event, actor: object, name: str = "Fatma", **values: object) -> Registration:
    """Somebody called, and the organiser enters them."""
    given = {"uses_reserve": False, "request_key": uuid4(), "now": NOW} | {
        key: values.pop(key) for key in ("uses_reserve", "request_key", "now") if key in values
    }
    allotment = made.allotments.first()
    return participants.enter(actor=actor, allotment_id=allotment.pk, entry=entry(name, **values), **given)


def test_person_entered_by_hand_is_confirmed_at_once_and_told(cast: Cast) -> None:
    made = event(cast.olpe)

    fatma = enter(made, cast.olpe_editor)

    assert (fatma.state, fatma.origin, fatma.seated_at) == (State.CONFIRMED, Origin.BY_HAND, NOW)
    assert made.allotments.get().taken == 1
    assert told(fatma) == ["confirmed"]


def test_person_without_address_is_entered_and_nobody_is_written_to(cast: Cast) -> None:
    made = event(cast.olpe)

    one, two = enter(made, cast.olpe_editor, "Ada", email=""), enter(made, cast.olpe_editor, "Bob", email="")

    assert told(one) == told(two) == []
    assert made.registrations.count() == 2


def test_person_entered_twice_by_a_double_click_is_one(cast: Cast) -> None:
    made, key = event(cast.olpe), uuid4()

    one, two = (enter(made, cast.olpe_editor, request_key=key) for _click in range(2))

    assert one == two
    assert made.allotments.get().taken == 1


def test_address_that_is_registered_is_not_entered_again(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made, "Ada")

    with pytest.raises(participants.AlreadyHere, match="„Angemeldet“") as refusal:
        enter(made, cast.olpe_editor, "Ada")

    assert refusal.value.registration == ada


def test_reserved_seats_are_given_by_hand_when_all_others_are_taken(cast: Cast) -> None:
    made = event(cast.olpe, seats=2)
    seats.resize(allotment_id=made.allotments.get().pk, capacity=2, reserved=1, now=NOW)
    confirmed(made, "Ada")

    with pytest.raises(seats.NoSeat, match="reservierte Plätze, oder"):
        enter(made, cast.olpe_editor)
    enter(made, cast.olpe_editor, uses_reserve=True)
    with pytest.raises(seats.NoSeat, match="Nur noch 0 reservierte"):
        enter(made, cast.olpe_editor, "Gül", uses_reserve=True)

    allotment = made.allotments.get()
    assert (allotment.taken, allotment.reserved) == (2, 0)


def test_reserved_seat_given_back_is_reserved_again(cast: Cast) -> None:
    made = event(cast.olpe, seats=2)
    seats.resize(allotment_id=made.allotments.get().pk, capacity=2, reserved=1, now=NOW)
    fatma = enter(made, cast.olpe_editor, uses_reserve=True)

    participants.cancel_for(actor=cast.olpe_editor, registration=fatma, reason="", now=NOW)

    allotment = made.allotments.get()
    assert (allotment.taken, allotment.reserved) == (0, 1)


def changed_to(registration: Registration, number: int) -> tuple[int, int]:
    """The person takes another number of seats by the link in the mail; what is taken and reserved then."""
    given = {"allotment_id": registration.allotment_id, "now": NOW}
    registering.change(actor=VISITOR, registration=registration, entry=entry("Fatma", seats=number), **given)
    allotment = Allotment.objects.get(pk=registration.allotment_id)
    assert (allotment.taken, allotment.waiting) == seats.recount(allotment)
    return allotment.taken, allotment.reserved


def test_reserved_seats_given_up_by_their_owner_are_reserved_again(cast: Cast) -> None:
    made = event(cast.olpe, seats=3, seats_each=3)
    seats.resize(allotment_id=made.allotments.get().pk, capacity=3, reserved=2, now=NOW)
    fatma = enter(made, cast.olpe_editor, uses_reserve=True, seats=2)
    confirmed(made, "Ada")

    assert changed_to(fatma, 1) == (2, 1)
    participants.cancel_for(actor=cast.olpe_editor, registration=fatma, reason="", now=NOW)
    allotment = made.allotments.get()
    assert (allotment.taken, allotment.reserved) == (1, 2)


def test_owner_of_reserved_seats_has_more_only_where_all_of_them_are_free_for_everybody(cast: Cast) -> None:
    made = event(cast.olpe, seats=4, seats_each=3)
    seats.resize(allotment_id=made.allotments.get().pk, capacity=4, reserved=2, now=NOW)
    fatma = enter(made, cast.olpe_editor, uses_reserve=True, seats=1)

    with pytest.raises(seats.NoSeat, match="bleibt, wie sie war"):
        changed_to(fatma, 3)
    assert changed_to(fatma, 2) == (2, 2)


def test_reserved_seat_of_a_way_that_has_none_is_refused_though_it_has_no_limit(cast: Cast) -> None:
    made = event(cast.olpe, seats=2, format="hybrid")
    room, online = made.allotments.order_by("-attendance")
    seats.resize(allotment_id=room.pk, capacity=2, reserved=1, now=NOW)
    seats.resize(allotment_id=online.pk, capacity=None, reserved=0, now=NOW)

    with pytest.raises(seats.NoSeat, match="Nur noch 0 reservierte"):
        participants.enter(
            actor=cast.olpe_editor, allotment_id=online.pk, entry=entry("Fatma"), uses_reserve=True, now=NOW,
            request_key=uuid4(),
        )  # fmt: skip


def test_nobody_entered_by_hand_passes_those_who_wait(cast: Cast) -> None:
    made = event(cast.olpe, seats=3, seats_each=3)
    confirmed(made, "Ada", seats=2)
    confirmed(made, "Bob", seats=2)

    with pytest.raises(seats.NoSeat, match="warten schon"):
        enter(made, cast.olpe_editor)


def test_seat_that_stayed_empty_is_given_at_the_door_once_the_event_has_begun(cast: Cast) -> None:
    made = event(cast.olpe, seats=3, seats_each=3)
    confirmed(made, "Ada", seats=2)
    confirmed(made, "Bob", seats=2)

    fatma = enter(made, cast.olpe_editor, now=made.starts_at + timedelta(minutes=5))

    assert fatma.state == State.CONFIRMED
    assert made.allotments.get().taken == 3


def test_nobody_is_entered_for_a_cancelled_event(cast: Cast) -> None:
    with pytest.raises(Denied, match="abgesagt"):
        enter(event(cast.olpe, state="cancelled"), cast.olpe_editor)


@pytest.mark.parametrize("who", ["olpe_reader", "olpe_moderator", "soest_releaser", "coordinator", "resident"])
def test_nobody_else_enters_or_cancels_anybody(cast: Cast, who: str) -> None:
    made = event(cast.olpe)
    ada, stranger = confirmed(made, "Ada"), getattr(cast, who)

    with pytest.raises(Denied):
        enter(made, stranger)
    with pytest.raises(Denied):
        participants.cancel_for(actor=stranger, registration=ada, reason="", now=NOW)
    with pytest.raises(Denied):
        participants.note(actor=stranger, registration=ada, text="x", now=NOW)
    assert (state_of(ada), Registration.objects.get().note) == (State.CONFIRMED, "")


def test_accepted_person_has_the_seat_that_was_held(cast: Cast) -> None:
    made = event(cast.olpe, needs_approval=True)
    ada = confirmed(made, "Ada")

    participants.accept(actor=cast.olpe_editor, registration=ada, now=NOW)

    assert state_of(ada) == State.CONFIRMED
    assert made.allotments.get().taken == 1
    assert told(ada)[-1] == "confirmed"


def test_rejected_person_is_told_why_and_the_next_has_the_seat(cast: Cast) -> None:
    made = event(cast.olpe, seats=1, needs_approval=True)
    ada, bob = confirmed(made, "Ada"), confirmed(made, "Bob")

    participants.reject(actor=cast.olpe_editor, registration=ada, reason="Nur für Ratsmitglieder.", now=NOW)

    ada.refresh_from_db()
    assert (ada.state, ada.reason) == (State.REJECTED, "Nur für Ratsmitglieder.")
    assert state_of(bob) == State.OFFERED
    assert told(ada)[-1] == "rejected"


@pytest.mark.parametrize("act", [participants.reject, participants.cancel_for])
def test_reason_of_the_organiser_stands_in_the_mail(cast: Cast, act: Callable[..., Registration]) -> None:
    pending = act is participants.reject
    ada = confirmed(event(cast.olpe, needs_approval=pending), "Ada")
    act(actor=cast.olpe_editor, registration=ada, reason="Der Saal ist zu klein.", now=NOW)

    run_jobs()

    assert "Der Saal ist zu klein." in last_mail(ada).text


def test_decision_made_twice_is_refused(cast: Cast) -> None:
    ada = confirmed(event(cast.olpe, needs_approval=True), "Ada")
    participants.accept(actor=cast.olpe_editor, registration=ada, now=NOW)

    with pytest.raises(Denied, match="nichts zu entscheiden"):
        participants.reject(actor=cast.olpe_editor, registration=ada, reason="", now=NOW)


def test_cancelled_by_the_organiser_offers_the_seat_on(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)
    ada, bob = confirmed(made, "Ada"), confirmed(made, "Bob")

    participants.cancel_for(actor=cast.olpe_editor, registration=ada, reason="Auf Ihren Wunsch.", now=NOW)

    assert [state_of(ada), state_of(bob)] == [State.CANCELLED, State.OFFERED]
    assert told(ada)[-1] == "cancelled"
    with pytest.raises(Denied, match="schon „Abgesagt“"):
        participants.cancel_for(actor=cast.olpe_editor, registration=ada, reason="", now=NOW)


def test_unconfirmed_person_is_cancelled_too(cast: Cast) -> None:
    made = event(cast.olpe, seats=1)

    participants.cancel_for(actor=cast.olpe_editor, registration=registered(made, "Ada"), reason="", now=NOW)

    assert made.allotments.get().taken == 0


def test_note_changes_nothing_that_the_figures_count(cast: Cast) -> None:
    ada = confirmed(event(cast.olpe), "Ada")

    participants.note(actor=cast.olpe_editor, registration=ada, text="kommt später", now=NOW + timedelta(days=1))

    found = Registration.objects.get()
    assert (found.note, found.changed_at) == ("kommt später", NOW)


def test_trail_says_what_was_done_and_nobodys_name(cast: Cast) -> None:
    made = event(cast.olpe, needs_approval=True)
    ada = confirmed(made, "Ada")
    participants.accept(actor=cast.olpe_editor, registration=ada, now=NOW)
    participants.cancel_for(actor=cast.olpe_editor, registration=ada, reason="Ada ist krank.", now=NOW)
    enter(made, cast.olpe_editor, "Fatma", now=NOW)
    participants.note_export(actor=cast.olpe_editor, event=made, name="liste.pdf")

    entries = list(Trail.objects.order_by("at", "pk"))

    assert [one.action for one in entries] == [
        "events.person_accepted",
        "events.person_cancelled",
        "events.person_entered",
        "events.people_exported",
    ]
    assert {one.organisation for one in entries} == {cast.olpe}
    written = str([(one.data, one.reason, one.object_id) for one in entries])
    assert not [name for name in ("Ada", "Fatma", "example.org", "krank") if name in written]


def test_seats_are_counted_as_the_registrations_say_after_all_that(cast: Cast) -> None:
    made = event(cast.olpe, seats=3, needs_approval=True)
    ada, bob, cem = (confirmed(made, name) for name in ("Ada", "Bob", "Cem"))
    participants.accept(actor=cast.olpe_editor, registration=ada, now=NOW)
    participants.reject(actor=cast.olpe_editor, registration=bob, reason="", now=NOW)
    participants.cancel_for(actor=cast.olpe_editor, registration=cem, reason="", now=NOW)
    enter(made, cast.olpe_editor)

    allotment = Allotment.objects.get(event=made)
    assert (allotment.taken, allotment.waiting) == seats.recount(allotment) == (2, 0)
