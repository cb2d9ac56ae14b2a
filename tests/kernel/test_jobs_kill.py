"""Workers that die without a word: real processes, SIGKILL, a database on disk."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.databases import POSTGRES, own_postgres_database

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
JOBS_PER_ROUND = 15


class Site:
    """The process of nursery.py."""

    def __init__(self, database_url: str) -> None:
        environment = {
            **os.environ,
            "TRIAL_DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "tests.kernel.trial_settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.kernel.nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment,
        )  # fmt: skip
        self.pids: list[int] = []

    def ask(self, *words: object) -> Any:
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def start_worker(self) -> int:
        self.pids.append(self.ask("worker"))
        return self.pids[-1]

    def drained(self, seconds: float) -> dict[str, Any]:
        """The report once nothing waits or runs any more, at the latest after ``seconds``."""
        end = time.monotonic() + seconds
        while (report := self.ask("report")) and time.monotonic() < end:
            if not report["states"].keys() & {"READY", "RUNNING"}:
                break
            time.sleep(0.2)
        return report

    def close(self) -> None:
        for pid in self.pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=60)


NEEDS_POSTGRES = pytest.mark.skipif(not POSTGRES, reason="ANDOCK_TEST_DATABASE_URL is not set")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        address = f"sqlite:///{tmp_path / 'trial.sqlite3'}"
        if request.param == "postgresql":
            address = stack.enter_context(own_postgres_database())
        site = Site(address)
        stack.callback(site.close)
        site.ask("prepare")
        yield site


def kill_rounds(site: Site, rounds: int) -> int:
    """Queue jobs, start a worker, kill it at a random moment; returns how many jobs were queued."""
    site.start_worker()
    for number in range(rounds):
        site.ask("enqueue", number * JOBS_PER_ROUND, (number + 1) * JOBS_PER_ROUND)
        site.start_worker()
        time.sleep(random.uniform(0.05, 0.4))
        os.kill(site.pids[-2], signal.SIGKILL)
    os.kill(site.pids[-1], signal.SIGKILL)
    return rounds * JOBS_PER_ROUND


def expect_everything_done_once(site: Site, jobs: int, seconds: float) -> None:
    site.start_worker()
    site.start_worker()
    report = site.drained(seconds)
    assert report["states"] == {"SUCCESSFUL": jobs}
    assert sorted(report["effects"]) == list(range(jobs))
    assert report["starts"] > jobs, "no kill hit a running job, so nothing was proved"


def test_jobs_workers_killed_twenty_times_every_effect_is_there_once(site: Site) -> None:
    jobs = kill_rounds(site, 20)

    expect_everything_done_once(site, jobs, seconds=30)


@pytest.mark.nightly
def test_jobs_workers_killed_two_hundred_times_every_effect_is_there_once(site: Site) -> None:
    jobs = kill_rounds(site, 200)

    expect_everything_done_once(site, jobs, seconds=120)


def test_worker_on_sigterm_finishes_its_job_and_leaves(site: Site) -> None:
    site.ask("enqueue", 0, 200)
    pid = site.start_worker()
    while not site.ask("report")["effects"]:
        time.sleep(0.02)

    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + 10
    while (report := site.ask("report"))["workers"] and time.monotonic() < end:
        time.sleep(0.05)

    assert report["workers"] == 0
    assert "RUNNING" not in report["states"]
    assert report["states"]["READY"] > 0
    assert report["starts"] == report["states"]["SUCCESSFUL"]
