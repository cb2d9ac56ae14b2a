"""Reminders: each once, late rather than never, never after the event has begun."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from andock.events import sections
from andock.events.models import Event, Reminder
from andock.events.services import editing, publishing, telling
from andock.events.services.registering import cancel
from andock.events.services.reminding import remind_due
from andock.events.timing import Timing
from andock.kernel.jobs import queue
from andock.strategy.field_lock import Submitted, fingerprint
from tests.accounts.cast import Cast
from tests.factories.events import NOW, VISITOR, confirmed, event

from .post import last_mail, mails_to, occasions, run_jobs

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Clock:
    """The clock of the whole house."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def tick(self, moment: datetime) -> None:
        """The scheduler wakes up, then everything that is queued is done."""
        self.now = moment
        remind_due(now=moment)
        run_jobs()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings) -> Clock:
    settings.ANDOCK_DEMO = True
    return Clock(monkeypatch)


def with_reminders(cast: Cast, *hours: int, **values) -> Event:
    made = event(cast.olpe, **values)
    for number in hours:
        Reminder.objects.create(event=made, hours_before=number)
    return made


def reminders(registration) -> int:
    return occasions(registration).count("reminder")


def test_reminder_is_sent_at_its_time_and_not_before(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    begins = made.starts_at

    clock.tick(begins - 24 * HOUR - timedelta(seconds=1))
    assert reminders(ada) == 0
    clock.tick(begins - 24 * HOUR)
    assert reminders(ada) == 1
    assert last_mail(ada).subject == f"Bald ist es so weit: {made}"


def test_scheduler_that_runs_twice_reminds_once(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)

    for minutes in (0, 0, 5, 60):
        clock.tick(made.starts_at - 24 * HOUR + timedelta(minutes=minutes))
    queue.jobs().update(status="READY", worker_ids=[])  # as if every job had died before it was noted as done
    run_jobs()

    assert reminders(ada) == 1


def test_scheduler_that_was_down_reminds_late(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)

    clock.tick(made.starts_at - HOUR)

    assert reminders(ada) == 1


def test_scheduler_that_was_down_until_the_beginning_reminds_no_more(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)

    clock.tick(made.starts_at)

    assert reminders(ada) == 0


def test_worker_that_was_down_until_the_beginning_reminds_no_more(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    remind_due(now=made.starts_at - 24 * HOUR)

    clock.now = made.starts_at
    run_jobs()

    assert reminders(ada) == 0


def test_several_missed_reminders_are_one(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 168, 48, 2)
    ada = confirmed(made)

    clock.tick(made.starts_at - 24 * HOUR)
    assert reminders(ada) == 1
    clock.tick(made.starts_at - HOUR)
    assert reminders(ada) == 2


def test_clock_that_goes_back_reminds_no_second_time(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)

    for hours in (24, 48, 24, 23):
        clock.tick(made.starts_at - hours * HOUR)

    assert reminders(ada) == 1


def test_clock_of_the_region_that_changes_moves_no_reminder(cast: Cast, clock: Clock) -> None:
    begins = datetime(2026, 10, 25, 18, tzinfo=UTC)  # the night before has an hour more
    made = with_reminders(cast, 24, starts_at=begins)
    ada = confirmed(made)

    clock.tick(datetime(2026, 10, 24, 17, 59, tzinfo=UTC))
    assert reminders(ada) == 0
    clock.tick(datetime(2026, 10, 24, 18, 0, tzinfo=UTC))
    assert reminders(ada) == 1


def test_who_confirms_after_the_time_of_the_reminder_gets_the_confirmation_only(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24, seats=5)
    ada = confirmed(made, "Ada")
    late = confirmed(made, "Bob", now=made.starts_at - 20 * HOUR)

    clock.tick(made.starts_at - 12 * HOUR)

    assert (reminders(ada), reminders(late)) == (1, 0)


def test_waiting_and_cancelled_people_are_not_reminded(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24, seats=1)
    ada, bob = confirmed(made, "Ada"), confirmed(made, "Bob")
    clock.tick(NOW)
    cancel(actor=VISITOR, registration=ada, now=NOW)

    clock.tick(made.starts_at - 24 * HOUR)

    assert (reminders(ada), reminders(bob)) == (0, 0)


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_event_that_does_not_take_place_reminds_nobody(cast: Cast, clock: Clock, state: str) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    Event.objects.filter(pk=made.pk).update(state=state)

    clock.tick(made.starts_at - 24 * HOUR)

    assert reminders(ada) == 0


def moved(cast: Cast, made: Event, begins: datetime) -> None:
    """Put the event off, which tells everybody."""
    when = Timing(begins, begins + 2 * HOUR)
    publishing.postpone(
        actor=cast.olpe_editor, event=made, when=when, reason="Es geht nicht anders.", now=timezone.now()
    )
    made.refresh_from_db()


def edited(cast: Cast, made: Event, section: str, *, is_told: bool, **values: str) -> None:
    """Change a section at the desk, with or without the tick that tells everybody."""
    saved = sections.read(made, section)
    fields = {name: Submitted(value, fingerprint(saved[name])) for name, value in values.items()}
    editing.edit(
        actor=cast.olpe_editor, event=made, section=section, fields=fields, now=timezone.now(), is_told=is_told
    )  # fmt: skip
    made.refresh_from_db()


def test_event_that_was_put_off_reminds_again_of_its_new_time(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    clock.tick(made.starts_at - 24 * HOUR)

    moved(cast, made, made.starts_at + timedelta(weeks=1))
    clock.tick(made.starts_at - 25 * HOUR)
    assert reminders(ada) == 1
    clock.tick(made.starts_at - 24 * HOUR)

    assert reminders(ada) == 2


def test_change_by_half_an_hour_on_the_day_before_is_told_and_not_reminded_of_too(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    clock.tick(made.starts_at - 20 * HOUR)

    moved(cast, made, made.starts_at + HOUR / 2)
    clock.tick(made.starts_at - 19 * HOUR)

    assert occasions(ada)[-2:] == ["reminder", "event_changed"]


def test_event_brought_forward_without_a_word_is_reminded_of_late(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    clock.tick(NOW + HOUR)

    edited(cast, made, "when", is_told=False, day="2026-05-05")
    clock.tick(NOW + 2 * HOUR)

    assert occasions(ada) == ["confirmed", "reminder"]
    assert "5. Mai 2026" in last_mail(ada).text


def test_event_brought_forward_and_told_is_not_reminded_of_too(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    clock.tick(NOW + HOUR)

    edited(cast, made, "when", is_told=True, day="2026-05-05")
    clock.tick(NOW + 2 * HOUR)

    assert occasions(ada) == ["confirmed", "event_changed"]


def test_online_room_that_moves_takes_no_late_reminder_from_those_on_site(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24, format="hybrid", online_url="https://raum.example/alt", venue="Saal")
    ada = confirmed(made)
    clock.now = made.starts_at - 20 * HOUR

    edited(cast, made, "where", is_told=True, online_url="https://raum.example/neu")
    clock.tick(made.starts_at - 19 * HOUR)

    assert occasions(ada) == ["confirmed", "reminder"]


def test_reminder_queued_for_a_time_that_is_no_more_is_dropped(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    run_jobs()
    remind_due(now=made.starts_at - 24 * HOUR)
    clock.now = made.starts_at - 24 * HOUR

    moved(cast, made, made.starts_at + timedelta(weeks=1))
    run_jobs()

    assert occasions(ada) == ["confirmed", "event_changed"]


def test_row_made_anew_for_the_same_time_reminds_no_second_time(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    clock.tick(made.starts_at - 24 * HOUR)
    made.reminders.all().delete()
    Reminder.objects.create(event=made, hours_before=24)

    clock.tick(made.starts_at - 23 * HOUR)

    assert reminders(ada) == 1


def test_reminder_is_a_key_of_hours_and_beginning_that_names_nobody(cast: Cast, clock: Clock) -> None:
    made = with_reminders(cast, 24)
    ada = confirmed(made)
    clock.tick(made.starts_at - 24 * HOUR)

    assert mails_to(ada)[-1].key == f"event-reminder-{ada.pk}-24-{int(made.starts_at.timestamp())}"
    assert telling.number_of_reminder(made.reminders.get()) == f"24-{int(made.starts_at.timestamp())}"


def test_the_house_wakes_the_scheduler_every_five_minutes() -> None:
    from andock.kernel.jobs import PERIODIC, schedule

    schedule.discover()

    assert PERIODIC["andock.events.tasks.remind"].every == timedelta(minutes=5)
