"""Jobs of those who follow."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from andock.kernel.jobs import job, periodic
from andock.strategy.queries import public_editions

from .choices import What
from .services import digesting, forgetting, noting


@job
def renewed(*, source: str, added: list[str], changed: list[str]) -> None:
    """The search has learnt of something that everybody may read now, or that reads differently."""
    noting.note(source=source, added=added, changed=changed, now=timezone.now())


@job
def in_force(*, edition_id: int) -> None:
    """An edition of the strategy has come into force."""
    edition = public_editions().filter(pk=edition_id).first()
    if edition:
        noting.note_in_force(framework_id=edition.framework_id, ordinal=edition.ordinal, now=timezone.now())


@job
def docked(*, organisation_id: int) -> None:
    """An organisation takes part, for the first time or again."""
    noting.note_docked(organisation_id=organisation_id, now=timezone.now())


@job
def taken_over(*, solution_id: str) -> None:
    """Somebody takes a solution over, or has come further with it."""
    noting.note_taken_over(solution_id=solution_id, now=timezone.now())


@job
def answered(*, process_id: int) -> None:
    """An office has answered contributions of a process: one piece of news a day, however many."""
    noting.note_process(process_id=process_id, what=What.ANSWERED, now=timezone.now())


@job
def resulted(*, process_id: int) -> None:
    """An office has written what came of a process."""
    noting.note_process(process_id=process_id, what=What.RESULT, now=timezone.now())


@job
def phase_opened(*, process_id: int, since: str) -> None:
    """People can do something in a process now."""
    noting.note_process(
        process_id=process_id, what=What.OPENED, now=timezone.now(), since=datetime.fromisoformat(since)
    )


@job
def phase_closing(*, process_id: int, since: str) -> None:
    """People can do something in a process for some days more."""
    noting.note_process(
        process_id=process_id, what=What.CLOSING, now=timezone.now(), since=datetime.fromisoformat(since)
    )


@job
def bounced(*, message_id: int) -> None:
    """A mail came back: perhaps one of ours."""
    forgetting.bounced(message_id=message_id)


@periodic(every=timedelta(minutes=1))
def send_due() -> None:
    """Write the digests whose time has come."""
    digesting.send_due(now=timezone.now())


@job
def go_on() -> None:
    """The next step of many digests that are due at the same time."""
    digesting.send_due(now=timezone.now())


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
def forget() -> None:
    """Delete what there is no reason to keep."""
    forgetting.forget_due(now=timezone.now())
