"""An event lives through anything in any order; after each step everything that must hold does hold."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from andock.events.choices import ACTIVE, HOLDING, RegistrationState
from andock.events.models import Allotment, Registration
from andock.events.services import registering, seats
from andock.kernel.permissions import Denied
from tests.factories.accounts import organisation
from tests.factories.events import NOW, VISITOR, entry, event

REFUSALS = (Denied, seats.NoSeat, registering.TooMany)
names = count(1)


class Life(RuleBasedStateMachine):
    """Twelve people, three seats, any order."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.event = event(
            organisation(f"stadt-{next(names)}"), seats=3, seats_each=3, starts_at=NOW + timedelta(days=9)
        )
        self.allotment = self.event.allotments.get()
        self.promised: set[str] = set()

    def people(self) -> list[Registration]:
        return list(Registration.objects.filter(event=self.event).order_by("created_at", "pk"))

    def somebody(self, number: int) -> Registration | None:
        people = self.people()
        return people[number % len(people)] if people else None

    @rule(number=st.integers(0, 11), wanted=st.integers(1, 3), back=st.booleans())
    def register(self, number: int, wanted: int, back: bool) -> None:
        person = entry(f"p{number}", seats=wanted)
        with contextlib.suppress(REFUSALS):
            registering.register(
                actor=VISITOR, allotment_id=self.allotment.pk, entry=person, now=self.now, is_held_back=back
            )

    @rule(number=st.integers(0, 30), act=st.sampled_from(["confirm", "cancel", "accept_offer"]))
    def answer(self, number: int, act: str) -> None:
        if not (found := self.somebody(number)):
            return
        try:
            after = getattr(registering, act)(actor=VISITOR, registration=found, now=self.now)
        except REFUSALS:
            return
        if after.state == RegistrationState.CONFIRMED:
            self.promised.add(str(after.pk))
        if act == "cancel":
            self.promised.discard(str(after.pk))

    @rule(number=st.integers(0, 30), wanted=st.integers(1, 3))
    def change(self, number: int, wanted: int) -> None:
        if not (found := self.somebody(number)):
            return
        with contextlib.suppress(REFUSALS):
            registering.change(
                actor=VISITOR,
                registration=found,
                entry=entry("other", seats=wanted),
                allotment_id=self.allotment.pk,
                now=self.now,
            )

    @rule(minutes=st.sampled_from([1, 29, 31, 60, 24 * 60, 3 * 24 * 60, -10]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        registering.expire_due(now=self.now)

    @rule(more=st.integers(-2, 3))
    @precondition(lambda self: self.now < self.event.starts_at)
    def change_capacity(self, more: int) -> None:
        with contextlib.suppress(REFUSALS):
            seats.resize(
                allotment_id=self.allotment.pk, capacity=max(self.fresh().capacity + more, 0), reserved=0, now=self.now
            )

    def fresh(self) -> Allotment:
        return Allotment.objects.select_related("event").get(pk=self.allotment.pk)

    @invariant()
    def counters_are_what_the_rows_say(self) -> None:
        allotment = self.fresh()
        assert (allotment.taken, allotment.waiting) == seats.recount(allotment)

    @invariant()
    def never_more_than_there_are_seats(self) -> None:
        allotment = self.fresh()
        held = sum(one.seats for one in self.people() if one.state in HOLDING)
        assert held <= allotment.capacity

    @invariant()
    def nobody_twice(self) -> None:
        active = [one.email_key for one in self.people() if one.state in ACTIVE]
        assert len(active) == len(set(active))

    @invariant()
    def nobody_lost_who_saw_a_confirmation(self) -> None:
        confirmed = {str(one.pk) for one in self.people() if one.state == RegistrationState.CONFIRMED}
        assert self.promised <= confirmed

    @invariant()
    def no_seat_stays_empty_that_somebody_waits_for(self) -> None:
        if self.event.starts_at <= self.now:
            return
        waiting = [one for one in self.people() if one.state == RegistrationState.WAITING and one.confirmed_at]
        assert all(one.seats > self.fresh().free for one in waiting)


@pytest.mark.django_db
class TestLife(TestCase, Life.TestCase):
    settings = settings(
        max_examples=settings().max_examples // 10,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
