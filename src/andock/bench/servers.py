"""The servers of one measurement: started as in production, ended in any case."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from andock.kernel.management.commands.serve import commands
from andock.kernel.serving import Address

START_SECONDS = 120  # a busy machine takes its time to import Wagtail
LINES = 20
SITE = "andock.config.wsgi:application"
CONSTANT = "andock.bench.wsgi:application"
BARE = "andock.bench.bare.wsgi:application"


class NotServed(Exception):
    """A server could not be prepared or started; the message holds what it said last."""


@dataclass(frozen=True, slots=True)
class Server:
    """One that is running; ``process`` is the parent of its workers."""

    port: int
    process: int

    def processor_seconds(self) -> float:
        """What it has used so far, its workers included; 0 where the system does not tell (it needs /proc)."""
        ticks = 0
        for line in _told(Path("/proc").glob("[0-9]*/stat")):
            number, (_state, parent, *rest) = line.split(" ", 1)[0], line.rpartition(") ")[2].split()
            if str(self.process) in (number, parent):
                ticks += int(rest[9]) + int(rest[10])
        return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def _told(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        with suppress(OSError):  # ended meanwhile
            yield file.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path, settings: str, **more: str) -> dict[str, str]:
    """The environment of a process that must see nothing of this installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANDOCK_")}
    return kept | {"ANDOCK_DATA": str(data), "DJANGO_SETTINGS_MODULE": f"andock.bench.settings.{settings}"} | more


@contextmanager
def serving(target: str, env: Mapping[str, str], *, workers: int) -> Iterator[Server]:
    """Serve a WSGI target on a free port of the loopback, with the very options of ``andock serve``."""
    port = free_port()
    command = commands(Address("127.0.0.1", port))[0][:-1]
    command[command.index("--workers") + 1] = str(workers)
    with (Path(env["ANDOCK_DATA"]) / f"server-{port}.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen([*command, target], env=dict(env), stdout=log, stderr=log)
        try:
            _wait_for(process, port, log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, log: TextIO) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    log.seek(0)
    raise NotServed(f"The web server to measure did not start. Its last lines:\n{_end_of(log.read())}")


def run_python(arguments: list[str], env: Mapping[str, str]) -> str:
    """What a Python process prints. Raises ``NotServed`` with its last lines when it fails."""
    done = subprocess.run([sys.executable, *arguments], env=dict(env), check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotServed(f"A copy of the site could not be prepared. Its last lines:\n{_end_of(done.stderr)}")
    return done.stdout


def _end_of(text: str) -> str:
    return "\n".join(text.splitlines()[-LINES:])
