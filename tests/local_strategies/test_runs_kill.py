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
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


class Office:
    """The process of office.py, and what stands in its database."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.url, self.said = database_url, folder / "said"
        environment = {
            **os.environ,
            "TRIAL_DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "tests.kernel.trial_settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.local_strategies.office"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment,
        )  # fmt: skip

    def ask(self, *words: object) -> str:
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def work_and_die(self, seconds: float) -> list[list[str]]:
        """What an office said before it was killed, some time after its first word."""
        self.said.unlink(missing_ok=True)
        pid = int(self.ask("work", self.said))
        while not self.said.exists() or not self.said.stat().st_size:
            time.sleep(0.005)
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.kill(pid, 0)
                time.sleep(0.005)
        return [line.split() for line in self.said.read_text(encoding="utf-8").splitlines()]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=60)

    def answers(self) -> dict[str, str]:
        rows = self._rows("SELECT item, CAST(resolution AS text) FROM local_strategies_answer")
        return {item: json.loads(resolution)["answer"] for item, resolution in rows}

    def drafts(self) -> list[tuple[int, int]]:
        """Each open version with the number of its decisions, and how many runs are finished into it."""
        return self._rows(
            "SELECT (SELECT count(*) FROM local_strategies_elementdecision d WHERE d.version_id = v.id),"
            " (SELECT count(*) FROM local_strategies_run r WHERE r.result_id = v.id AND r.state = 'finished')"
            " FROM local_strategies_version v WHERE v.state = 'drafting'"
        )

    def _rows(self, question: str) -> list[tuple]:
        is_file = self.url.startswith("sqlite:///")
        connect = sqlite3.connect if is_file else psycopg.connect
        with closing(connect(self.url.removeprefix("sqlite:///"))) as database:
            return database.execute(question).fetchall()


@pytest.fixture(scope="module")
def office(own_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(own_database_url, tmp_path_factory.mktemp("office"))
    assert office.ask("prepare") == "ready"
    yield office
    office.close()


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
