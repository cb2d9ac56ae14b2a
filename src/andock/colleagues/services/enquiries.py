"""An office asks another about a card; both write until one of them closes the thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.knowledge.rules import KEEPERS

from .. import mail, queries, rules
from ..models import Contribution, Enquiry
from ..owners import office_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User
    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation

PER_DAY = 20
"""So many enquiries an organisation may begin in a day."""


class Unfit(ValueError):
    """What was asked does not fit; the text says why and what to do."""


@transaction.atomic
def ask(*, actor: User, solution: Solution, organisation: Organisation, text: str, key: UUID, now: datetime) -> Enquiry:
    """Ask the owner of a card. Goes into the thread that is open about it, else begins one; the same form does so once.

    Raises ``Denied`` or ``Unfit``.
    """
    rules.may_ask(actor, solution, organisation).demand()
    key = _key(key, actor, solution, text)
    if found := queries.contribution_with(key):
        return found.enquiry
    enquiry = _locked(queries.open_enquiry(solution, organisation) or _begin(actor, solution, organisation, now))
    rules.may_contribute(actor, enquiry, organisation).demand()
    if not queries.contribution_with(key):  # the same form may have come in the same moment
        _write(enquiry, actor=actor, organisation=organisation, text=text, key=key, now=now)
    return enquiry


@transaction.atomic
def contribute(
    *, actor: User, enquiry: Enquiry, organisation: Organisation, text: str, key: UUID, now: datetime
) -> Contribution:
    """Write to the other office. The same form does so once. Raises ``Denied``."""
    enquiry = _locked(enquiry)
    key = _key(key, actor, enquiry, text)
    if found := queries.contribution_with(key):
        return found
    rules.may_contribute(actor, enquiry, organisation).demand()
    return _write(enquiry, actor=actor, organisation=organisation, text=text, key=key, now=now)


@transaction.atomic
def close(*, actor: User, enquiry: Enquiry, organisation: Organisation, now: datetime) -> None:
    """Nothing is left to say. Raises ``Denied``."""
    enquiry = _locked(enquiry)
    rules.may_close_enquiry(actor, enquiry).demand()
    enquiry.closed_at, enquiry.waits_since, enquiry.reminded_at = now, None, None
    enquiry.save()
    _leave_trace(actor, "enquiry_closed", enquiry, organisation)


@transaction.atomic
def reopen(*, actor: User, enquiry: Enquiry, organisation: Organisation, now: datetime) -> None:
    """Go on; whoever had the turn has it again, from now on. Raises ``Denied`` or ``Unfit``."""
    enquiry = _locked(enquiry)
    rules.may_reopen_enquiry(actor, enquiry).demand()
    if queries.open_enquiry(enquiry.solution, enquiry.asking):
        raise Unfit(_("There is an open thread about this card already. Please go on there."))
    last = queries.contributions_to(enquiry).last()
    enquiry.closed_at = None
    enquiry.waits_since = now if last and last.organisation_id == enquiry.asking_id else None
    enquiry.save()
    _leave_trace(actor, "enquiry_reopened", enquiry, organisation)


def _begin(actor: User, solution: Solution, organisation: Organisation, now: datetime) -> Enquiry:
    """A new thread; the one of somebody who began it in the same moment where there is one by now."""
    if queries.asked_on(timezone.localdate(now), organisation) >= PER_DAY:
        raise Unfit(
            _("%(name)s has begun %(number)d enquiries today. Please go on tomorrow; copy your text to be safe.")
            % {"name": organisation, "number": PER_DAY}
        )
    values = {"owner": office_of(solution), "opened_by": actor, "opened_at": now, "changed_at": now}
    enquiry, is_new = Enquiry.objects.get_or_create(
        solution=solution, asking=organisation, closed_at=None, defaults=values
    )
    if is_new:
        _leave_trace(actor, "enquiry_opened", enquiry, organisation)
    return enquiry


def _write(
    enquiry: Enquiry, *, actor: User, organisation: Organisation, text: str, key: UUID, now: datetime
) -> Contribution:
    """Add it, turn to the other office, and tell its people."""
    written = Contribution.objects.create(
        enquiry=enquiry, organisation=organisation, author=actor, role=queries.role_of(actor, organisation, KEEPERS), text=text,
        written_at=now, key=key,
    )  # fmt: skip
    if organisation == enquiry.owner:
        enquiry.waits_since, enquiry.reminded_at = None, None
    else:
        enquiry.waits_since = enquiry.waits_since or now
    enquiry.changed_at = now
    enquiry.save()
    _leave_trace(actor, "enquiry_written", enquiry, organisation, after=text)
    mail.tell(written)
    return written


def _locked(enquiry: Enquiry) -> Enquiry:
    """As it is now, for one writer at a time."""
    found = Enquiry.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("solution", "asking", "owner").get(pk=enquiry.pk)


def _key(form: UUID, actor: User, thing: Enquiry | Solution, text: str) -> UUID:
    """The same form with the same words; other words in it, after going back, are another contribution."""
    return uuid5(form, f"{actor.pk} {thing.pk} {text}")


def _leave_trace(actor: User, act: str, enquiry: Enquiry, organisation: Organisation, after: Any = None) -> None:
    record(
        actor=actor, action=f"colleagues.{act}", thing=enquiry, organisation=organisation, after=after,
        data={"solution": enquiry.solution.slug},
    )  # fmt: skip
