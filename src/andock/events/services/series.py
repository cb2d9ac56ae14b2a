"""Events that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.strategy.field_lock import settle

from .. import rules
from ..addresses import short_name
from ..documents import renew_series
from ..models import Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict, Submitted

FIELDS = ("title", "text", "at_once")


def read(series: Series) -> dict[str, Any]:
    return {name: getattr(series, name) for name in FIELDS}


@public_transaction()
def begin(*, actor: User, organisation: Organisation, title: str, text: str, at_once: bool) -> Series:
    """A new series without events. Raises ``Denied``."""
    rules.may_keep_events(actor, organisation).demand()
    series = Series.objects.create(
        organisation=organisation, slug=free_slug(title), title=title, text=text, at_once=at_once
    )
    _leave_trace(actor, series)
    return series


@public_transaction()
def edit(*, actor: User, series: Series, fields: Mapping[str, Submitted]) -> dict[str, Conflict]:
    """Change a series; returns the fields somebody else changed at the same time. Raises ``Denied``."""
    series = (
        Series.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=series.pk)
    )
    rules.may_keep_events(actor, series.organisation).demand()
    changes, conflicts = settle(read(series), fields)
    if changes:
        for name, value in changes.items():
            setattr(series, name, value)
        series.save()
        _leave_trace(actor, series)
    return conflicts


def free_slug(title: str) -> str:
    """The address of a new series."""
    first = short_name(title, ())
    return short_name(title, set(Series.objects.filter(slug__startswith=first).values_list("slug", flat=True)))


def _leave_trace(actor: User, series: Series) -> None:
    record(
        actor=actor, action="events.series_written", thing=series, organisation=series.organisation,
        after=read(series), data={"series": series.slug},
    )  # fmt: skip
    bump("events", *(event.scope for event in series.events.all() if event.is_public))
    renew_series(series)
