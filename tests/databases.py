"""Databases of a test's own, for real processes that must not share the suite's transaction."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import dj_database_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSTGRES = os.environ.get("ANDOCK_TEST_DATABASE_URL", "")


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The address of a database of this run's engine with the tables of the suite's, to be asked for between tests.

    Copying them takes a moment, migrating 20 seconds.
    """
    from django.db import connection

    if POSTGRES:
        connection.close()  # PostgreSQL copies only what nobody is connected to
        with own_postgres_database(template=connection.settings_dict["NAME"]) as address:
            yield address
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "trial.sqlite3")) as copy:
        connection.connection.backup(copy)
    yield f"sqlite:///{folder / 'trial.sqlite3'}"


@contextmanager
def own_postgres_database(template: str = "template1") -> Iterator[str]:
    """The address of a fresh copy of ``template`` (an empty database) that is dropped afterwards."""
    import psycopg
    from psycopg import sql

    settings = dj_database_url.parse(POSTGRES)
    words = {key.lower(): settings[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if settings[key]}
    name = f"andock_trial_{uuid4().hex[:12]}"
    with psycopg.connect(dbname="postgres", autocommit=True, **words) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield POSTGRES.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
