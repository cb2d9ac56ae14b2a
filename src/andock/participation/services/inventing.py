"""People and answers of the demonstration: nobody is written to, and everything stands in a process marked as invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.text import slugify

from ..models import Answered, Contribution, Participant, Response

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andock.organisations.models import Organisation

    from ..models import Process

MAILBOX = "demo.example"
"""Mail to names below ``example`` reaches nobody (RFC 2606)."""


def invented_people(names: Iterable[str], now: datetime) -> list[Participant]:
    """A confirmed participant for each name; those that are there already stay. Runs in the caller's transaction."""
    wanted = {f"{slugify(name)}@{MAILBOX}": name for name in names}
    rows = (
        Participant(
            email=email, email_key=email, pseudonym=name, created_at=now, confirmed_at=now, active_on=now.date()
        )
        for email, name in wanted.items()
    )
    Participant.objects.bulk_create(rows, ignore_conflicts=True)
    found = {one.email_key: one for one in Participant.objects.filter(email_key__in=wanted)}
    return [found[email] for email in wanted]


def invented_answer(
    *, process: Process, office: Organisation, contributions: Iterable[Contribution], stance: str, reason: str,
    given_at: datetime,
) -> Response:  # fmt: skip
    """The official answer to contributions; their authors count as told. Runs in the caller's public transaction."""
    response = Response.objects.create(process=process, office=office, stance=stance, reason=reason, given_at=given_at)
    Answered.objects.bulk_create(
        Answered(response=response, contribution=one, told_at=given_at) for one in contributions
    )
    return response
