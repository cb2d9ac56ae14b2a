"""Many people who each send a form once: forms as their pages hold them, and a crowd that sends them all.

Addresses of clients are named as a proxy would, each person another.
"""

from __future__ import annotations

import html.parser
import selectors
import socket
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from .load import BadAnswer

SILENCE_SECONDS = 60
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a crowd met: decisions per second, milliseconds a person waited, answers that were no decision."""

    rate: float
    p50: float
    p99: float
    errors: int


@dataclass(slots=True)
class Form:
    """A form as the page holds it: its hidden values, and the names of boxes that must be ticked."""

    cookies: list[str]
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
            self.values.setdefault(name, found.get("value") or ("" if kind == "hidden" else "on"))


def form_of(port: int, path: str, cookie: str = "") -> Form:
    """The form of a page, as somebody with this cookie is given it."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=SILENCE_SECONDS)) as connection:
        connection.request("GET", path, headers={"Accept-Language": "de"} | ({"Cookie": cookie} if cookie else {}))
        answer = connection.getresponse()
        text = answer.read().decode()
    if answer.status != 200:  # noqa: PLR2004
        raise BadAnswer(f"GET {path}: {answer.status}")
    fields = _Fields()
    fields.feed(text)
    return Form([one.split(";")[0] for one in answer.headers.get_all("Set-Cookie", [])], fields.values)


def headers_of(form: Form, number: int, cookie: str = "") -> dict[str, str]:
    """What the browser of one person says beside the form; ``number`` makes their address."""
    client = ".".join(map(str, (10, number >> 16 & 255, number >> 8 & 255, number & 255)))
    cookies = "; ".join(filter(None, [*form.cookies, cookie]))
    return {"X-Forwarded-For": client, "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}


def post_of(port: int, path: str, values: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
    body = urlencode(values).encode()
    lines = [
        f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode() + body


def crowd_of(port: int, requests: Iterable[bytes], connections: int, decision: int = 302) -> Crowd:
    """Send everything, each as soon as the one before on its connection was answered; any other status is an error."""
    waiting = iter(list(requests))
    begin = time.perf_counter()
    answers = _drive(port, waiting, connections)
    lasted = time.perf_counter() - begin
    latencies = sorted(1000 * latency for latency, _status in answers)
    return Crowd(
        rate=len(answers) / lasted,
        p50=statistics.median(latencies),
        p99=latencies[int(len(latencies) * 0.99) - 1],
        errors=sum(int(status) != decision for _latency, status in answers),
    )


@dataclass(slots=True)
class _Person:
    socket: socket.socket
    asked_at: float = 0.0
    received: bytes = b""


def _drive(port: int, waiting: Iterator[bytes], connections: int) -> list[tuple[float, bytes]]:
    """Send everything over some persistent connections; how long each took and what it was answered."""
    answers: list[tuple[float, bytes]] = []
    with selectors.DefaultSelector() as selector:
        for _number in range(connections):
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
