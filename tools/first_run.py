"""Try the first run as a newcomer has it, and say how long it took.

A fresh clone of the last commit, an empty home, an environment with HOME and PATH alone, and a PATH without
Node: `make demo`, look at a page, stop with Ctrl-C, see that no process stayed, and the same once more.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("awk", "cat", "env", "git", "make", "mkdir", "ps", "python3", "rm", "sh", "uname")
FIRST_SECONDS = 90
AGAIN_SECONDS = 10
START_LIMIT = 400


def main() -> int:
    """Run twice; an error ends it when a run fails, never shows its page or leaves a process behind."""
    with tempfile.TemporaryDirectory(prefix="andock-first-run-") as scratch:
        clone = Path(scratch) / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        environment = newcomer(Path(scratch))
        first = run_once(clone, environment)
        again = run_once(clone, environment)
    # Told, and no reason to be red: how fast a machine is says nothing about the code.
    print(f"first run {first:.0f} s (to reach {FIRST_SECONDS}), again {again:.0f} s (to reach {AGAIN_SECONDS})")
    return 0


def newcomer(scratch: Path) -> dict[str, str]:
    """HOME and PATH; the PATH holds what the README asks for and nothing else."""
    programs, home = scratch / "bin", scratch / "home"
    programs.mkdir()
    home.mkdir()
    for name in TOOLS:
        found = shutil.which(name, path="/usr/bin:/bin") or shutil.which(name)
        if found:
            (programs / name).symlink_to(found)
    return {"HOME": str(home), "PATH": str(programs)}


def run_once(clone: Path, environment: dict[str, str]) -> float:
    """Start the demo, see its first page, stop it as Ctrl-C does; returns the seconds until the page was there."""
    port = free_port()
    command = ["make", "demo", f"PORT={port}"]
    started = time.monotonic()
    demo = subprocess.Popen(command, cwd=clone, env=environment, start_new_session=True)
    try:
        wait_for_page(f"http://127.0.0.1:{port}/", demo)
        seconds = time.monotonic() - started
    finally:
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGINT)
            demo.wait(timeout=30)
    left = processes_in(clone)
    if left:
        sys.exit("These processes were left behind:\n" + "\n".join(left))
    return seconds


def wait_for_page(address: str, demo: subprocess.Popen[bytes]) -> None:
    """Block until the page is there; stop when the demo ended or five minutes have passed."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and demo.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  loopback
                if "Südwestfalen" in answer.read().decode():
                    return
                sys.exit("The first page does not name the region.")
        except urllib.error.HTTPError as error:
            sys.exit(f"The first page answers {error.code}.")
        except OSError:
            time.sleep(0.2)
    sys.exit("The demo did not start.")


def processes_in(folder: Path) -> list[str]:
    """The processes that run from this folder."""
    listing = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if str(folder) in line]


def free_port() -> int:
    """A port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
