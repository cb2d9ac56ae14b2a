"""Who came: reports from the door in any order, twice, and from two phones."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from andock.events import people_queries
from andock.events.models import CheckIn, Event, Registration
from andock.events.services.attending import Arrival, check_in, take_back
from andock.events.services.registering import cancel
from andock.kernel.permissions import Denied
from tests.accounts.cast import Cast
from tests.factories.events import NOW, VISITOR, confirmed, event

pytestmark = pytest.mark.django_db

DOORS_OPEN = NOW + timedelta(weeks=4) - timedelta(minutes=20)


def report(registration: Registration, seat: int = 0, *, minutes: int = 0, key: UUID | None = None) -> Arrival:
    return Arrival(key or uuid4(), registration.pk, seat, DOORS_OPEN + timedelta(minutes=minutes))


def send(cast: Cast, made: Event, *reports: Arrival, hours: int = 1) -> list[UUID]:
    """A phone sends what it noted."""
    return check_in(actor=cast.olpe_editor, event=made, arrivals=reports, now=DOORS_OPEN + timedelta(hours=hours))


def came(registration: Registration) -> int:
    return Registration.objects.get(pk=registration.pk).arrived


def test_report_says_who_came_and_when(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made, "Ada")

    send(cast, made, report(ada, minutes=7))

    ada.refresh_from_db()
    assert (ada.arrived, ada.arrived_at) == (1, DOORS_OPEN + timedelta(minutes=7))


def test_queue_sent_twice_counts_once(cast: Cast) -> None:
    made = event(cast.olpe, seats=5, seats_each=3)
    queue = [report(confirmed(made, "Ada")), report(confirmed(made, "Bob", seats=3), 1)]

    assert [send(cast, made, *queue) for _time in range(2)] == [[], []]

    assert people_queries.presence(made) == (2, 4)
    assert CheckIn.objects.count() == 2


def test_same_person_at_two_phones_counts_once_with_the_earlier_time(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made, "Ada")

    send(cast, made, report(ada, minutes=9))
    send(cast, made, report(ada, minutes=4))

    ada.refresh_from_db()
    assert (ada.arrived, ada.arrived_at) == (1, DOORS_OPEN + timedelta(minutes=4))


def test_three_people_of_one_registration_come_one_by_one(cast: Cast) -> None:
    made = event(cast.olpe, seats=5, seats_each=3)
    ada = confirmed(made, "Ada", seats=3, companions=["Bob"])

    counts = []
    for phone in ([report(ada, 0)], [report(ada, 2)], [report(ada, 0), report(ada, 2)], [report(ada, 1)]):
        send(cast, made, *phone)
        counts.append(came(ada))

    assert counts == [1, 2, 2, 3]


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_any_repetition_comes_to_the_same(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    made = event(cast.olpe, seats=20, seats_each=4)
    people = [confirmed(made, name, seats=chance.randint(1, 4)) for name in ("Ada", "Bob", "Cem", "Dora")]
    reports = [report(one, seat) for one in people for seat in range(one.seats) if chance.random() < 0.7]
    expected = {(one.registration_id, one.seat) for one in reports}
    noise = [report(one, seat) for one in people for seat in range(one.seats) if (one.pk, seat) in expected]

    sent = [*reports, *noise] * 2
    chance.shuffle(sent)
    while sent:
        batch, sent = sent[: chance.randint(1, 6)], sent[6:] if len(sent) > 6 else []
        send(cast, made, *batch)
    send(cast, made, *reports)

    assert people_queries.presence(made)[0] == len(expected)
    assert {(pk, seat) for pk, seats in people_queries.arrivals(made).items() for seat in seats} == expected


def test_mistake_is_taken_back_and_a_late_copy_of_it_stays_taken_back(cast: Cast) -> None:
    made = event(cast.olpe)
    ada, mistaken = confirmed(made, "Ada"), uuid4()
    send(cast, made, report(ada, key=mistaken))

    take_back(actor=cast.olpe_editor, event=made, registration_id=ada.pk, now=DOORS_OPEN)
    send(cast, made, report(ada, key=mistaken))
    assert came(ada) == 0

    send(cast, made, report(ada))
    assert came(ada) == 1


def test_report_of_a_seat_or_person_that_is_not_there_is_named_and_the_others_count(cast: Cast) -> None:
    made, other = event(cast.olpe), event(cast.soest)
    ada, elsewhere = confirmed(made, "Ada"), confirmed(other, "Zoe")
    wrong = [report(ada, 1), report(ada, -1), report(elsewhere), Arrival(uuid4(), uuid4(), 0, NOW)]

    unknown = send(cast, made, report(ada), *wrong)

    assert set(unknown) == {one.id for one in wrong}
    assert (came(ada), came(elsewhere)) == (1, 0)


def test_whoever_cancelled_meanwhile_came_all_the_same(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made, "Ada")
    cancel(actor=VISITOR, registration=ada, now=DOORS_OPEN)

    assert send(cast, made, report(ada)) == []

    assert people_queries.presence(made) == (1, 1)


def test_clock_of_a_phone_that_is_wrong_puts_nobody_into_the_future_or_last_year(cast: Cast) -> None:
    made = event(cast.olpe)
    ada, bob = confirmed(made, "Ada"), confirmed(made, "Bob")

    send(cast, made, report(ada, minutes=10**5), report(bob, minutes=-(10**6)))

    times = dict(Registration.objects.values_list("name", "arrived_at"))
    assert times["Ada"] == DOORS_OPEN + timedelta(hours=1)
    assert times["Bob"] == made.starts_at - timedelta(hours=24)


def test_reports_arrive_days_later_as_well(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made, "Ada")

    send(cast, made, report(ada), hours=72)

    assert came(ada) == 1


def test_door_is_closed_two_days_before(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = confirmed(made, "Ada")

    with pytest.raises(Denied, match="Einlass öffnet am"):
        send(cast, made, report(ada), hours=-48)


@pytest.mark.parametrize("who", ["olpe_reader", "olpe_moderator", "soest_releaser", "coordinator", "resident"])
def test_nobody_else_checks_in(cast: Cast, who: str) -> None:
    made = event(cast.olpe)
    ada, stranger = confirmed(made, "Ada"), getattr(cast, who)

    with pytest.raises(Denied):
        check_in(actor=stranger, event=made, arrivals=[report(ada)], now=DOORS_OPEN)
    with pytest.raises(Denied):
        take_back(actor=stranger, event=made, registration_id=ada.pk, now=DOORS_OPEN)
    assert came(ada) == 0


def test_take_back_of_somebody_at_another_event_changes_nothing(cast: Cast) -> None:
    made, other = event(cast.olpe), event(cast.olpe)
    ada = confirmed(made, "Ada")
    send(cast, made, report(ada))

    take_back(actor=cast.olpe_editor, event=other, registration_id=ada.pk, now=DOORS_OPEN)

    assert came(ada) == 1
