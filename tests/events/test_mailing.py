"""Mails to many, through real workers to a real mail server, while either of them dies: every key once in its log."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from tests.notifications.conftest import Postmaster, free_port

from .mailroom import PEOPLE, WAITING
from .processes import Process, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 90.0  # seconds at most until everything is delivered


class Site(Process):
    """The process of mailroom.py and the mail server it speaks to."""

    def __init__(self, database_url: str) -> None:
        self.port, self.postmaster, self.server = free_port(), Postmaster(), None
        mail = {"ANDOCK_MAIL_URL": f"smtp://127.0.0.1:{self.port}"}
        super().__init__("tests.events.mailroom", environment(database_url, **mail))
        self.pids: list[int] = []

    def open(self) -> None:
        """The mail server comes up, with what it took before still in its log."""
        self.server = Controller(self.postmaster, hostname="127.0.0.1", port=self.port)
        self.server.start()

    def shut(self) -> None:
        if self.server:
            self.server.stop()
        self.server = None

    def start_worker(self, *, is_patient: bool = False) -> int:
        """Tries again soon, for tests; a patient one as seldom as in production."""
        self.pids.append(self.ask("patient_worker" if is_patient else "worker"))
        return self.pids[-1]

    def end_workers(self) -> None:
        for pid in self.pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.pids = []

    def drained(self, number: int, occasion: str = "event_changed") -> dict[str, Any]:
        """The report once nothing waits or runs any more."""
        end = time.monotonic() + PATIENCE
        while (found := self.ask("report", occasion, number))["open"] and time.monotonic() < end:
            time.sleep(0.2)
        return found

    def until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so() and time.monotonic() < end:
            time.sleep(0.01)

    def addressed(self) -> list[str]:
        """Whom the mails went to that the server took."""
        return [message_from_bytes(raw, policy=policy.default)["To"] for raw in self.postmaster.taken]

    def pass_time(self, seconds: int) -> None:
        """Let so many seconds pass for the jobs, once each of them has been tried that is due."""
        self.until(lambda: not self.ask("due"))
        self.ask("pass_time", seconds)

    def close(self) -> None:
        self.end_workers()
        self.shut()
        super().close()


@pytest.fixture(scope="module")
def prepared(own_database_url: str) -> Iterator[Site]:
    site = Site(own_database_url)
    site.ask("prepare")
    yield site
    site.close()


@pytest.fixture
def site(prepared: Site) -> Iterator[Site]:
    prepared.postmaster.__init__()
    yield prepared
    prepared.end_workers()
    prepared.shut()


def kill_rounds(site: Site, rounds: int) -> None:
    """Workers that mail, one after the other, each killed at a random moment."""
    for _number in range(rounds):
        pid = site.start_worker()
        time.sleep(random.uniform(0.1, 0.5))
        os.kill(pid, signal.SIGKILL)


def expect_every_key_once(site: Site, number: int, *, kills: int) -> int:
    """Everybody has one mail, however often it had to be sent; returns how many copies more the server took.

    A worker that dies between the server's yes and its note of it sends the same mail again, under the same
    Message-ID, by which mailboxes show one. So there is a copy more at most for each worker that was killed.
    """
    found = site.drained(number)
    assert (found["open"], found["dead"], found["states"]) == (0, 0, ["sent"])
    assert len(set(found["to"])) == len(found["to"]) == PEOPLE
    log = [message_from_bytes(raw, policy=policy.default) for raw in site.postmaster.taken]
    assert {mail["Message-ID"] for mail in log} == set(found["ids"])
    assert Counter(to for to, _id in {(mail["To"], mail["Message-ID"]) for mail in log}) == dict.fromkeys(
        found["to"], 1
    )
    assert len(log) - PEOPLE <= kills
    return len(log) - PEOPLE


def test_workers_killed_while_mailing_write_to_everybody_once(site: Site) -> None:
    site.open()
    number = site.ask("tell")

    kill_rounds(site, 8)
    assert site.ask("report", "event_changed", number)["open"], (
        "everything was done before the last kill, so nothing was proved"
    )

    site.start_worker()
    expect_every_key_once(site, number, kills=8)


def test_mail_server_that_is_gone_then_puts_off_then_is_slow_loses_and_doubles_nothing(site: Site) -> None:
    number = site.ask("tell")
    site.start_worker()
    time.sleep(0.5)
    site.postmaster.answer = "451 come back"
    site.open()
    time.sleep(0.3)
    assert site.postmaster.taken == []
    site.postmaster.answer, site.postmaster.delay = "250 OK", 0.05

    assert expect_every_key_once(site, number, kills=0) == 0


def test_link_to_confirm_does_not_wait_behind_mails_to_many(site: Site) -> None:
    site.postmaster.delay = 0.02
    site.open()
    site.ask("tell")
    site.start_worker()
    site.until(lambda: len(site.postmaster.taken) > 3)

    address, before = site.ask("register", "eile"), len(site.postmaster.taken)
    site.until(lambda: address in site.addressed())

    assert PEOPLE - before > PEOPLE // 2, "hardly anybody was left to be written to, so nothing was proved"
    assert site.addressed().index(address) - before < 5
    site.end_workers()
    site.ask("clear")


def test_mail_server_that_is_gone_for_an_hour_has_every_mail_once_when_it_is_back(site: Site) -> None:
    site.start_worker(is_patient=True)
    number = site.ask("write")
    for seconds in (17, 66, 264):
        site.pass_time(seconds)
    address = site.ask("register", "geduld")
    for seconds in (1056, 2197):  # with those before an hour
        site.pass_time(seconds)
    assert site.postmaster.taken == []

    site.open()
    site.pass_time(2100)

    found = site.drained(number, "message")
    log = [message_from_bytes(raw, policy=policy.default) for raw in site.postmaster.taken]
    assert (found["dead"], found["states"], found["attempts"]) == (0, ["sent"], [6])
    assert len(found["to"]) == WAITING
    assert Counter(mail["To"] for mail in log) == dict.fromkeys([*found["to"], address], 1)
    assert len({mail["Message-ID"] for mail in log}) == len(log)


@pytest.mark.nightly
def test_workers_and_mail_server_killed_a_hundred_times(site: Site) -> None:
    site.open()
    for _round in range(10):
        number, before = site.ask("tell"), len(site.postmaster.taken)
        kill_rounds(site, 10)
        site.shut()
        site.start_worker()
        time.sleep(0.3)
        site.open()
        site.postmaster.taken = site.postmaster.taken[before:]
        expect_every_key_once(site, number, kills=10)
        site.end_workers()
