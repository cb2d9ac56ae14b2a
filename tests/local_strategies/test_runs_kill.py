"""An office whose process dies without a word in the middle of a take-over: SIGKILL, a database on disk."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Office:
    """The process of office.py, and what stands in its database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment = {
            **os.environ,
            "TRIAL_DATABASE_URL": f"sqlite:///{path}",
            "DJANGO_SETTINGS_MODULE": "tests.kernel.trial_settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }

    def start(self, act: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.local_strategies.office", act],
            stdout=subprocess.PIPE, text=True, cwd=ROOT, env=self.environment,
        )  # fmt: skip

    def prepare(self) -> None:
        process = self.start("prepare")
        process.communicate(timeout=300)
        assert process.returncode == 0

    def work_and_die(self, seconds: float) -> list[list[str]]:
        """What the process said before it was killed, some time after its first word."""
        process = self.start("work")
        first = process.stdout.readline()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        rest, _nothing = process.communicate(timeout=60)
        return [line.split() for line in (first + rest).splitlines()]

    def answers(self) -> dict[str, str]:
        with sqlite3.connect(self.path) as database:
            rows = database.execute("SELECT item, resolution FROM local_strategies_answer").fetchall()
        return {item: json.loads(resolution)["answer"] for item, resolution in rows}

    def drafts(self) -> list[tuple[int, int]]:
        """Each open version with the number of its decisions, and how many runs are finished into it."""
        with sqlite3.connect(self.path) as database:
            return database.execute(
                "SELECT (SELECT count(*) FROM local_strategies_elementdecision d WHERE d.version_id = v.id),"
                " (SELECT count(*) FROM local_strategies_run r WHERE r.result_id = v.id AND r.state = 'finished')"
                " FROM local_strategies_version v WHERE v.state = 'drafting'"
            ).fetchall()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path / "trial.sqlite3")
    office.prepare()
    return office


def expected(known: dict[str, str], said: list[list[str]]) -> tuple[dict[str, str], str]:
    """The answers that were confirmed, and the item the last word was about if it was not confirmed any more."""
    known, pending = dict(known), ""
    for word, *rest in said:
        pending = rest[0] if word in {"answering", "taking"} else ""
        if word == "answered":
            known[rest[0]] = rest[1]
    return known, pending


def rounds(office: Office, number: int) -> int:
    """Kill the office again and again; returns how often a draft was made meanwhile."""
    finished, known = 0, {}
    for _round in range(number):
        said = office.work_and_die(random.uniform(0.0, 0.8))
        finished += sum(words[0] == "finished" for words in said)
        found = office.answers()
        known, pending = expected(known, said)
        taken = {words[1] for words in said if words[0] in {"taken", "taking"}}
        lost = {key for key, answer in known.items() if found.get(key) != answer} - taken - {pending}
        assert {key for key in lost if not _hangs_on(key, taken)} == set()
        known = found
        assert_nothing_half_applied(office)
    return finished


def _hangs_on(key: str, taken: set[str]) -> bool:
    """Answers about the fields of an element go with the answer about the element."""
    return key.partition("/")[0] in taken


def assert_nothing_half_applied(office: Office) -> None:
    """Where there is a draft it is whole, and its run is finished into it."""
    for decisions, finished in office.drafts():
        assert (decisions, finished) == (21, 1)


def test_office_killed_twenty_times_finds_every_confirmed_answer_again(office: Office) -> None:
    rounds(office, 20)


@pytest.mark.nightly
def test_office_killed_two_hundred_times_finds_every_confirmed_answer_again(office: Office) -> None:
    assert rounds(office, 200) > 0
