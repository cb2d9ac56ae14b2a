"""Who takes part: known by an address or an account, counted once, forgotten on request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import bump, public_transaction
from andock.kernel.text import email_key
from andock.notifications.queries import written_since

from .. import mail, queries, rules
from ..addresses import message_keys
from ..models import Involvement, Participant

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from ..models import Phase, Process

MAILS_A_DAY = 20
"""So that nobody's mailbox is filled by typing it again and again."""
A_DAY = timedelta(days=1)
TEN_MINUTES = 600


class TooMany(ValueError):
    """Too much came from one person in a day; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What somebody says of themselves in a form. ``known`` is who the device or the account says they are."""

    email: str = ""
    pseudonym: str = ""
    age_band: str = ""
    home: Organisation | None = None
    language: str = "de"
    known: Participant | None = None
    code: str = ""
    """Of a letter, where the process asks where people live."""


def introduced(person: Introduction, now: datetime) -> Participant:
    """The locked row of whoever introduces themselves. A stranger's words change nothing of a confirmed person.

    Runs in the caller's transaction. Raises ``TooMany``.
    """
    if person.known:
        found = Participant.objects.select_for_update(no_key=True).get(pk=person.known.pk)
        _is_here(found, now)
        return found
    values = {
        "email": person.email, "pseudonym": person.pseudonym, "language": person.language, "created_at": now,
        "active_on": now.date(),
    }  # fmt: skip
    found = _called(email_key(person.email), values)
    typed = (person.email, person.pseudonym, person.language)
    if found.confirmed_at is None and (found.email, found.pseudonym, found.language) != typed:
        found.email, found.pseudonym, found.language = typed
        found.save(update_fields=["email", "pseudonym", "language"])
    _limit(found, now)
    return found


def involve(participant: Participant, phase: Phase, person: Introduction, now: datetime, *, is_sure: bool) -> None:
    """Count somebody in a phase, once; what they told for the process is kept until they are sure. Raises ``Denied``.

    Runs in the caller's public transaction: what is held back is read by nobody, but how many took part is.
    """
    if is_sure:
        rules.may_count(None, phase.process, participant, phase).demand()
    told = {"age_band": person.age_band, "municipality": person.home, "confirmed_at": now if is_sure else None}
    new = Involvement(phase=phase, participant=participant, began_at=now, **told)
    if participant.confirmed_at is None:  # so nothing of theirs was confirmed before
        Involvement.objects.bulk_create(
            [new], update_conflicts=True, unique_fields=["phase", "participant"], update_fields=list(told)
        )
        return
    if is_sure:
        _told(phase)
    there = Involvement.objects.filter(phase=phase, participant=participant)
    if not there.filter(confirmed_at=None).update(**told):
        Involvement.objects.bulk_create([new], ignore_conflicts=True)


def count_in(participant: Participant, phase: Phase, now: datetime) -> None:
    """A tool lets a confirmed person do something that is no contribution: they count in its phase, once.

    Runs in the caller's public transaction. Raises ``Denied``.
    """
    rules.may_count(None, phase.process, participant, phase).demand()
    _is_here(participant, now)
    there = Involvement.objects.filter(phase=phase, participant=participant)
    if there.filter(confirmed_at__isnull=False).exists():
        return
    rows = [Involvement(phase=phase, participant=participant, began_at=now, confirmed_at=now)]
    Involvement.objects.bulk_create(rows, ignore_conflicts=True)
    there.filter(confirmed_at=None).update(confirmed_at=now)
    _told(phase)


def sure(participant: Participant, phase: Phase, now: datetime) -> None:
    """Their mailbox is confirmed, so they count in this phase. In the caller's public transaction. Raises ``Denied``."""
    rules.may_count(None, phase.process, participant, phase).demand()
    confirmed(participant, now)
    involved = Involvement.objects.filter(phase=phase, participant=participant, confirmed_at=None)
    if involved.update(confirmed_at=now):
        _told(phase)


def count_unnamed(phase: Phase, now: datetime, *, number: int = 1, is_on_paper: bool = False) -> None:
    """Count people whom no address stands for: on paper, or invented for a demonstration. In the caller's transaction."""
    Involvement.objects.bulk_create(
        Involvement(phase=phase, began_at=now, confirmed_at=now, is_on_paper=is_on_paper) for _number in range(number)
    )


def confirmed(participant: Participant, now: datetime) -> None:
    """The mailbox is theirs."""
    if participant.confirmed_at is None:
        participant.confirmed_at = now
    participant.active_on = now.date()
    participant.save(update_fields=["confirmed_at", "active_on"])


@transaction.atomic
def come_in(*, participant_id: UUID, now: datetime) -> Participant:
    """Somebody has opened the link in their mail and pressed the button: the mailbox is theirs."""
    found = Participant.objects.select_for_update(no_key=True).get(pk=participant_id)
    confirmed(found, now)
    return found


@transaction.atomic
def ask_for_own_page(*, email: str, now: datetime) -> None:
    """Send the link to their own page to whoever took part with this address; the same for ten minutes.

    Says nothing to whoever asks, neither that nobody has this address nor that it was written to very often.
    """
    found = queries.participant_called(email)
    if found and not _is_written_to_often(found, now):
        mail.send_own_page(found, number=int(now.timestamp()) // TEN_MINUTES)


@transaction.atomic
def ask_for_link(*, person: Introduction, process: Process, going_on_to: str, now: datetime) -> None:
    """Send the link that says who somebody is; the same for ten minutes. Raises ``TooMany``."""
    found = introduced(person, now)
    mail.send_link(found, process, going_on_to, number=f"{process.pk}-{int(now.timestamp()) // TEN_MINUTES}")


@transaction.atomic
def participant_for(*, user: User, pseudonym: str, language: str, now: datetime) -> Participant:
    """Whoever an account is here: their row of before the account is taken over, else there is a new one."""
    found = Participant.objects.select_for_update(no_key=True).filter(user=user).first()
    if found is None:
        values = {"email": user.email, "pseudonym": pseudonym, "language": language}
        found = _called(email_key(user.email), values | {"created_at": now})
        if found.confirmed_at is None:  # what stands there, anybody may have typed
            found.email, found.pseudonym, found.language = user.email, pseudonym, language
        if found.user_id is None:
            found.user = user
        found.save(update_fields=["user", *values])
    confirmed(found, now)
    return found


@public_transaction()
def rename(*, participant: Participant, pseudonym: str) -> None:
    """What others read beside everything one has sent."""
    Participant.objects.filter(pk=participant.pk).update(pseudonym=pseudonym)
    bump(*(f"process:{slug}" for slug in queries.slugs_with_words_of(participant)))


def _called(key: str, values: dict[str, Any]) -> Participant:
    """The locked row of whoever has this address, made of ``values`` where there is none."""
    Participant.objects.bulk_create([Participant(email_key=key, **values)], ignore_conflicts=True)
    return Participant.objects.select_for_update(no_key=True).get(email_key=key)


def _is_here(participant: Participant, now: datetime) -> None:
    """Whoever does something is not forgotten for having done nothing."""
    if participant.active_on != now.date():
        participant.active_on = now.date()
        participant.save(update_fields=["active_on"])


def _told(phase: Phase) -> None:
    """How many took part stands on the pages of the process."""
    bump(f"process:{phase.process.slug}")


def _is_written_to_often(participant: Participant, now: datetime) -> bool:
    return written_since(message_keys(participant.pk), now - A_DAY) >= MAILS_A_DAY


def _limit(participant: Participant, now: datetime) -> None:
    if _is_written_to_often(participant, now):
        raise TooMany(
            _("This address has been written to very often today. Please wait until tomorrow, or use a link we sent.")
        )
