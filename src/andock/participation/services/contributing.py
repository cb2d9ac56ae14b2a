"""How a contribution comes in: sent, confirmed by whoever owns the mailbox, shown or held back, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from andock.kernel.jobs import Priority
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.search.services import renew, renew_soon

from .. import details, mail, queries, rules
from ..choices import ContributionKind, ContributionState
from ..documents import NAME, idea_group
from ..models import Contribution, Involvement, Participant
from . import people, residence
from .people import Introduction, TooMany

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from ..models import Phase

    Detail = Callable[[Contribution], object]

__all__ = ["Introduction", "TooMany", "confirm", "enter_paper", "submit", "withdraw"]
PER_DAY = 30
"""So many contributions one person sends in a day."""
A_DAY = timedelta(days=1)
FORGOTTEN = "–"
"""Stands where an objection was."""
ABOUT_A_PASSAGE = frozenset({ContributionKind.COMMENT, ContributionKind.WORDING})
"""Also one that only a municipality has, which is no element."""


@public_transaction()
def submit(
    *, person: Introduction, phase: Phase, kind: str, text: str, address: str, now: datetime, request_key: UUID,
    title: str = "", about: str = "", origin_hash: str = "", is_doubtful: bool = False, detail: Detail | None = None,
    **more: Any,
) -> Contribution:  # fmt: skip
    """Take a contribution. Known people's counts at once; of others when their mailbox is confirmed.

    ``address`` is the public page it will stand on, ``{pk}`` in it its number. ``more``: ``element``, ``municipality``.
    ``detail`` writes what is the tool's own, in the same transaction.
    The same form with the same address and words is the same contribution. ``is_doubtful``: a moderator looks at it first.
    Raises ``Denied`` when the phase does not run, ``CodeRefused`` and ``TooMany``.
    """
    rules.may_take_part(None, phase, now).demand()
    key = uuid5(request_key, f"{phase.pk} {person.email} {kind} {title} {text}")
    participant = people.introduced(person, now)
    lately = queries.sent_lately(participant, now - A_DAY, key)
    if key in lately:  # under the person's lock: the same form may come twice in a moment
        return queries.sent_as(lately[key])
    if len(lately) >= PER_DAY:
        raise TooMany(_("You have sent very much today. Please go on tomorrow; copy your text to be safe."))
    residence.settle(person, participant, phase.process, key, now)
    contribution = Contribution.objects.create(
        process=phase.process, phase=phase, participant=participant, kind=kind, title=title, text=text, about=about,
        request_key=key, origin_hash=origin_hash, is_doubtful=is_doubtful, sent_at=now,
        office=_office(phase, more.get("municipality")), **more,
    )  # fmt: skip
    contribution.address = address.format(pk=contribution.pk)
    if detail:
        detail(contribution)
    people.involve(participant, phase, person, now, is_sure=person.known is not None)
    if person.known:
        _enter(contribution, now)
    else:
        contribution.save(update_fields=["address"])
        mail.ask_to_confirm(contribution, participant, priority=_priority(is_doubtful))
    return contribution


@public_transaction()
def confirm(*, contribution: Contribution, now: datetime, code: str = "") -> Contribution:
    """The mailbox is theirs, so it counts. Repeated, it changes nothing. Raises ``Denied`` when the phase is over.

    Whoever sent it in time has a day more to confirm it. Raises ``CodeRefused`` where the code that came with it is not
    good any more; ``code`` is another one.
    """
    contribution = _locked(contribution)
    if contribution.state != ContributionState.UNCONFIRMED or contribution.participant is None:
        return contribution
    rules.may_take_part(None, contribution.phase, max(contribution.sent_at, now - A_DAY)).demand()
    residence.prove_as_sent(
        participant=contribution.participant, process=contribution.process, request_key=contribution.request_key,
        code=code, now=now,
    )  # fmt: skip
    people.sure(contribution.participant, contribution.phase, now)
    _enter(contribution, now)
    return contribution


@public_transaction()
def withdraw(*, participant: Participant, contribution: Contribution) -> None:
    """Take back what one has sent: its words go, the place where it stood stays. Raises ``Denied``."""
    contribution = _locked(contribution)
    rules.may_withdraw(participant, contribution).demand()
    was_public = contribution.is_public
    empty(contribution)
    if was_public:
        told_of_it_all(contribution)


@public_transaction()
def enter_paper(
    *, actor: Any, phase: Phase, kind: str, text: str, address: str, now: datetime, title: str = "", about: str = "",
    detail: Detail | None = None, **more: Any,
) -> Contribution:  # fmt: skip
    """Staff type what came on paper; marked as such, and public at once. Also after the phase. Raises ``Denied``."""
    rules.may_bring_in(actor, phase.process).demand()
    contribution = Contribution.objects.create(
        process=phase.process, phase=phase, kind=kind, title=title, text=text, about=about, is_on_paper=True,
        state=ContributionState.PUBLIC, sent_at=now, confirmed_at=now, published_at=now,
        office=_office(phase, more.get("municipality")), **more,
    )  # fmt: skip
    contribution.address = address.format(pk=contribution.pk)
    contribution.save(update_fields=["address"])
    if detail:
        detail(contribution)
    Involvement.objects.create(phase=phase, confirmed_at=now, is_on_paper=True)
    told(contribution)
    return contribution


@public_transaction()
def attach(*, contribution: Contribution, element_id: UUID | None) -> None:
    """Let a contribution belong to a passage, or to none. Whoever calls has asked whether it may be."""
    was = contribution.element_id
    contribution.element_id = element_id
    contribution.save(update_fields=["element"])
    if contribution.is_public and was != contribution.element_id:
        bump("contributions")
        told(contribution)


def empty(contribution: Contribution) -> None:
    """Take its words away, what tools keep beside them, and what was said about them. Runs in a public transaction."""
    contribution.state, contribution.title, contribution.text = ContributionState.WITHDRAWN, "", ""
    contribution.save(update_fields=["state", "title", "text"])
    contribution.reports.filter(settled_at=None).delete()
    silence(contribution)
    details.taken_back(contribution)


def silence(contribution: Contribution) -> None:
    """That its author objected stays in the log, what they wrote to us does not; nobody is left who waits for an answer."""
    made = contribution.decisions.exclude(objection="")
    made.update(objection=FORGOTTEN, settled_at=Coalesce("settled_at", Now()))


def told_of_it_all(contribution: Contribution) -> None:
    """It is not read any more, or again: passages that were changed for it say for how many. Runs in a public transaction."""
    told(contribution)
    if queries.changed_a_text(contribution):
        bump("contributions")


def told(contribution: Contribution, *, file: Callable[[str, str], object] = renew) -> None:
    """What readers see of this process has changed. Runs in a public transaction. ``file`` tells the search."""
    bump("participation", f"process:{contribution.process.slug}")
    if contribution.element_id or contribution.kind in ABOUT_A_PASSAGE:
        bump("contributions")
    if contribution.kind == ContributionKind.IDEA:
        file(NAME, idea_group(contribution.pk))


def _enter(contribution: Contribution, now: datetime) -> None:
    """From here on it was sent for sure: shown, or held back for a moderator."""
    is_held = contribution.process.holds_back or contribution.is_doubtful
    contribution.confirmed_at = now
    contribution.state = ContributionState.HELD if is_held else ContributionState.PUBLIC
    contribution.published_at = None if is_held else now
    contribution.origin_hash = ""
    contribution.save(update_fields=["address", "confirmed_at", "state", "published_at", "origin_hash"])
    if not is_held:
        told(contribution, file=renew_soon)


def _office(phase: Phase, municipality: Any) -> Any:
    """Who answers: where a process is region-wide, the municipality something is meant for."""
    return municipality if phase.process.is_region_wide and municipality else phase.process.organisation


def _priority(is_doubtful: bool) -> Priority:
    return Priority.LEISURE if is_doubtful else Priority.SOMEBODY_WAITS


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("process__organisation", "phase__process__organisation", "participant").get(
        pk=contribution.pk
    )
