"""What this server fetches from outside, and what it never does."""

import socket
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
]


@pytest.mark.parametrize("address", INNER)
def test_inner_address_is_not_public(address: str) -> None:
    assert not outbound.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
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

    def stream(self, size: int, **_kwargs: Any) -> Any:
        return (self.body[start : start + size] for start in range(0, len(self.body), size))


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
