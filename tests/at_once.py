"""Several people act in the same moment, each on a connection of their own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections

Act = Callable[[], object]


class AtOnce:
    """Runs acts in threads that begin together; ``look`` asks what is true afterwards, on a new connection."""

    def __call__(self, *acts: Act) -> list[object]:
        gate = threading.Barrier(len(acts))
        results: list[object] = [None] * len(acts)

        def run(place: int, act: Act) -> None:
            try:
                gate.wait(timeout=10)
                results[place] = act()
            except Exception as error:  # noqa: BLE001  the test looks at it
                results[place] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    def look(self, question: Act) -> object:
        [answer] = self(question)
        if isinstance(answer, Exception):
            raise answer
        return answer


@contextmanager
def acting_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtOnce]:
    """On SQLite the threads share a file, as in production; the suite's own database lives in memory."""
    if connection.vendor == "sqlite":
        path = folder / "andock.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as file:
            connection.connection.backup(file)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
    yield AtOnce()
    monkeypatch.undo()
