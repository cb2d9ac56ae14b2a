"""What every act of an organiser begins and ends with: one writer at a time, a trace, and readers who see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump

from ..documents import renew_event
from ..models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andock.accounts.models import User

    from ..publication import Problem


class Unfit(ValueError):
    """What was asked does not fit; ``problems`` name the field and the sentence that helps."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(sentence for _field, sentence in self.problems))


def locked(event: Event) -> Event:
    """The event as it is now, for one writer at a time. Raises ``Unfit`` where somebody has deleted it.

    Its row is locked weakly: whoever registers refers to it and must not wait for us while we wait for their seats.
    """
    found = Event.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "municipality")
    row = found.filter(pk=event.pk).first()
    if row is None:
        raise Unfit([("", _("Somebody has deleted this draft meanwhile. Nothing was saved."))])
    return row


def count_change(event: Event, now: datetime) -> None:
    """What calendars hold has changed: they follow the higher counter, once for each deed. The caller saves."""
    event.sequence += 1
    event.changed_at = now


def leave_trace(actor: User, act: str, event: Event, *, reason: str = "", before: Any = None, **data: Any) -> None:
    """Write the act into the audit trail; readers see and find it at once where the event is public.

    The last thing an act does but for the mails: what the search is told is what stands there then.
    """
    if act == "written" and not event.is_public:
        act = "drafted"
    record(
        actor=actor, action=f"events.{act}", thing=event, organisation=event.organisation, before=before,
        after=content_of(event), reason=reason, data={"event": event.slug} | data,
    )  # fmt: skip
    if event.is_public:
        bump("events", event.scope)
        renew_event(event)


def content_of(event: Event) -> dict[str, Any]:
    """What the hash in the trail stands for."""
    return {field.attname: getattr(event, field.attname) for field in event._meta.concrete_fields}
