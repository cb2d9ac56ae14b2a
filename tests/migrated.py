"""A migrated SQLite database, kept between runs: copying it takes a moment, migrating 20 seconds.

What is kept belongs to the migrations and packages it was made with. Django's ``migrate`` runs on the copy all the
same, so content types and the triggers of frozen rows are those of today.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var/tests"


def begin_with_it(creation: Any) -> None:
    """Let the test database of ``creation`` begin as the kept one, where there is one."""
    create: Callable[..., str] = creation._create_test_db

    def create_filled(*args: Any, **kwargs: Any) -> str:
        name = create(*args, **kwargs)
        if _kept().exists():
            # A database in memory lives as long as somebody is connected to it.
            creation.filled = sqlite3.connect(name, uri=True)
            with closing(sqlite3.connect(_kept())) as kept:
                kept.backup(creation.filled)
        return name

    creation._create_test_db = create_filled


def keep(connection: Any) -> None:
    """Keep the database as it is now for the next run; older ones go."""
    if _kept().exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    fresh = KEPT / f"{os.getpid()}.new"
    connection.ensure_connection()
    with closing(sqlite3.connect(fresh)) as copy:
        connection.connection.backup(copy)
    for old in KEPT.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    fresh.replace(_kept())


def _kept() -> Path:
    """The file that belongs to today's migrations and packages."""
    found = [
        *ROOT.glob("src/andock/**/migrations/*.py"),
        *ROOT.glob("tests/**/migrations/*.py"),
        *ROOT.glob("requirements/*.txt"),
    ]
    parts = b"".join(str(path.relative_to(ROOT)).encode() + path.read_bytes() for path in sorted(found))
    return KEPT / f"{sha256(parts).hexdigest()[:16]}.sqlite3"
