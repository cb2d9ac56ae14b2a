"""Serve: which address may be used, and how web server and job worker live and die together."""

from __future__ import annotations

import ctypes
import errno
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

STOPPING = {signal.SIGINT, signal.SIGTERM}
GRACE_SECONDS = 10.0
HIGHEST_PORT = 65535
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class AddressRefused(Exception):
    """The address cannot or must not be used; the message says why and what to do."""


@dataclass(frozen=True)
class Address:
    """Host name or number, and port."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address a browser on this machine opens."""
        return f"http://{self.host_in_url}:{self.port}/"

    @property
    def host_in_url(self) -> str:
        """As it stands in addresses and in the Host header: a number of IPv6 in brackets."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  shown, not bound
        return f"[{host}]" if ":" in host else host

    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return all(ipaddress.ip_address(found[4][0]).is_loopback for found in self._resolved())

    def _resolved(self) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        try:
            return socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)  # type: ignore[return-value]
        except socket.gaierror as error:
            raise AddressRefused(f"The host {self.host!r} is not known here; use HOST=127.0.0.1.") from error

    def check_free(self) -> None:
        """Bind once and let go.

        Raises:
            AddressRefused: the port is taken, reserved, or the host is not one of this machine.
        """
        family, kind, proto, _, place = self._resolved()[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(place)
            except OSError as error:
                raise AddressRefused(self._why(error)) from error

    def _why(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            other = self.port + 1
            return f"Port {self.port} on {self.host} is taken; choose another one, for example PORT={other}."
        if error.errno == errno.EACCES:
            return f"Port {self.port} is reserved for the administrator; choose one above 1023, for example PORT=8000."
        return f"{self.host} is not an address of this machine; use HOST=127.0.0.1."


def checked_address(*, host: str, port: int, demo: bool, public_demo: bool) -> Address:
    """The address to serve on.

    Raises:
        AddressRefused: it is taken, or it would show the demo with its known passwords to others.
    """
    if not 0 < port <= HIGHEST_PORT:
        raise AddressRefused(f"{port} is no port; choose one from 1024 to {HIGHEST_PORT}, for example PORT=8000.")
    address = Address(host, port)
    if demo and not public_demo and not address.is_loopback():
        raise AddressRefused(
            f"The demo has published passwords and serves this machine only, not {host}; "
            "set ANDOCK_DEMO_PUBLIC=1 if others shall really reach it."
        )
    address.check_free()
    return address


class Supervisor:
    """Starts processes and ends them together: when one dies, when a signal arrives, when this one is killed.

    Each process leads a group of its own, so that its children end with it. On Linux the kernel tells them
    when the supervisor is killed without a chance to clean up.
    """

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self.commands = commands
        self.processes: list[subprocess.Popen[bytes]] = []

    def run(self) -> int:
        """Block until the end; 0 after a signal, else the exit code of the process that died (at least 1)."""
        watched = {*STOPPING, signal.SIGCHLD}
        signal.pthread_sigmask(signal.SIG_BLOCK, watched)
        try:
            self.processes = [self._start(command) for command in self.commands]
            return self._watch(watched)
        finally:
            self._stop()

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        prepare = _prepare_child(os.getpid())
        return subprocess.Popen(command, start_new_session=True, preexec_fn=prepare)  # noqa: PLW1509  no threads here

    def _watch(self, watched: set[signal.Signals]) -> int:
        while True:
            if signal.sigwait(watched) in STOPPING:
                return 0
            dead = next((process for process in self.processes if process.poll() is not None), None)
            if dead:
                return max(abs(int(dead.returncode)), 1)

    def _stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.processes:
            _wait_until(process, deadline)
            _kill_group(process.pid)
            process.wait()


def _prepare_child(parent: int) -> Callable[[], None]:
    """What a child does between fork and exec: take signals again, and die with the supervisor."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if prctl:
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def _wait_until(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(timeout=max(deadline - time.monotonic(), 0.0))
    except subprocess.TimeoutExpired:
        return


def _kill_group(leader: int) -> None:
    """End whatever the process left behind."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
