"""Copying and restoring a PostgreSQL database with its own tools."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from .archive import BackupRefused, TableSum

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from psycopg import Connection

    from .archive import Progress

# Text forms must not depend on who asks.
PLAIN = "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 1"


@dataclass(frozen=True, slots=True)
class Postgres:
    """The database that ``settings`` (Django's) name."""

    settings: dict[str, Any]
    name = "postgresql"
    member = "database.pgdump"

    def dump(self, target: Path, progress: Progress) -> dict[str, TableSum]:
        """Write a dump in the custom format; returns the sums of exactly the moment it shows."""
        require("pg_dump")
        with self._connection() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (snapshot,) = next(iter(connection.execute("SELECT pg_export_snapshot()")))
            progress("Copying the database", 0, 1)
            self._run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--file={target}",
            )
            return _sums(connection, progress)

    def is_empty(self) -> bool:
        """Whether nothing would be overwritten."""
        with self._connection() as connection:
            return not _tables(connection)

    def restore(self, dump: Path) -> None:
        """Load the dump, all of it or nothing."""
        require("pg_restore")
        self._run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(dump))

    def restored_sums(self, progress: Progress) -> dict[str, TableSum]:
        """The sums of the database in its place."""
        with self._connection() as connection:
            return _sums(connection, progress)

    def trial_sums(self, dump: Path, progress: Progress) -> dict[str, TableSum]:
        """Restore into a database of its own beside this one, take its sums and drop it."""
        with self._trial_database() as trial:
            trial.restore(dump)
            return trial.restored_sums(progress)

    @contextmanager
    def _trial_database(self) -> Iterator[Postgres]:
        import psycopg
        from psycopg import sql

        name = f"andock_verify_{uuid4().hex[:12]}"
        identifier = sql.Identifier(name)
        with self._connection() as connection:
            try:
                connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(identifier))
            except psycopg.errors.InsufficientPrivilege as error:
                raise BackupRefused(
                    "The backup is tried out in a database of its own. Allow that with: ALTER ROLE {role} CREATEDB".format(
                        role=self.settings["USER"] or connection.info.user
                    )
                ) from error
            try:
                yield Postgres({**self.settings, "NAME": name})
            finally:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))

    def _connection(self) -> Connection:
        import psycopg

        try:
            return psycopg.connect(
                host=self.settings["HOST"] or None,
                port=self.settings["PORT"] or None,
                user=self.settings["USER"] or None,
                password=self.settings["PASSWORD"] or None,
                dbname=self.settings["NAME"],
                autocommit=True,
                connect_timeout=10,
            )
        except psycopg.OperationalError as error:
            raise BackupRefused(f"PostgreSQL does not answer: {str(error).strip()}") from error

    def _run(self, program: str, *arguments: str) -> None:
        words = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
        environment = os.environ | {
            ours: str(self.settings[theirs]) for ours, theirs in words.items() if self.settings[theirs]
        }
        # pg_restore writes to standard output unless it is told the database.
        target = [f"--dbname={self.settings['NAME']}"] if program == "pg_restore" else []
        done = subprocess.run(
            [program, *target, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupRefused(f"{program}: {done.stderr.strip()}")


def require(program: str) -> None:
    """Raises ``BackupRefused`` naming the package that holds the program."""
    if not shutil.which(program):
        raise BackupRefused(f"{program} is missing; install the package postgresql-client.")


def _tables(connection: Connection) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    return [row[0] for row in connection.execute(query)]


def _sums(connection: Connection, progress: Progress) -> dict[str, TableSum]:
    connection.execute(PLAIN)
    tables, sums = _tables(connection), {}
    for number, table in enumerate(tables, start=1):
        sums[table] = _sum(connection, table)
        progress("Counting tables", number, len(tables))
    return sums


def _sum(connection: Connection, table: str) -> TableSum:
    from psycopg import sql

    rows, digest = 0, hashlib.sha256()
    query = sql.SQL('COPY (SELECT t::text FROM {} t ORDER BY t::text COLLATE "C") TO STDOUT').format(
        sql.Identifier(table)
    )
    with connection.cursor().copy(query) as lines:
        for line in lines:
            digest.update(line)
            rows += 1
    return TableSum(rows, digest.hexdigest())
