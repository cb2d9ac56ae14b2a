"""The web server dies in the middle of five hundred registrations: whoever saw the page of thanks is found again."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.web_server import WebServer, patiently

from .processes import Process, environment
from .townhall import SEATS, SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE, CONNECTIONS = 500, 8
FORM = f"/veranstaltungen/{SLUG}/anmelden/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class TownHall(WebServer):
    """The web server, and the process of townhall.py that looks after."""

    def __init__(self, database_url: str) -> None:
        super().__init__(environment(database_url, ANDOCK_TRUSTED_PROXIES="1"))
        self.office = Process("tests.events.townhall", self.environment)

    def form(self) -> tuple[str, str]:
        """The cookie and the token of a form."""
        return patiently(self._form)

    def _form(self) -> tuple[str, str]:
        with closing(self.connect()) as connection:
            connection.request("GET", FORM)
            answer = connection.getresponse()
            return answer.headers["Set-Cookie"].partition(";")[0], TOKEN.search(answer.read().decode())[1]

    def close(self) -> None:
        self.kill()
        self.office.close()


class Crowd:
    """People with a form each who come over a few connections, and send it again where they got no answer."""

    def __init__(self, hall: TownHall, keys: list[str]) -> None:
        self.hall, self.keys = hall, keys
        self.cookie, self.token = hall.form()
        self.waiting = iter(range(len(keys)))
        self.thanked: list[int] = []
        self.unanswered: list[int] = []

    def come(self) -> None:
        """One connection's people, one after the other."""
        with closing(self.hall.connect()) as connection:
            for number in self.waiting:
                patiently(lambda number=number: self._register(connection, number))

    def _register(self, connection: HTTPConnection, number: int) -> None:
        values = {
            "csrfmiddlewaretoken": self.token, "key": self.keys[number], "consent": "on",
            "name": f"Person {number}", "email": address(number),
        }  # fmt: skip
        head = {
            "Cookie": self.cookie, "X-Forwarded-For": f"10.0.{number // 250}.{number % 250}",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        try:
            connection.request("POST", FORM, urlencode(values), head)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.unanswered.append(number)
            connection.close()
            raise
        assert (answer.status, "/danke/" in answer.headers.get("Location", "")) == (302, True)
        self.thanked.append(number)


def address(number: int) -> str:
    return f"person-{number}@andrang.example"


@pytest.fixture(scope="module")
def hall(own_database_url: str) -> Iterator[TownHall]:
    hall = TownHall(own_database_url)
    yield hall
    hall.close()


def test_server_killed_while_hundreds_register_loses_and_doubles_nobody(hall: TownHall) -> None:
    crowd = Crowd(hall, hall.office.ask("prepare", PEOPLE))
    some = random.randint(PEOPLE // 5, PEOPLE * 3 // 5)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        coming = [pool.submit(crowd.come) for _connection in range(CONNECTIONS)]
        while len(crowd.thanked) < some and not any(one.done() for one in coming):
            time.sleep(0.005)
        hall.kill()
        before = len(crowd.thanked)
        hall.serve()
        for one in coming:
            one.result()

    found = hall.office.ask("report")
    people = {email: pk for pk, email, *_more in found["people"]}
    assert 0 < before < PEOPLE
    assert crowd.unanswered, "the kill hit no request, so nothing was proved"
    assert Counter(email for _pk, email, *_more in found["people"]) == dict.fromkeys(map(address, crowd.thanked), 1)
    assert Counter(map(tuple, found["mails"])) == {("confirm", pk): 1 for pk in people.values()}
    assert (found["held"], found["counted"]) == (SEATS, [SEATS, PEOPLE - SEATS])
    assert found["counted"] == found["recounted"]
