"""The servers of one measurement: started as in production, ended in any case."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from andock.kernel.management.commands.serve import commands
from andock.kernel.serving import Address

START_SECONDS = 30
SITE = "andock.config.wsgi:application"
BESIDE = "andock.bench.wsgi:application"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path, settings: str, **more: str) -> dict[str, str]:
    """The environment of a process that must see nothing of this installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANDOCK_")}
    return kept | {"ANDOCK_DATA": str(data), "DJANGO_SETTINGS_MODULE": f"andock.bench.settings.{settings}"} | more


@contextmanager
def serving(target: str, env: Mapping[str, str], *, workers: int) -> Iterator[int]:
    """Serve a WSGI target on a free port of the loopback, with the very options of ``andock serve``."""
    port = free_port()
    command = commands(Address("127.0.0.1", port))[0][:-1]
    command[command.index("--workers") + 1] = str(workers)
    process = subprocess.Popen([*command, target], env=dict(env), stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The web server to measure did not start; its last lines stand above.")


def run_python(arguments: list[str], env: Mapping[str, str]) -> str:
    """What a Python process prints; its errors go to the terminal."""
    done = subprocess.run([sys.executable, *arguments], env=dict(env), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout
