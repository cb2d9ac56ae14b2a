"""Five thousand people want one of a hundred seats: the event's form beside a bare view that takes a seat.

Both stand behind the same middleware and CSRF check in the same two processes. Each person is one POST of a form that was fetched
before; addresses of clients are named as a proxy would, each person another. Meanwhile readers ask for the event's page
at a fixed rate, and every answer is held against what the database said just before it was asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import servers
from .crowd import Crowd, Form, crowd_of, form_of, headers_of, post_of

PEOPLE, SEATS, CONNECTIONS, WORKERS = 5_000, 100, 64, 2
READS_A_SECOND = 100
EVENT, TURNSTILE = "andrang", "/bench/turnstile/"
PAGE = f"/veranstaltungen/{EVENT}/"
PROXY = {"ANDOCK_TRUSTED_PROXIES": "1", "ANDOCK_WORKERS": str(WORKERS)}


@dataclass(frozen=True, slots=True)
class Readers:
    """What readers met meanwhile: how many, milliseconds, failures, and pages older than the database."""

    asked: int
    p99: float
    failed: int
    stale: int


@dataclass(frozen=True, slots=True)
class Rush:
    """One database's figures. ``oversold`` and ``lost`` compare the database with what people were answered."""

    database: str
    event: Crowd
    turnstile: Crowd
    readers: Readers
    oversold: int
    lost: int

    @property
    def ratio(self) -> float:
        return self.event.rate / self.turnstile.rate


def run(database: str, env: Mapping[str, str], region: Path, *, people: int = PEOPLE) -> Rush:
    """Prepare a site, let the crowd come to the turnstile, then to the event, with readers meanwhile at both.

    ``env`` names data folder and database.
    """
    made = json.loads(servers.run_python(["-m", "andock.bench.prepare", "rush", str(region), str(people)], env))
    with servers.serving(servers.SITE, env, workers=WORKERS) as server:
        _crowd(server.port, TURNSTILE, people // 10)  # both processes have met everything once
        turnstile, _readers = _beside_readers(env, server.port, TURNSTILE, people)
        event, readers = _beside_readers(env, server.port, f"{PAGE}anmelden/", people, made["keys"])
    counted = json.loads(servers.run_python(["-m", "andock.bench.prepare", "rush-count"], env))
    return Rush(
        database, event, turnstile, readers,
        oversold=max(counted["held"] - SEATS, 0), lost=people - event.errors - counted["registrations"],
    )  # fmt: skip


def _beside_readers(
    env: Mapping[str, str], port: int, path: str, people: int, keys: Sequence[str] = ()
) -> tuple[Crowd, Readers]:
    """What the crowd met while others read the event's page, and what those met."""
    reading = subprocess.Popen(
        [sys.executable, "-m", "andock.bench.readers", str(port), PAGE, str(READS_A_SECOND)],
        env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    reading.stdout.readline()  # type: ignore[union-attr]  # it is ready
    crowd = _crowd(port, path, people, keys)
    told, _nothing = reading.communicate("")
    return crowd, Readers(**json.loads(told))


def _crowd(port: int, path: str, people: int, keys: Sequence[str] = ()) -> Crowd:
    form = form_of(port, path)
    values = (_values(form, number, keys) for number in range(people))
    posts = [post_of(port, path, one, headers_of(form, number)) for number, one in enumerate(values)]
    return crowd_of(port, posts, CONNECTIONS)


def _values(form: Form, number: int, keys: Sequence[str]) -> dict[str, str]:
    values = form.values | {"name": f"Person {number}", "email": f"person-{number}@andrang.example"}
    return values | ({"key": keys[number]} if keys else {})  # each form carries another; made beforehand
