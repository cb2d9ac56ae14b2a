"""Serving: refused addresses, and processes that end together. Real processes, real ports."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.http.request import validate_host

from andock.config.environment import LOOPBACK
from andock.kernel.serving import Address, AddressRefused, checked_address

SUPERVISE = """
import sys
from andock.kernel.serving import Supervisor
from tests.kernel.test_serving import CHILD
raise SystemExit(Supervisor([[sys.executable, "-c", CHILD.format(seconds=s)] for s in sys.argv[1:]]).run())
"""
# A child that tells its number and starts a grandchild in its group, as the web server does.
CHILD = """
import subprocess, sys, time, os
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), grandchild.pid, flush=True)
time.sleep({seconds})
"""


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that something listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port(taken_port: int) -> int:
    """A port that nothing listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


def test_address_taken_names_port_and_way_out(taken_port: int) -> None:
    with pytest.raises(AddressRefused, match=rf"Port {taken_port} .* taken; .*PORT={taken_port + 1}"):
        checked_address(host="127.0.0.1", port=taken_port, demo=False, public_demo=False)


def test_address_free_is_accepted(free_port: int) -> None:
    address = checked_address(host="127.0.0.1", port=free_port, demo=True, public_demo=False)

    assert address.url == f"http://127.0.0.1:{free_port}/"


def test_address_open_to_others_in_demo_is_refused(free_port: int) -> None:
    with pytest.raises(AddressRefused, match="ANDOCK_DEMO_PUBLIC=1"):
        checked_address(host="0.0.0.0", port=free_port, demo=True, public_demo=False)  # noqa: S104


@pytest.mark.parametrize(("demo", "public_demo"), [(True, True), (False, False)])
def test_address_open_to_others_when_wanted_is_accepted(free_port: int, demo: bool, public_demo: bool) -> None:
    address = checked_address(host="0.0.0.0", port=free_port, demo=demo, public_demo=public_demo)  # noqa: S104

    assert address.url == f"http://127.0.0.1:{free_port}/"


@pytest.mark.parametrize("port", [0, 65536])
def test_address_with_impossible_port_is_refused(port: int) -> None:
    with pytest.raises(AddressRefused, match=f"{port} is no port"):
        checked_address(host="127.0.0.1", port=port, demo=False, public_demo=False)


def test_address_with_unknown_host_is_refused() -> None:
    with pytest.raises(AddressRefused, match="not known here"):
        checked_address(host="nowhere.invalid", port=8000, demo=False, public_demo=False)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_supervisor_told_to_stop_ends_everything(sent: signal.Signals) -> None:
    supervisor, family = supervise(60, 60)

    supervisor.send_signal(sent)

    assert supervisor.wait(timeout=60) == 0
    assert_all_gone(family)


def test_supervisor_with_one_dead_process_ends_the_others() -> None:
    supervisor, family = supervise(60, 60)

    os.kill(family[0], signal.SIGKILL)

    assert supervisor.wait(timeout=60) == signal.SIGKILL
    assert_all_gone(family)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_supervisor_killed_takes_its_processes_along() -> None:
    supervisor, family = supervise(60)

    supervisor.kill()
    supervisor.wait(timeout=60)

    assert_all_gone(family[:1])
    os.kill(family[1], signal.SIGKILL)  # a bare grandchild; the web server ends its own


def supervise(*seconds: int) -> tuple[subprocess.Popen[str], list[int]]:
    """Start a supervisor with one child per number; returns it with the numbers of all it started."""
    command = [sys.executable, "-c", SUPERVISE, *map(str, seconds)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(["src", "."])}
    supervisor = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    with supervisor.stdout as output:
        lines = [output.readline() for _ in seconds]
    return supervisor, [int(number) for line in lines for number in line.split()]


def assert_all_gone(processes: list[int]) -> None:
    """Every process ended, at the latest within five seconds."""
    deadline = time.monotonic() + 5
    while (alive := [process for process in processes if is_alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert alive == []


def is_alive(process: int) -> bool:
    """Whether the process runs (a zombie waiting for its parent does not)."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


@pytest.mark.parametrize("host", ["::1", "127.0.0.1", "localhost"])
def test_address_that_is_shown_is_one_the_site_answers(host: str) -> None:
    assert validate_host(Address(host, 8000).host_in_url, LOOPBACK)
