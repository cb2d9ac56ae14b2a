"""Two real web server processes: what one publishes, the other shows at the very next request."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.databases import own_database

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
TIMES = int(os.environ.get("ANDOCK_TEST_REPETITIONS", "1000"))


def database_url(stack: ExitStack, folder: Path) -> str:
    """The suite's database, where the term is; on SQLite, where that lives in memory, a copy of it."""
    if connection.vendor == "sqlite":
        return stack.enter_context(own_database(folder))
    at = connection.settings_dict
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


class Worker:
    """A granian process of its own on a free port of the loopback."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        target = "andock.config.wsgi:application"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--log-level", "warning", target],
            env=environment, cwd=ROOT,
        )  # fmt: skip
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def ask(self, path: str, method: str = "GET") -> str:
        self.connection.request(method, path)
        answer = self.connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()

    def wait(self) -> None:
        for _attempt in range(900):
            try:
                return self.connection.connect()
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The web server did not start.")

    def stop(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait(timeout=60)


@pytest.fixture
def workers(committed_term: None, tmp_path: Path) -> Iterator[list[Worker]]:
    with ExitStack() as stack:
        environment = os.environ | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "tests.kernel.pagecache.worker_settings",
            "ANDOCK_TEST_DATABASE_URL": database_url(stack, tmp_path),
        }
        both = [Worker(environment), Worker(environment)]
        for worker in both:
            stack.callback(worker.stop)
        for worker in both:
            worker.wait()
        yield both


def test_publishing_in_one_process_shows_in_the_other_at_once(workers: list[Worker]) -> None:
    writer, reader = workers
    assert reader.ask("/nummer/") == reader.ask("/nummer/")

    stale = [number for number in range(TIMES) if not _shows(writer, reader, number)]

    assert stale == []


def _shows(writer: Worker, reader: Worker, number: int) -> bool:
    writer.ask(f"/veroeffentlichen/?label=Nr{number}.", "POST")
    return f"Nr{number}." in reader.ask("/nummer/")
