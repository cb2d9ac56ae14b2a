"""Five thousand people want one of a hundred seats: the event's form beside a bare view that takes a seat.

Both stand behind the same middleware and CSRF check in the same two processes. Each person is one POST of a form that was fetched
before; addresses of clients are named as a proxy would, each person another. Meanwhile readers ask for the event's page
at a fixed rate, and every answer is held against what the database said just before it was asked.
"""

from __future__ import annotations

import html.parser
import json
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from . import servers
from .load import BadAnswer

PEOPLE, SEATS, CONNECTIONS, WORKERS = 5_000, 100, 64, 2
READS_A_SECOND = 100
EVENT, TURNSTILE = "andrang", "/bench/turnstile/"
PAGE = f"/veranstaltungen/{EVENT}/"
SILENCE_SECONDS = 60
HEAD_END = b"\r\n\r\n"
PROXY = {"ANDOCK_TRUSTED_PROXIES": "1", "ANDOCK_WORKERS": str(WORKERS)}


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a crowd met: decisions per second, milliseconds a person waited, answers that were no decision."""

    rate: float
    p50: float
    p99: float
    errors: int


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


@dataclass(slots=True)
class Form:
    """A form as the page holds it: its hidden values, and the names of boxes that must be ticked."""

    cookie: str
    values: dict[str, str] = field(default_factory=dict)


class _Fields(html.parser.HTMLParser):
    """Collects hidden values and required boxes, and of each group of radio buttons the first."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, kind = found.get("name"), found.get("type")
        if tag != "input" or not name:
            return
        if kind in {"hidden", "radio"} or (kind == "checkbox" and "required" in found):
            self.values.setdefault(name, found.get("value") or "on")


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
    form = _form(port, path)
    waiting = iter([_post(port, path, form, number, keys) for number in range(people)])
    begin = time.perf_counter()
    answers = _drive(port, waiting)
    lasted = time.perf_counter() - begin
    latencies = sorted(1000 * latency for latency, _status in answers)
    return Crowd(
        rate=len(answers) / lasted,
        p50=statistics.median(latencies),
        p99=latencies[int(len(latencies) * 0.99) - 1],
        errors=sum(status != b"302" for _latency, status in answers),
    )


def _form(port: int, path: str) -> Form:
    connection = HTTPConnection("127.0.0.1", port, timeout=SILENCE_SECONDS)
    connection.request("GET", path, headers={"Accept-Language": "de"})
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 200:  # noqa: PLR2004
        raise BadAnswer(f"GET {path}: {answer.status}")
    fields = _Fields()
    fields.feed(text)
    return Form((answer.headers["Set-Cookie"] or "").split(";")[0], fields.values)


def _post(port: int, path: str, form: Form, number: int, keys: Sequence[str]) -> bytes:
    values = form.values | {"name": f"Person {number}", "email": f"person-{number}@andrang.example"}
    if keys:  # each form carries another; those of the people were made beforehand
        values["key"] = keys[number]
    body = urlencode(values).encode()
    client = ".".join(map(str, (10, number >> 16 & 255, number >> 8 & 255, number & 255)))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Forwarded-For: {client}\r\nCookie: {form.cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(slots=True)
class _Person:
    socket: socket.socket
    asked_at: float = 0.0
    received: bytes = b""


def _drive(port: int, waiting: Iterator[bytes]) -> list[tuple[float, bytes]]:
    """Send everything over some persistent connections; how long each took and what it was answered."""
    answers: list[tuple[float, bytes]] = []
    with selectors.DefaultSelector() as selector:
        for _number in range(CONNECTIONS):
            person = _Person(socket.create_connection(("127.0.0.1", port)))
            person.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _next(selector, person, waiting, is_new=True)
        while selector.get_map():
            ready = selector.select(SILENCE_SECONDS)
            if not ready:
                raise BadAnswer(f"No answer for {SILENCE_SECONDS} seconds.")
            for key, _events in ready:
                _receive(selector, key.data, waiting, answers)
    return answers


def _next(selector: selectors.BaseSelector, person: _Person, waiting: Iterator[bytes], *, is_new: bool = False) -> None:
    request = next(waiting, None)
    if request is None:
        if not is_new:
            selector.unregister(person.socket)
        person.socket.close()
        return
    if is_new:
        selector.register(person.socket, selectors.EVENT_READ, person)
    person.received, person.asked_at = b"", time.perf_counter()
    person.socket.sendall(request)


def _receive(
    selector: selectors.BaseSelector, person: _Person, waiting: Iterator[bytes], answers: list[tuple[float, bytes]]
) -> None:
    piece = person.socket.recv(1 << 18)
    if not piece:
        raise BadAnswer("The server closed the connection.")
    person.received += piece
    head, found, body = person.received.partition(HEAD_END)
    if found and len(body) >= _length(head):
        answers.append((time.perf_counter() - person.asked_at, head.split(b" ", 2)[1]))
        _next(selector, person, waiting)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0
