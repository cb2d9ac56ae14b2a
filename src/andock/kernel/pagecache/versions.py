"""Telling and asking what changed: one row per scope of public content.

A scope is a short name the modules agree on with themselves, such as ``pages`` or ``profile:olpe``. ``SITE`` is
part of every page: whatever stands in the frame.
"""

from __future__ import annotations

import secrets
from contextlib import ContextDecorator
from threading import Lock
from typing import TYPE_CHECKING

from asgiref.local import Local
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections, transaction
from django.db.transaction import TransactionManagementError

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType

    from django.db.backends.base.base import BaseDatabaseWrapper

SITE = "site"
NEVER = 0

_open = Local()


class public_transaction(ContextDecorator):  # noqa: N801  reads like transaction.atomic
    """``transaction.atomic`` for changes the public can see.

    Gathers every ``bump`` inside it, nested ones too, and writes them once, as the last statement before
    the commit: so the rows that many writers share are locked as briefly as possible.
    """

    def __enter__(self) -> None:
        levels = _levels()
        atomic = transaction.atomic()
        atomic.__enter__()
        levels.append((atomic, set()))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        atomic, scopes = _levels().pop()
        try:
            if kind is None:
                bump(*scopes)
        except BaseException as failure:
            atomic.__exit__(type(failure), failure, failure.__traceback__)
            raise
        atomic.__exit__(kind, error, trace)


def bump(*scopes: str) -> None:
    """Say that public content of these scopes changes with the current transaction.

    Call it only when something a reader can see did change. Raises ``TransactionManagementError`` outside a
    transaction: the stamp and the change must become visible in the same instant.
    """
    if levels := _levels():
        levels[-1][1].update(scopes)
        return
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("bump() needs the transaction that makes the change.")
    if scopes:
        _write(scopes)


def _levels() -> list[tuple[transaction.Atomic, set[str]]]:
    if not hasattr(_open, "levels"):
        _open.levels = []
    return _open.levels


def _write(scopes: Collection[str]) -> None:
    from .models import Version

    # In one order for all writers, so that two of them never wait for each other.
    Version.objects.bulk_create(
        (Version(scope=scope, stamp=secrets.randbits(62) + 1) for scope in sorted(scopes)),
        update_conflicts=True,
        unique_fields=["scope"],
        update_fields=["stamp"],
    )


class VersionReader:
    """Reads stamps through a connection of its own that never writes and never stays in a transaction.

    An own one, because the site's may be closed at the end of a request or inside a transaction, where it
    would answer with what was true at its beginning. All threads of a process share it, one after the other.
    """

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self._alias = alias
        self._connection: BaseDatabaseWrapper | None = None
        self._lock = Lock()

    def read(self, scopes: tuple[str, ...]) -> tuple[int, ...] | None:
        """The stamps of ``scopes`` in their order, or None while the database does not answer."""
        with self._lock:
            for _attempt in range(2):
                try:
                    return self._select(scopes)
                except (DatabaseError, InterfaceError):
                    self._disconnect()
        return None

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        with self._lock:
            self._disconnect()

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _select(self, scopes: tuple[str, ...]) -> tuple[int, ...]:
        marks = ", ".join(["%s"] * len(scopes))
        with self._connected().cursor() as cursor:
            cursor.execute(f"SELECT scope, stamp FROM pagecache_version WHERE scope IN ({marks})", scopes)  # noqa: S608
            stamps = dict(cursor.fetchall())
        return tuple(stamps.get(scope, NEVER) for scope in scopes)

    def _connected(self) -> BaseDatabaseWrapper:
        if self._connection is None:
            connection = connections.create_connection(self._alias)
            connection.inc_thread_sharing()
            connection.connect()
            if connection.vendor == "sqlite":
                connection.connection.execute("PRAGMA query_only = ON")
            self._connection = connection
        return self._connection
