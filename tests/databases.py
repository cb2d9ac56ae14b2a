"""PostgreSQL databases of a test's own, for real processes that must not share the suite's transaction."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import dj_database_url

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTGRES = os.environ.get("ANDOCK_TEST_DATABASE_URL", "")


@contextmanager
def own_postgres_database() -> Iterator[str]:
    """The address of a fresh, empty database that is dropped afterwards."""
    import psycopg
    from psycopg import sql

    settings = dj_database_url.parse(POSTGRES)
    words = {key.lower(): settings[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if settings[key]}
    name = f"andock_trial_{uuid4().hex[:12]}"
    with psycopg.connect(dbname="postgres", autocommit=True, **words) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield POSTGRES.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
