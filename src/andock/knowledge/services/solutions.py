"""What becomes of a card: begun, changed, published, confirmed, archived, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.kernel.pagecache.versions import public_transaction
from andock.strategy.field_lock import settle

from .. import queries, rules, sheet
from ..addresses import short_name
from ..choices import Publication
from ..models import Solution
from .desk import Unfit, content_of, leave_trace, locked
from .documents import forget_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict, Submitted


@public_transaction()
def begin(
    *, actor: User, organisation: Organisation, title: str, kind: str, columns: Mapping[str, Any] | None = None
) -> Solution:
    """A draft that says as little as its title. ``columns`` are what a file says of it. Raises ``Denied``."""
    rules.may_keep_solutions(actor, organisation).demand()
    slug = short_name(title, queries.taken_slugs())
    solution = Solution(**dict(columns or {}), organisation=organisation, title=title, kind=kind, slug=slug)
    solution.put_days()
    solution.save(force_insert=True)
    leave_trace(actor, "written", solution)
    return solution


@public_transaction()
def edit(*, actor: User, solution: Solution, fields: Mapping[str, Submitted], now: datetime) -> dict[str, Conflict]:
    """Change a card; returns the fields somebody else changed at the same time. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    rules.may_edit_solution(actor, solution).demand()
    saved = sheet.read(solution)
    changes, conflicts = settle(saved, fields)
    if changes:
        before = content_of(solution)
        try:
            sheet.put(solution, saved | changes)
        except sheet.WrongDates as wrong:
            raise Unfit([("end_text", str(wrong))]) from wrong
        solution.changed_at = now
        solution.save()
        if changes.keys() & set(sheet.LINKS):
            sheet.put_links(solution, saved | changes)
        leave_trace(actor, "written", solution, before=before, fields=" ".join(sorted(changes)))
    return conflicts


@public_transaction()
def publish(*, actor: User, solution: Solution, now: datetime, today: date) -> Solution:
    """Show a card to everybody. Whoever publishes it says that it is true today. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    rules.may_publish_solution(actor, solution).demand()
    solution.publication, solution.published_at = Publication.PUBLISHED, solution.published_at or now
    _confirm(solution, now, today)
    leave_trace(actor, "published", solution)
    return solution


@public_transaction()
def confirm(*, actor: User, solution: Solution, now: datetime, today: date) -> Solution:
    """Say that all of it is still true. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    rules.may_confirm_solution(actor, solution).demand()
    _confirm(solution, now, today)
    leave_trace(actor, "confirmed", solution)
    return solution


@public_transaction()
def archive(*, actor: User, solution: Solution, now: datetime) -> Solution:
    """Take it out of the lists; its address stays. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    rules.may_archive_solution(actor, solution).demand()
    solution.publication, solution.changed_at = Publication.ARCHIVED, now
    solution.save()
    leave_trace(actor, "archived", solution)
    return solution


@public_transaction()
def delete(*, actor: User, solution: Solution) -> None:
    """Delete a draft for good, with its files. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    rules.may_delete_solution(actor, solution).demand()
    for document in solution.documents.all():
        forget_file(document.file)
    leave_trace(actor, "deleted", solution)
    solution.delete()


def _confirm(solution: Solution, now: datetime, today: date) -> None:
    solution.confirmed_on, solution.reminded_at, solution.changed_at = today, None, now
    solution.save()
