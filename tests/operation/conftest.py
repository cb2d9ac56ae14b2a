from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import dj_database_url
import pytest

from andock.operation.backup.postgres import Postgres
from andock.operation.backup.services import Place
from andock.operation.backup.sqlite import SQLite, opened
from tests.databases import POSTGRES, own_postgres_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
NEEDS_POSTGRES = pytest.mark.skipif(not POSTGRES, reason="ANDOCK_TEST_DATABASE_URL is not set")
TOWNS = """
CREATE TABLE town (id integer PRIMARY KEY, name text NOT NULL, area numeric);
CREATE TABLE hamlet (id integer PRIMARY KEY);
INSERT INTO town VALUES (1, 'Olpe', 85.9), (2, 'Lüdenscheid', NULL), (3, '', -0.5);
"""


@dataclass(frozen=True)
class Installation:
    """Andock as an operator has it: a data folder, a database, a command line."""

    data: Path
    database_url: str

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "ANDOCK_DATA": str(self.data),
            "ANDOCK_DATABASE_URL": self.database_url,
        }
        command = [sys.executable, "-m", "andock", *map(str, words)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, cwd=self.data.parent, check=False
        )

    def do(self, *words: object) -> str:
        """Run a command that must succeed; returns what it printed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuse(self, *words: object) -> str:
        """Run a command that must fail with a sentence; returns the sentence."""
        done = self.run(*words)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr.strip()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def new_address(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], str]]:
    """Names a fresh database on the engine at hand; on SQLite inside the given folder."""
    with ExitStack() as stack:

        def name(folder: Path) -> str:
            if request.param == "postgresql":
                return stack.enter_context(own_postgres_database())
            return f"sqlite:///{folder / 'andock.sqlite3'}"

        yield name


@pytest.fixture
def new_place(tmp_path: Path, new_address: Callable[[Path], str]) -> Callable[[str], Place]:
    """Makes empty places, called by their names."""

    def make(name: str) -> Place:
        folder = tmp_path / name
        folder.mkdir()
        settings = dj_database_url.parse(new_address(folder))
        is_sqlite = settings["ENGINE"].endswith("sqlite3")
        return Place(SQLite(Path(settings["NAME"])) if is_sqlite else Postgres(settings), folder / "media")

    return make


@pytest.fixture
def place(new_place: Callable[[str], Place]) -> Place:
    """A place with two tables and two files."""
    place = new_place("town-hall")
    if isinstance(place.engine, SQLite):
        with opened(place.engine.path) as database:
            database.executescript(f"PRAGMA journal_mode=WAL; {TOWNS}")
    else:
        with place.engine._connection() as database:
            database.execute(TOWNS)
    (place.media / "crests").mkdir(parents=True)
    (place.media / "crests" / "olpe.txt").write_text("Pannenklöpper")
    (place.media / "crests" / "leer.bin").write_bytes(bytes(range(256)) * 500)
    return place
