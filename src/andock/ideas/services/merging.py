"""Two ideas that want the same become one, if whoever wrote the first one agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import public_transaction

from .. import mail, queries, rules
from ..models import Idea, Support
from .supporting import changed

if TYPE_CHECKING:
    from datetime import datetime

    from andock.accounts.models import User
    from andock.participation.models import Participant


class Unfit(ValueError):
    """These two cannot be joined; the text says why and what to do."""


@public_transaction()
def propose(*, actor: User, idea: Idea, target: Idea, now: datetime) -> bool:
    """Ask the author of ``idea`` to let it go into ``target``; returns whether it is done already.

    Both change by it, so both must be theirs. Done at once where nobody is left to be asked, or both have the same author.
    Raises ``Denied`` or ``Unfit``.
    """
    idea, target = _locked(idea, target)
    for one in (idea, target):
        rules.may_steer_idea(actor, one).demand()
    _check(idea, target)
    author = idea.contribution.participant
    _trace(actor, "merge_proposed", idea, target)
    if author is None or author.pk == target.contribution.participant_id:
        merge(idea, target, now)
        _trace(actor, "merged", idea, target)
        return True
    idea.proposed_into, idea.proposed_at = target, now
    idea.save(update_fields=["proposed_into", "proposed_at"])
    mail.ask_to_merge(idea, target)
    return False


@public_transaction()
def take_back(*, actor: User, idea: Idea) -> None:
    """The proposal does not stand any more. Raises ``Denied``."""
    rules.may_steer_idea(actor, idea).demand()
    Idea.objects.filter(pk=idea.pk).update(proposed_into=None, proposed_at=None)
    record(
        actor=actor, action="ideas.merge_taken_back", thing=idea.contribution,
        organisation=idea.contribution.office, data={"process": idea.contribution.process.slug},
    )  # fmt: skip


@public_transaction()
def answer(*, participant: Participant, idea: Idea, agrees: bool, now: datetime, into: str) -> None:
    """The author agrees or refuses. Raises ``Denied`` or ``Unfit``.

    ``into`` is the number of the idea they read about: the office may propose another one meanwhile.
    """
    assert idea.proposed_into is not None or not agrees, "Somebody proposed it."
    target = idea.proposed_into
    [idea, *others] = _locked(idea, target) if target else _locked(idea)
    rules.may_agree_to_merge(participant, idea).demand()
    if agrees:
        if into != str(idea.proposed_into_id) or idea.proposed_into_id != others[0].pk:
            raise Unfit(_("The office proposes another idea by now. Please open the link in your mail once more."))
        _check(idea, others[0])
        merge(idea, others[0], now)
    else:
        Idea.objects.filter(pk=idea.pk).update(proposed_into=None, proposed_at=None)


def _check(idea: Idea, target: Idea) -> None:
    if idea.pk == target.pk:
        raise Unfit(_("An idea cannot be joined with itself. Please give the number of another one."))
    if idea.contribution.process_id != target.contribution.process_id:
        raise Unfit(_("Only ideas of one process can be joined."))
    if idea.merged_into_id or target.merged_into_id:
        raise Unfit(_("One of the two was joined with another idea already. Please look at the list again."))
    if not (idea.contribution.is_public and target.contribution.is_public):
        raise Unfit(_("Only public ideas can be joined."))


def merge(idea: Idea, target: Idea, now: datetime) -> None:
    """Supports move, each person's once; what was joined with this one before moves with it."""
    there = Support.objects.filter(idea=target, participant__isnull=False).values("participant")
    Support.objects.filter(idea=idea, participant__in=list(there.values_list("participant", flat=True))).delete()
    Support.objects.filter(idea=idea).update(idea=target)
    Idea.objects.filter(merged_into=idea).update(merged_into=target)
    Idea.objects.filter(proposed_into=idea).update(proposed_into=None, proposed_at=None)
    idea.merged_into, idea.merged_at, idea.proposed_into, idea.proposed_at = target, now, None, None
    idea.save(update_fields=["merged_into", "merged_at", "proposed_into", "proposed_at"])
    changed(idea.contribution.process)


def _locked(*ideas: Idea) -> list[Idea]:
    """Fresh and locked, in the order of their numbers, so that two joinings never wait for each other."""
    rows = Idea.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[one.pk for one in ideas])
    found = {one.pk: one for one in rows.select_related(*queries.WHOLE).order_by(F("pk"))}
    return [found[one.pk] for one in ideas]


def _trace(actor: User, act: str, idea: Idea, target: Idea) -> None:
    record(
        actor=actor, action=f"ideas.{act}", thing=idea.contribution, organisation=idea.contribution.office,
        data={"process": idea.contribution.process.slug, "into": target.pk},
    )  # fmt: skip
