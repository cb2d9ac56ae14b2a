"""Copying and restoring a SQLite database."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection as default
from django.db.backends.sqlite3.base import DatabaseWrapper

from .archive import BackupRefused, TableSum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .archive import Progress


@dataclass(frozen=True, slots=True)
class SQLite:
    """The database file of this installation."""

    path: Path
    name = "sqlite"
    member = "database.sqlite3"

    def dump(self, target: Path, progress: Progress) -> dict[str, TableSum]:
        """Write a consistent, compact copy while others go on reading and writing; returns its sums."""
        if not self.path.exists():
            raise BackupRefused(f"There is no database at {self.path}.")
        progress("Copying the database", 0, 1)
        with opened(self.path) as source:
            source.execute("VACUUM INTO ?", [str(target)])
        return self.sums(target, progress)

    def sums(self, copy: Path, progress: Progress) -> dict[str, TableSum]:
        """The sums of a copy that nobody writes to. Raises ``BackupRefused`` when it is damaged."""
        with opened(f"{copy.resolve().as_uri()}?mode=ro&immutable=1") as database:
            try:
                return _sums(database, progress)
            except sqlite3.DatabaseError as error:
                raise BackupRefused(f"The copy of the database is damaged: {error}") from error

    def is_empty(self) -> bool:
        """Whether nothing would be overwritten."""
        if not self.path.exists():
            return True
        with opened(self.path) as database:
            return database.execute("SELECT 1 FROM sqlite_master").fetchone() is None

    def restore(self, dump: Path) -> None:
        """Put the copy in place, all of it or nothing."""
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with opened(dump) as source, opened(self.path) as target:
            source.backup(target)
        self.path.chmod(0o600)

    def restored_sums(self, progress: Progress) -> dict[str, TableSum]:
        """The sums of the database in its place, before anybody uses it."""
        return self.sums(self.path, progress)

    def trial_sums(self, dump: Path, progress: Progress) -> dict[str, TableSum]:
        """The sums of a copy as it would be restored; the copy is the database, so nothing more is needed."""
        return self.sums(dump, progress)


@contextmanager
def opened(place: Path | str) -> Iterator[sqlite3.Connection]:
    """A connection that knows Django's SQL functions, which constraints and indexes may call."""
    wrapper = DatabaseWrapper({**default.settings_dict, "NAME": str(place), "OPTIONS": {"timeout": 60}})
    with closing(wrapper.get_new_connection(wrapper.get_connection_params())) as connection:
        yield connection


def _sums(database: sqlite3.Connection, progress: Progress) -> dict[str, TableSum]:
    verdict = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    sums = {}
    for number, (table,) in enumerate(tables, start=1):
        sums[table] = _sum(database, table)
        progress("Counting tables", number, len(tables))
    return sums


def _sum(database: sqlite3.Connection, table: str) -> TableSum:
    rows, digest = 0, hashlib.sha256()
    quoted = table.replace('"', '""')
    for row in database.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608  a name from the database itself
        digest.update(repr(row).encode())
        rows += 1
    return TableSum(rows, digest.hexdigest())
