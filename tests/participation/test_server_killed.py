"""The web server dies again and again while people send ideas, support and answer: what was acknowledged is there, once."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from tests.events.processes import Process, environment
from tests.web_server import WebServer, patiently

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = 6
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Square(WebServer):
    """The web server, and the process of square.py that looks after."""

    def __init__(self, database_url: str) -> None:
        super().__init__(environment(database_url, ANDOCK_TRUSTED_PROXIES="1"))
        self.office = Process("tests.participation.square", self.environment)

    def form(self, path: str) -> tuple[str, str]:
        """The cookie and the token of a form."""

        def ask() -> tuple[str, str]:
            with closing(self.connect()) as connection:
                connection.request("GET", path)
                answer = connection.getresponse()
                return answer.headers["Set-Cookie"].partition(";")[0], TOKEN.search(answer.read().decode())[1]

        return patiently(ask)

    def close(self) -> None:
        self.kill()
        self.office.close()


class Crowd:
    """People with a form each who come over a few connections, and send it again where they got no answer."""

    def __init__(self, square: Square, acts: list[dict[str, Any]]) -> None:
        self.square, self.acts = square, acts
        self.cookie, self.token = square.form(acts[0]["path"])
        self.thanked: list[str] = []
        self.unanswered: list[str] = []
        self.wrong: list[tuple[str, int, str]] = []

    def begin(self, pool: ThreadPoolExecutor) -> list[Any]:
        """Everybody sends their form, in this order."""
        waiting = iter(list(enumerate(self.acts)))
        return [pool.submit(self._come, waiting) for _connection in range(CONNECTIONS)]

    def _come(self, waiting: Iterator[tuple[int, dict[str, Any]]]) -> None:
        """One connection's people, one after the other."""
        with closing(self.square.connect()) as connection:
            for number, act in waiting:
                patiently(lambda number=number, act=act: self._send(connection, number, act))

    def _send(self, connection: HTTPConnection, number: int, act: dict[str, Any]) -> None:
        head = {
            "Cookie": "; ".join(filter(None, [self.cookie, act["device"]])),
            "X-Forwarded-For": f"10.0.{number // 250}.{number % 250}",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        try:
            connection.request(
                "POST", act["path"], urlencode({"csrfmiddlewaretoken": self.token} | act["values"]), head
            )
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.unanswered.append(act["sign"])
            connection.close()
            raise
        to = answer.headers.get("Location", "")
        if answer.status == 302 and to.startswith(act["thanks"]):
            self.thanked.append(act["sign"])
        else:
            self.wrong.append((act["sign"], answer.status, to))


@pytest.fixture(scope="module")
def square(own_database_url: str) -> Iterator[Square]:
    square = Square(own_database_url)
    yield square
    square.close()


def take_part(square: Square, slug: str, people: int, kills: int) -> None:
    """Let so many people take part while the server dies so often, and look each time and at the end what is there."""
    acts = square.office.ask("prepare", slug, people)
    crowd = Crowd(square, acts)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        coming = crowd.begin(pool)
        for kill in range(kills):
            some = people * (kill + random.uniform(0.2, 0.8)) / kills
            while len(crowd.thanked) < some and not crowd.wrong and not all(one.done() for one in coming):
                time.sleep(0.003)
            square.kill()
            thanked = list(crowd.thanked)
            found = Counter(square.office.ask("report", slug)["sent"])
            square.serve()
            assert {sign: found[sign] for sign in thanked} == dict.fromkeys(thanked, 1)
        for one in coming:
            one.result()
        assert crowd.wrong == []
        assert crowd.unanswered, "no kill hit a request, so nothing was proved"
        expect_everything_once(square, slug, acts)
        again = Crowd(square, acts)
        for one in again.begin(pool):
            one.result()
    assert again.wrong == []
    expect_everything_once(square, slug, acts)


def expect_everything_once(square: Square, slug: str, acts: list[dict[str, Any]]) -> None:
    everybody = dict.fromkeys((act["sign"] for act in acts), 1)
    strangers = dict.fromkeys((act["sign"] for act in acts if not act["device"]), 1)
    found = square.office.ask("report", slug)
    assert Counter(found["sent"]) == everybody
    assert Counter(found["counted"]) == everybody
    for what in ("waiting", "written", "queued"):
        assert Counter(found[what]) == strangers, what


def test_server_killed_three_times_keeps_everything_acknowledged_once(square: Square) -> None:
    take_part(square, "platz", people=150, kills=3)


@pytest.mark.nightly
def test_server_killed_twenty_times_keeps_everything_acknowledged_once(square: Square) -> None:
    take_part(square, "markt", people=600, kills=20)
