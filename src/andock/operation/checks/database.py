"""The database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from andock.kernel.findings import Finding
from andock.kernel.immutability import missing
from andock.operation.health import pending_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator


def reachable() -> Iterator[Finding]:
    """Asked first, so that what follows can be judged."""
    connection.ensure_connection()
    yield Finding("The database answers", is_good=True)


def migrated() -> Iterator[Finding]:
    """Code and tables must be of the same release."""
    count = pending_migrations()
    yield Finding(
        "The tables fit this release",
        not count,
        f"Make a backup, then run: andock migrate ({count} steps are due)",
    )


def write_ahead() -> Iterator[Finding]:
    """Readers and a writer at the same time need write-ahead logging."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    yield Finding(
        "SQLite writes ahead (WAL)",
        mode == "wal",
        "Move the data folder to a local disk; network drives do not support WAL.",
    )


def frozen_rows() -> Iterator[Finding]:
    """What is in force is guarded by triggers, which a careless copy can lose."""
    names = missing()
    yield Finding(
        "The database guards what must not change",
        not names,
        "Run: andock migrate (missing: {names})".format(names=", ".join(names)),
    )
