"""A real web server with the options of ``andock serve``, which dies without a word and begins again."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, TypeVar

from andock.kernel.management.commands.serve import commands
from andock.kernel.serving import Address
from tests.events.processes import ROOT
from tests.notifications.conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds until a server must answer."""


class WebServer:
    """Two web processes behind a port of their own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.environment = environment
        self.command = commands(Address("127.0.0.1", self.port))[0]
        self.command[self.command.index("--workers") + 1] = "2"
        self.server: subprocess.Popen | None = None
        self.serve()

    def serve(self) -> None:
        self.server = subprocess.Popen(self.command, cwd=ROOT, env=self.environment, start_new_session=True)

    def kill(self) -> None:
        """All its processes at once and without a word."""
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)


def patiently(act: Callable[[], T]) -> T:
    """What it answers, as soon as somebody is there to do it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except (OSError, HTTPException):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
