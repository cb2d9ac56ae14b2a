"""That somebody lives where they take part: codes are made and revoked, typed, and taken for good when somebody is sure.

Proving runs in the public transaction of whoever counts somebody; ``people`` asks once more before it does.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump

from .. import queries, rules
from ..choices import ResidenceWay
from ..codes import fresh_codes
from ..digests import of_code
from ..models import CodeBatch, Participant, ResidenceCode, ResidenceProof, TypedCode, WrongCode
from .people import TooMany

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from andock.accounts.models import User

    from ..models import Process
    from .people import Introduction

MOST_CODES = 1000
"""So many letters are printed together: drawing them takes four seconds and 350 MB of memory."""
WRONG_AN_HOUR = 20
"""So many codes that are none come from one place on the network in an hour, then it waits."""
AN_HOUR = timedelta(hours=1)


class CodeRefused(ValueError):
    """The code is missing or not good; the text says what to do. ``is_wrong``: there is none like it, somebody may be guessing."""

    def __init__(self, text: str, *, is_wrong: bool = False) -> None:
        super().__init__(text)
        self.is_wrong = is_wrong


def make_codes(
    *, actor: User, process: Process, number: int, note: str, now: datetime, print_all: Callable[[Sequence[str]], bytes]
) -> bytes:
    """New codes, written down by ``print_all`` and nowhere else: they cannot be shown again. Raises ``Denied``.

    What cannot be printed leaves no codes behind, and no transaction waits for the printing.
    """
    rules.may_make_codes(actor, process).demand()
    codes = fresh_codes(number)
    printed = print_all(codes)
    _keep(actor, process, codes, note, now)
    return printed


@transaction.atomic
def _keep(actor: User, process: Process, codes: Sequence[str], note: str, now: datetime) -> None:
    batch = CodeBatch.objects.create(process=process, number=len(codes), note=note, made_by=actor, made_at=now)
    ResidenceCode.objects.bulk_create(
        ResidenceCode(batch=batch, process=process, digest=of_code(process.pk, code)[0]) for code in codes
    )
    _leave_trace(actor, "codes_made", batch)


@transaction.atomic
def revoke_codes(*, actor: User, batch: CodeBatch, now: datetime) -> None:
    """A print was lost: what is not used yet is good for nobody. Raises ``Denied``."""
    batch = CodeBatch.objects.select_for_update(of=("self",), no_key=True).select_related("process__organisation").get(pk=batch.pk)  # fmt: skip
    rules.may_revoke_codes(actor, batch).demand()
    batch.revoked_at = now
    batch.save(update_fields=["revoked_at"])
    _leave_trace(actor, "codes_revoked", batch)


def settle(person: Introduction, participant: Participant, process: Process, request_key: UUID, now: datetime) -> None:
    """Somebody sends something: known people prove it now, of others the code waits for their mailbox. Raises ``CodeRefused``."""
    if not process.needs_residence:
        return
    if person.known:
        prove(participant=participant, process=process, code=person.code, now=now)
        return
    if not person.code:
        raise CodeRefused(str(rules.may_count(None, process).reason))
    found = _good(queries.residence_code(process, person.code), process)
    values = {"code": found, "participant": participant, "typed_at": now}
    TypedCode.objects.update_or_create(request_key=request_key, defaults=values)


def prove(*, participant: Participant, process: Process, code: str, now: datetime) -> None:
    """By the account if it says so, else by a code, once for each process. Raises ``CodeRefused``."""
    if process.needs_residence:
        found = queries.residence_code(process, code) if code else None
        _prove(participant, process, found, now, is_typed=bool(code))


def prove_as_sent(
    *, participant: Participant, process: Process, request_key: UUID | None, code: str, now: datetime
) -> None:
    """The mailbox is confirmed: the code that came with what was sent is taken, or another that is typed now.

    Raises ``CodeRefused``.
    """
    typed = queries.typed_code(request_key)
    if process.needs_residence and typed and not code:
        _prove(participant, process, typed.code, now, is_typed=True)
    else:
        prove(participant=participant, process=process, code=code, now=now)
    if typed:
        typed.delete()


def brake(*, origin_hash: str, now: datetime) -> None:
    """Raise ``TooMany`` where very many wrong codes came from one place just now."""
    if queries.wrong_codes_since(origin_hash, now - AN_HOUR) >= WRONG_AN_HOUR:
        raise TooMany(_("Too many wrong codes came from your network. Please wait for an hour, then try again."))


@transaction.atomic
def note_wrong(*, process: Process, origin_hash: str, now: datetime) -> None:
    """One more code that is none. In a transaction of its own: what was refused leaves nothing else."""
    WrongCode.objects.create(process=process, origin_hash=origin_hash, typed_at=now)


def _prove(
    participant: Participant, process: Process, code: ResidenceCode | None, now: datetime, *, is_typed: bool
) -> None:
    """Under the lock of the person, then of the code: of two at once exactly one has it."""
    participant = Participant.objects.select_for_update(of=("self",), no_key=True).get(pk=participant.pk)
    if participant.residence_proofs.filter(process=process).exists():
        return
    if rules.account_lives_there(participant.user, process):
        way = ResidenceWay.ACCOUNT
    elif is_typed:
        _take(code, process, now)
        way = ResidenceWay.CODE
    else:
        raise CodeRefused(str(rules.may_count(None, process).reason))
    if not ResidenceProof.objects.filter(process=process, way=way).exists():
        bump(f"process:{process.slug}")  # the page of results names the ways
    ResidenceProof.objects.create(process=process, participant=participant, way=way, proved_on=timezone.localdate(now))


def _take(code: ResidenceCode | None, process: Process, now: datetime) -> None:
    rows = ResidenceCode.objects.select_for_update(of=("self",), no_key=True).select_related("batch")
    found = _good(rows.filter(pk=code.pk).first() if code else None, process)
    found.used_on = timezone.localdate(now)
    found.save(update_fields=["used_on"])


def _good(code: ResidenceCode | None, process: Process) -> ResidenceCode:
    if code is None:
        raise CodeRefused(
            _("There is no such code for this process. Please compare it with your letter once more."), is_wrong=True
        )
    asked = {"office": process.contact_email or process.organisation.name}
    if code.used_on:
        raise CodeRefused(_("This code was used already; each is good for one person. If it was you, take part with the mail address you gave then. If it was not you, please ask for a new one: %(office)s.") % asked)  # fmt: skip
    if code.batch.revoked_at:
        raise CodeRefused(_("This code is not good any more, because letters were lost. Please ask for a new one: %(office)s.") % asked)  # fmt: skip
    return code


def _leave_trace(actor: User, act: str, batch: CodeBatch) -> None:
    process = batch.process
    data: dict[str, Any] = {"process": process.slug, "codes": batch.number, "made_at": batch.made_at.isoformat()}
    record(actor=actor, action=f"participation.{act}", thing=process, organisation=process.organisation, data=data)
