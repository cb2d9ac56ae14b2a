"""Many at the same moment, in real processes, and some die: nothing is sold twice and no answer was untrue."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from andock.events.choices import ACTIVE, HOLDING

from .processes import Process, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROCESSES, ACTS = 4, 60


class Crowd(Process):
    """The process of crowd.py."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__("tests.events.crowd", environment(database_url))
        self.folder = folder

    def answers(self) -> list[list[str]]:
        """What the children were told, in the order in which each was told it."""
        return [line.split() for path in sorted(self.folder.iterdir()) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def crowd(own_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    crowd = Crowd(own_database_url, tmp_path_factory.mktemp("told"))
    crowd.ask("prepare")
    yield crowd
    crowd.close()


def run(crowd: Crowd, rounds: int, *, kills: bool) -> list[int]:
    """Let them act; with ``kills`` one of each round dies at a random moment. Returns how they ended."""
    ends, before = [], len(list(crowd.folder.iterdir())) // PROCESSES
    for number in range(before, before + rounds):
        pids = [crowd.ask("child", number * PROCESSES + place, ACTS, crowd.folder) for place in range(PROCESSES)]
        if kills:
            crowd.ask("kill", random.choice(pids), round(random.uniform(0.02, 0.5), 3))
        ends += crowd.ask("wait", *pids)
    return ends


def expect_truth(crowd: Crowd) -> None:
    found = crowd.ask("report")
    people = {person["pk"]: person for person in found["people"]}
    active = [person["email_key"] for person in people.values() if person["state"] in ACTIVE]
    told = crowd.answers()
    cancelled = {pk for word, pk, *_rest in told if word == "cancelling"}

    assert found["counted"] == found["recounted"]
    assert sum(int(person["seats"]) for person in people.values() if person["state"] in HOLDING) <= found["capacity"]
    assert len(active) == len(set(active))
    assert {pk for word, pk, *_rest in told if word == "registered"} <= set(people)
    kept = {pk for word, pk, *state in told if word == "confirmed" and state == ["confirmed"]} - cancelled
    assert {people[pk]["state"] for pk in kept} <= {"confirmed"}
    assert any(word == "confirmed" for word, *_rest in told), "nobody got anything, so nothing was proved"
    waiting = [p for p in people.values() if p["state"] == "waiting" and p["confirmed_at"] != "None"]
    assert all(int(person["seats"]) > found["free"] for person in waiting)


def test_four_processes_at_once_sell_no_seat_twice(crowd: Crowd) -> None:
    ends = run(crowd, 2, kills=False)

    assert set(ends) == {0}
    expect_truth(crowd)


def test_processes_killed_while_registering_lose_nothing_that_was_answered(crowd: Crowd) -> None:
    ends = run(crowd, 5, kills=True)

    assert 9 in ends, "no kill hit a living process, so nothing was proved"
    expect_truth(crowd)


def test_nobody_confirms_while_the_event_is_being_cancelled(crowd: Crowd, tmp_path: Path) -> None:
    somebody = crowd.ask("prepare_cancelled")
    organiser = crowd.ask("cancel_slowly", 0.5, tmp_path)
    for _attempt in range(1000):
        if not (tmp_path / "cancelling").exists():
            time.sleep(0.01)

    assert crowd.ask("confirm", somebody) == "denied"
    assert crowd.ask("wait", organiser) == [0]


@pytest.mark.nightly
def test_a_hundred_rounds_with_kills(crowd: Crowd) -> None:
    run(crowd, 100, kills=True)

    expect_truth(crowd)
