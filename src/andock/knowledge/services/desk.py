"""What every act of an owner begins and ends with: one writer at a time, a trace, and readers who see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump

from ..documents import renew_all
from ..models import Guide, Solution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from andock.accounts.models import User

T = TypeVar("T", Solution, Guide)
Problem = tuple[str, str]
"""The field and the sentence that helps."""
NAMES = {Solution: "solution", Guide: "guide"}
SCOPES = ("solutions", "guides")
"""Cards name guides and guides cards, so both are shown anew."""


class Unfit(ValueError):
    """What was asked does not fit; ``problems`` name the field and the sentence that helps."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(sentence for _field, sentence in self.problems))


def locked(thing: T) -> T:
    """The card or guide as it is now, for one writer at a time. Raises ``Unfit`` where somebody has deleted it."""
    found = type(thing).objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    row = found.filter(pk=thing.pk).first()
    if row is None:
        raise Unfit([("", _("Somebody has deleted this draft meanwhile. Nothing was saved."))])
    return row


def leave_trace(actor: User | None, act: str, thing: Solution | Guide, *, before: Any = None, **data: Any) -> None:
    """Write the act into the audit trail; readers see and find it at once where the thing is public.

    The last thing an act does: what the search is told is what stands there then.
    """
    name = NAMES[type(thing)]
    record(
        actor=actor, action=f"knowledge.{name}_{act}", thing=thing, organisation=thing.organisation, before=before,
        after=content_of(thing), data={name: thing.slug} | data,
    )  # fmt: skip
    if thing.is_public:
        bump(*SCOPES)
    if thing.published_at:
        renew_all(thing)


def content_of(thing: Model) -> dict[str, Any]:
    """What the hash in the trail stands for."""
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
