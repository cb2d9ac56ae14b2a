"""A load generator: a few persistent connections, each asking again as soon as it was answered.

Written on bare sockets so that it costs far less than what it measures and needs nothing installed.
"""

from __future__ import annotations

import re
import selectors
import socket
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"
PIECE = 1 << 18
SILENCE_SECONDS = 30


class BadAnswer(Exception):
    """The server answered with something else than 200; the message holds the first line of it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one page gave under load. Latencies in milliseconds, ``size`` is the body in bytes as sent.

    ``processor`` is what the server worked for one answer, in milliseconds: other work on the machine hardly changes it.
    """

    rate: float
    p50: float
    p99: float
    size: int
    processor: float = 0.0


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    request: bytes
    asked_at: float = 0.0
    received: int = 0
    expected: int = 0
    size: int = 0
    head: bytes = b""
    latencies: list[float] = field(default_factory=list)

    def ask(self) -> None:
        self.received = self.expected = 0
        self.head = b""
        self.asked_at = time.perf_counter()
        self.socket.sendall(self.request)

    def receive(self) -> None:
        """Take what has come; note the latency and ask again once the answer is whole."""
        piece = self.socket.recv(PIECE)
        if not piece:
            raise BadAnswer("The server closed the connection.")
        self.received += len(piece)
        if not self.expected:
            self._read_head(piece)
        if self.expected and self.received >= self.expected:
            self.latencies.append(time.perf_counter() - self.asked_at)
            self.ask()

    def _read_head(self, piece: bytes) -> None:
        self.head += piece
        end = self.head.find(HEAD_END)
        if end < 0:
            return
        length = CONTENT_LENGTH.search(self.head, 0, end)
        if not self.head.startswith(b"HTTP/1.1 200") or not length:
            asked, answered = (text.split(b"\r\n", 1)[0].decode(errors="replace") for text in (self.request, self.head))
            raise BadAnswer(f"{asked}: {answered}{'' if length else ' (without Content-Length)'}")
        self.size = int(length[1])
        self.expected = end + len(HEAD_END) + self.size


def request_of(port: int, path: str, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def measure(
    port: int,
    path: str,
    headers: Mapping[str, str],
    *,
    seconds: float,
    connections: int = 4,
    spent: Callable[[], float] = float,
) -> Sample:
    """Load one page for some seconds, after a tenth of that to warm up; ``spent`` is the server's own clock.

    Raises ``BadAnswer`` as soon as one answer is not 200.
    """
    request = request_of(port, path, headers)
    with selectors.DefaultSelector() as selector:
        opened = [_Connection(socket.create_connection(("127.0.0.1", port)), request) for _number in range(connections)]
        try:
            for connection in opened:
                connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                connection.ask()
            _run(selector, opened, seconds / 10)
            for connection in opened:
                connection.latencies.clear()
            before = spent()
            lasted = _run(selector, opened, seconds)
            worked = spent() - before
        finally:
            for connection in opened:
                connection.socket.close()
    return _sample(opened, lasted, worked)


def _run(selector: selectors.BaseSelector, opened: list[_Connection], seconds: float) -> float:
    """Load for some seconds, longer where a slow page has not answered each connection once; returns how long it took."""
    begin = time.perf_counter()
    while (now := time.perf_counter()) < begin + seconds or not all(connection.latencies for connection in opened):
        ready = selector.select(SILENCE_SECONDS)
        if not ready:
            raise BadAnswer(f"No answer for {SILENCE_SECONDS} seconds.")
        for key, _events in ready:
            key.data.receive()
    return now - begin


def _sample(opened: list[_Connection], seconds: float, worked: float) -> Sample:
    latencies = sorted(1000 * latency for connection in opened for latency in connection.latencies)
    return Sample(
        rate=len(latencies) / seconds,
        p50=statistics.median(latencies),
        p99=latencies[min(int(len(latencies) * 0.99), len(latencies) - 1)],
        size=opened[0].size,
        processor=1000 * worked / len(latencies),
    )
