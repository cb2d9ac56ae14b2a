"""The database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from andock.kernel.findings import Finding
from andock.kernel.immutability import missing
from andock.operation.health import pending_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator


def reachable() -> Iterator[Finding]:
    """Asked first, so that what follows can be judged."""
    connection.ensure_connection()
    yield Finding(_("The database answers"), is_good=True)


def migrated() -> Iterator[Finding]:
    """Code and tables must be of the same release."""
    count = pending_migrations()
    yield Finding(
        _("The tables fit this release"),
        not count,
        _("Make a backup, then run: andock migrate (%(count)d steps are due)") % {"count": count},
    )


def write_ahead() -> Iterator[Finding]:
    """Readers and a writer at the same time need write-ahead logging."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    yield Finding(
        _("SQLite writes ahead (WAL)"),
        mode == "wal",
        _("Move the data folder to a local disk; network drives do not support WAL."),
    )


def frozen_rows() -> Iterator[Finding]:
    """What is in force is guarded by triggers, which a careless copy can lose."""
    names = missing()
    yield Finding(
        _("The database guards what must not change"),
        not names,
        _("Run: andock migrate (missing: %(names)s)") % {"names": ", ".join(names)},
    )
