"""The queue: tries, dead letters, leases, slots."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from andock.kernel.jobs import PERIODIC, Priority, enqueue, find, queue, schedule
from andock.kernel.jobs.models import LivingWorker, StartedSlot
from andock.kernel.jobs.queue import Policy
from andock.kernel.jobs.worker import Worker

pytestmark = pytest.mark.usefixtures("trial_jobs")

AT_ONCE = Policy(attempts=3, first_delay=0)
NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


def only_job() -> object:
    return queue.jobs().get()


def test_enqueue_transaction_rolled_back_leaves_no_job() -> None:
    @transaction.atomic
    def deed_that_fails() -> None:
        enqueue("jobs_for_tests.noop")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed_that_fails()

    assert not queue.jobs().exists()


def test_enqueue_unknown_name_is_refused() -> None:
    with pytest.raises(LookupError):
        enqueue("nowhere.noop")
    with pytest.raises(ImportError):
        enqueue("jobs_for_tests.no_such_job")


def test_job_postponed_is_not_due_before_its_time() -> None:
    enqueue("jobs_for_tests.noop", run_after=timezone.now() + timedelta(hours=1))

    assert Worker().run_until_idle() == 0


def test_job_that_fails_twice_succeeds_at_the_third_try() -> None:
    enqueue("jobs_for_tests.stumble", times=2)

    assert Worker(AT_ONCE).run_until_idle() == 3

    assert only_job().status == "SUCCESSFUL"
    assert len(only_job().worker_ids) == 3


def test_job_that_fails_waits_longer_after_each_try() -> None:
    policy = Policy()

    assert [round(policy.delay(attempt).total_seconds() / 15) for attempt in (1, 2, 3)] == pytest.approx(
        [1, 4, 16], abs=2
    )
    assert policy.delay(30) < timedelta(hours=5)


def test_job_that_keeps_failing_becomes_a_dead_letter_without_what_the_error_said() -> None:
    enqueue("jobs_for_tests.stumble", times=9)

    Worker(AT_ONCE).run_until_idle()

    assert queue.dead().get().exception_class_path == "builtins.ConnectionError"
    assert "stumble" in queue.dead().get().traceback
    assert "example.org" not in queue.dead().get().traceback


def test_job_without_hope_is_dead_after_one_try() -> None:
    enqueue("jobs_for_tests.despair")

    assert Worker(AT_ONCE).run_until_idle() == 1

    assert queue.dead().get().exception_class_path == "builtins.PermissionError"


def test_job_whose_code_is_gone_becomes_a_dead_letter() -> None:
    enqueue("jobs_for_tests.noop")
    queue.jobs().update(task_path="tests.kernel.jobs_app.tasks.renamed")

    Worker(AT_ONCE).run_until_idle()

    assert queue.dead().get().exception_class_path == "builtins.ImportError"


def test_dead_letter_retried_gets_fresh_attempts(capsys: pytest.CaptureFixture[str]) -> None:
    enqueue("jobs_for_tests.stumble", times=3)
    Worker(AT_ONCE).run_until_idle()

    call_command("jobs", "retry", str(queue.dead().get().pk))
    Worker(AT_ONCE).run_until_idle()

    assert only_job().status == "SUCCESSFUL"
    assert "1 dead letters queued again" in capsys.readouterr().out


def test_dead_letters_are_listed_with_what_to_retry(capsys: pytest.CaptureFixture[str]) -> None:
    enqueue("jobs_for_tests.despair")
    Worker(AT_ONCE).run_until_idle()

    call_command("jobs")

    listed = capsys.readouterr().out
    assert str(queue.dead().get().pk) in listed
    assert "PermissionError" in listed


@pytest.mark.parametrize("wrong", ["four", "4be46c9d-9f9d-4df8-b2c1-0e3f2f5e9a07"])
def test_retry_of_something_else_is_refused_with_a_sentence(wrong: str) -> None:
    with pytest.raises(CommandError, match="id"):
        call_command("jobs", "retry", wrong)


def test_job_of_a_silent_worker_is_taken_back_and_that_of_a_living_one_is_not() -> None:
    enqueue("jobs_for_tests.noop")
    enqueue("jobs_for_tests.noop")
    queue.beat("silent")
    queue.beat("living")
    lost, held = queue.claim("silent"), queue.claim("living")
    LivingWorker.objects.filter(pk="silent").update(seen_at=timezone.now() - timedelta(seconds=31))

    assert queue.take_back(Policy()) == 1

    assert queue.jobs().get(pk=lost.pk).status == "READY"
    assert queue.jobs().get(pk=held.pk).status == "RUNNING"


def test_job_that_kills_its_workers_becomes_a_dead_letter() -> None:
    enqueue("jobs_for_tests.noop")
    for number in range(3):
        queue.claim(f"victim {number}")
        queue.take_back(AT_ONCE)

    assert queue.dead().get().exception_class_path.endswith("WorkerLost")


def test_worker_that_slept_past_its_lease_cannot_change_the_job_any_more() -> None:
    enqueue("jobs_for_tests.noop")
    sleeper = queue.claim("sleeper")
    queue.take_back(Policy())
    queue.claim("heir")

    assert queue.succeed(sleeper) is False
    queue.fail(sleeper, ValueError(), Policy())

    assert (only_job().status, only_job().worker_ids) == ("RUNNING", ["sleeper", "heir"])


def test_job_that_somebody_waits_for_passes_those_that_many_hear_of() -> None:
    for priority in (Priority.LEISURE, Priority.MANY, Priority.SOMEBODY_WAITS):
        enqueue("jobs_for_tests.noop", priority=priority)
    queue.jobs().filter(priority=Priority.MANY).update(
        run_after=timezone.now() - timedelta(hours=1)
    )  # was tried before

    assert [queue.claim("worker").priority for _job in range(3)] == [0, -10, -20]


def test_job_tried_again_keeps_its_place() -> None:
    enqueue("jobs_for_tests.stumble", times=1, priority=Priority.LEISURE)
    Worker(AT_ONCE).attempt(queue.claim("worker"))
    enqueue("jobs_for_tests.noop")

    assert queue.claim("worker").task_path.endswith(".noop")


def test_newsletter_makes_the_queue_no_older() -> None:
    enqueue("jobs_for_tests.noop", priority=Priority.MANY)

    assert queue.oldest_due() is None


def test_age_of_the_queue_counts_from_when_a_job_could_have_started() -> None:
    soon = timezone.now() - timedelta(minutes=3)
    assert queue.oldest_due() is None

    enqueue("jobs_for_tests.noop", run_after=soon)
    enqueue("jobs_for_tests.noop")

    assert queue.oldest_due() == soon


@pytest.fixture
def hourly(trial_jobs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from andock.kernel.jobs import Periodic

    entry = Periodic("hourly", find("jobs_for_tests.noop"), timedelta(hours=1), timedelta(minutes=30))
    monkeypatch.setattr("andock.kernel.jobs.schedule.PERIODIC", {"hourly": entry})


@pytest.mark.usefixtures("hourly")
def test_periodic_job_starts_once_in_a_slot_however_often_it_is_asked() -> None:
    started = [schedule.start_due(NOON + timedelta(minutes=minutes)) for minutes in (0, 5, 29, 30, 31)]

    assert started == [["hourly"], [], [], ["hourly"], []]
    assert queue.jobs().count() == 2


@pytest.mark.usefixtures("hourly")
def test_periodic_job_after_an_outage_catches_up_with_one_run() -> None:
    schedule.start_due(NOON)

    assert schedule.start_due(NOON + timedelta(hours=9)) == ["hourly"]
    assert schedule.start_due(NOON + timedelta(hours=9)) == []


@pytest.mark.usefixtures("hourly")
def test_periodic_job_clock_set_back_does_not_run_a_slot_again() -> None:
    schedule.start_due(NOON)
    schedule.start_due(NOON + timedelta(hours=1))

    assert schedule.start_due(NOON) == []
    assert schedule.start_due(NOON + timedelta(hours=1)) == []


@pytest.mark.usefixtures("hourly")
def test_periodic_job_two_schedulers_at_the_same_moment_start_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule.start_due(NOON)
    # The second scheduler looked before the first had written: only the unique key can stop it.
    monkeypatch.setattr(StartedSlot.objects, "filter", lambda **_: StartedSlot.objects.none())

    assert schedule.start_due(NOON) == []
    assert queue.jobs().count() == 1


def test_slot_begins_at_its_offset() -> None:
    schedule.discover()
    entry = PERIODIC["andock.kernel.jobs.tasks.forget_finished_jobs"]

    assert schedule.current_slot(entry, NOON) == datetime(2026, 3, 29, 2, tzinfo=UTC)
    assert schedule.current_slot(entry, NOON.replace(hour=1)) == datetime(2026, 3, 28, 2, tzinfo=UTC)


def test_finished_jobs_are_forgotten_after_their_time() -> None:
    from andock.kernel.jobs.tasks import forget_finished_jobs

    enqueue("jobs_for_tests.noop")
    enqueue("jobs_for_tests.despair")
    Worker(AT_ONCE).run_until_idle()
    queue.jobs().update(finished_at=timezone.now() - timedelta(days=8))

    forget_finished_jobs.call()

    assert [row.status for row in queue.jobs()] == ["FAILED"]
