"""Run as a process of its own: asks for a page at a fixed rate until its input ends, and looks whether it is true.

Before each tenth request the database is asked how full the event is; the page may say that or, if more came
meanwhile, more. What it says less is stale.
"""

from __future__ import annotations

import json
import selectors
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from types import MappingProxyType

import django

from andock.bench.rush import EVENT

EVERY = 10
CONNECTIONS = 16
ORDER = MappingProxyType({"free": 0, "few": 1, "waiting_list": 2, "full": 3})


@dataclass(frozen=True, slots=True)
class Read:
    """Seconds from when the page was due until it was there, whether it failed, and whether it was older than ``known``."""

    seconds: float
    failed: bool
    stale: bool


class Reader:
    """Asks for one page over connections of their own, one a thread, as that many browsers would."""

    def __init__(self, port: int, path: str) -> None:
        from andock.events.choices import Room

        self.path = path
        self.words = {str(room.label).encode(): ORDER[room] for room in Room}
        self.connections = threading.local()
        self.port = port

    def read(self, due: float, known: int) -> Read:
        """Ask; ``due`` is when, on the clock of ``perf_counter``, and ``known`` how full the event was before."""
        status, body = self._ask()
        shown = max((place for word, place in self.words.items() if word in body), default=3)
        return Read(time.perf_counter() - due, status != 200, shown < known)  # noqa: PLR2004

    def _ask(self) -> tuple[int, bytes]:
        if not hasattr(self.connections, "one"):
            self.connections.one = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection: HTTPConnection = self.connections.one
        try:
            connection.request("GET", self.path, headers={"Accept-Language": "de"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            connection.close()
            return 0, b""


def main(port: int, path: str, rate: int) -> dict[str, float]:
    """Read until told to stop. A page that is late holds up none that is due after it."""
    reader = Reader(port, path)
    asked: list[Future[Read]] = []
    with selectors.DefaultSelector() as selector, ThreadPoolExecutor(CONNECTIONS) as pool:
        selector.register(sys.stdin, selectors.EVENT_READ)
        due = time.perf_counter()
        while not selector.select(max(0, due - time.perf_counter())):
            known = fullness() if len(asked) % EVERY == 0 else 0
            asked.append(pool.submit(reader.read, due, known))
            due += 1 / rate
    read = [one.result() for one in asked]
    seconds = sorted(one.seconds for one in read)
    return {
        "asked": len(read),
        "p99": 1000 * seconds[int(len(read) * 0.99) - 1],
        "failed": sum(one.failed for one in read),
        "stale": sum(one.stale for one in read),
    }


def fullness() -> int:
    """How full the event is now, as a number that only grows during a rush."""
    from andock.events.models import Allotment
    from andock.events.queries import room_of

    return ORDER[room_of(Allotment.objects.select_related("event").get(event__slug=EVENT))]


if __name__ == "__main__":
    django.setup()
    from django.utils import translation

    translation.activate("de")
    fullness()
    print("ready", flush=True)  # noqa: T201
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))  # noqa: T201
