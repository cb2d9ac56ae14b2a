"""What this server fetches from outside, and what it never does."""

import contextlib
import socket
import time
from threading import Thread
from typing import Any

import pytest

from andock.kernel import outbound

INNER = [
    "127.0.0.1",
    "::1",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "0.0.0.1",
    "::ffff:127.0.0.1",
    "fd00::1",
    "224.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "::127.0.0.1",
    "fec0::1",
]


@pytest.mark.parametrize("address", INNER)
def test_inner_address_is_not_public(address: str) -> None:
    assert not outbound.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::93.184.216.34"])
def test_address_of_the_internet_is_public(address: str) -> None:
    assert outbound.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://user@example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://[bad/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://localhost/",
        "https://no-such-name.invalid/",
    ],
)
def test_address_is_refused_before_anything_is_sent(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "_get", lambda *_parts: pytest.fail("something was sent"))

    with pytest.raises(outbound.Refused, match=r"\w+ \w+"):
        outbound.fetch(url, max_bytes=1000)


def test_one_inner_answer_of_the_name_server_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: answers)

    with pytest.raises(outbound.Refused):
        outbound.fetch("https://example.org/", max_bytes=1000)


class Answer:
    def __init__(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.status, self.body, self.headers = status, body, headers

    def read1(self, size: int, **_kwargs: Any) -> bytes:
        chunk, self.body = self.body[:size], self.body[size:]
        return chunk

    def close(self) -> None:
        """Nothing is open."""


def answering(monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> None:
    queue = list(answers)
    monkeypatch.setattr(outbound, "_address", lambda *_args: "93.184.216.34")
    monkeypatch.setattr(outbound, "_get", lambda *_args: queue.pop(0))


def test_redirect_to_another_host_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, Answer(302, Location="https://169.254.169.254/meta"))

    with pytest.raises(outbound.Refused, match="example"):
        outbound.fetch("https://example.org/", max_bytes=1000)


def test_redirect_on_the_same_host_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, Answer(302, Location="/neu"), Answer(body=b"gut"))

    assert outbound.fetch("https://example.org/alt", max_bytes=1000) == b"gut"


def test_redirects_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, *(Answer(302, Location="/weiter") for _ in range(9)))

    with pytest.raises(outbound.Refused):
        outbound.fetch("https://example.org/", max_bytes=1000)


def test_answer_larger_than_agreed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, Answer(body=b"x" * 2_000_000))

    with pytest.raises(outbound.Refused, match="1 MB"):
        outbound.fetch("https://example.org/", max_bytes=1_000_000)


def lines_of(parts: list[bytes], pause: float) -> Any:
    """A server that says these, with a pause between them; its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        found, _address = server.accept()
        with found, contextlib.suppress(OSError):
            found.recv(4096)
            for part in parts:
                found.sendall(part)
                time.sleep(pause)

    Thread(target=serve, daemon=True).start()
    return server, f"127.0.0.1:{server.getsockname()[1]}"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    ("parts", "pause", "told"),
    [
        ([HEAD, b"x", b"x"], 1.0, "middle|mitten"),
        ([HEAD, b"x"], 0.0, "middle|mitten"),
        ([HEAD, *[b"x"] * 500], 0.02, "long|lange"),
        ([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n", b"nope"], 0.0, "middle|mitten"),
    ],
    ids=["stops", "breaks off", "drips", "is not packed as it says"],
)
def test_answer_that_does_not_come_is_refused_in_time(
    parts: list[bytes], pause: float, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "SLOWEST", 5)
    server, host = lines_of(parts, pause)
    began = time.monotonic()

    with server, pytest.raises(outbound.Refused, match=told):
        outbound.fetch(f"http://{host}/", max_bytes=2000, inner=[host], patience=0.3)

    assert time.monotonic() - began < 4
