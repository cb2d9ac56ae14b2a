"""What offices do with ideas: how far they are, where they are, what they belong to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.participation.services import contributing

from .. import rules
from ..models import Idea
from .supporting import changed

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from andock.accounts.models import User
    from andock.knowledge.models import Solution


@public_transaction()
def set_status(*, actor: User, ideas: Collection[Idea], status: str) -> int:
    """Say how far these ideas are; returns how many. Raises ``Denied`` if one of them is not theirs."""
    for idea in ideas:
        rules.may_steer_idea(actor, idea).demand()
    Idea.objects.filter(pk__in=[one.pk for one in ideas]).update(status=status)
    by_office = Counter((one.contribution.process, one.contribution.office) for one in ideas)
    for (process, office), number in by_office.items():
        data: dict[str, str | int] = {"status": status, "ideas": number}
        record(actor=actor, action="ideas.status_set", thing=process, organisation=office, data=data)
        changed(process)
    return len(ideas)


@public_transaction()
def locate(*, actor: User, idea: Idea, place: str, latitude: float | None, longitude: float | None) -> None:
    """Say where an idea is, in words and as a point. Raises ``Denied``."""
    rules.may_steer_idea(actor, idea).demand()
    Idea.objects.filter(pk=idea.pk).update(place=place, latitude=latitude, longitude=longitude)
    _leave_trace(actor, "located", idea, {"is_located": latitude is not None})


@public_transaction()
def link(*, actor: User, idea: Idea, element_id: UUID | None, solutions: Collection[Solution]) -> None:
    """Say which passage and which solutions an idea belongs to. Raises ``Denied``."""
    rules.may_steer_idea(actor, idea).demand()
    contributing.attach(contribution=idea.contribution, element_id=element_id)
    idea.solutions.set(solutions)
    _leave_trace(actor, "linked", idea, {"element": str(element_id or ""), "solutions": len(solutions)})
    bump("idea_links")


def _leave_trace(actor: User, act: str, idea: Idea, data: dict[str, Any]) -> None:
    process = idea.contribution.process
    record(
        actor=actor, action=f"ideas.{act}", thing=idea.contribution, organisation=idea.contribution.office,
        data={"process": process.slug, **data},
    )  # fmt: skip
    changed(process)
