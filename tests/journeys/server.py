"""A server of the project with the real region: prepared once, copied for every run, started like any demo."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
STOP_SECONDS = 20


def prepare(folder: Path) -> Path:
    """Two data folders, ``region`` and ``empty``, made anew when code or region differ from the last run's."""
    ready = folder / _fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # processes that share the work share the folder
        if not ready.exists():
            _forget_others(folder)
            _make(folder / "making")
            (folder / "making").rename(ready)
    return ready


def _make(folder: Path) -> None:
    """First the tables alone, then a copy of them with the region: migrating takes 20 seconds."""
    empty, region = folder / "empty", folder / "region"
    empty.mkdir(parents=True)
    (empty / "demo.json").write_text("{}")
    subprocess.run(andock("migrate", "--verbosity", "0"), cwd=ROOT, env=environment(empty), check=True)
    shutil.copytree(empty, region)
    subprocess.run(andock("demo", "--prepare-only"), cwd=ROOT, env=environment(region), check=True)
    shutil.copy(region / "demo.json", empty)
    (empty / "static").symlink_to("../region/static")


def prepare_broken(prepared: Path, folder: Path) -> Path:
    """A data folder with faults: a topic that no address leads to (500), and news that cannot be read (503)."""
    shutil.copytree(prepared, folder, ignore=shutil.ignore_patterns("static"))
    (folder / "static").symlink_to((prepared / "static").resolve())
    with closing(sqlite3.connect(folder / "andock.sqlite3")) as database:
        database.execute("UPDATE organisations_term SET slug = '' WHERE id = (SELECT min(id) FROM organisations_term)")
        database.execute("DROP TABLE cms_newspage")
        database.commit()
    return folder


def gather(data: Path, whom: str = "gather") -> None:
    """Let a running server know events with people in every state, or who else ``crowd`` can bring."""
    code = f"from tests.journeys import crowd; crowd.{whom}()"
    subprocess.run(andock("shell", "--no-imports", "--command", code), cwd=ROOT, env=environment(data), check=True)


@contextmanager
def serve(prepared: Path, data: Path, **more: str) -> Iterator[str]:
    """The address of a running server on a copy of the prepared folder; it ends with its processes.

    ``more`` are settings of its own, such as ``ANDOCK_DEMO="0"`` for a site that sends its mails.
    """
    shutil.copytree(prepared, data, ignore=shutil.ignore_patterns("static"))
    (data / "static").symlink_to((prepared / "static").resolve())
    address = f"http://127.0.0.1:{_free_port()}"
    port = address.rsplit(":", 1)[1]
    settings = environment(data) | {"PORT": port, "ANDOCK_BASE_URL": address, "ANDOCK_WORKERS": "1"} | more
    with (data / "server.log").open("w") as log:
        process = subprocess.Popen(andock("serve"), cwd=ROOT, env=settings, stdout=log, stderr=log)
        try:
            _wait(address, process, data / "server.log")
            yield address
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def andock(*words: str) -> list[str]:
    """A command of the operators' command line."""
    return [sys.executable, "-m", "andock", *words]


def environment(data: Path) -> dict[str, str]:
    """What the machine has set, without what pytest or the operator set for Andock."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANDOCK_", "DJANGO_")) and name not in {"HOST", "PORT", "DATABASE_URL"}
    }
    return kept | {"ANDOCK_DEMO": "1", "ANDOCK_DATA": str(data)}


def _fingerprint() -> str:
    total = hashlib.sha256()
    for part in (ROOT / "regions", ROOT / "src"):
        for path in sorted(path for path in part.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            total.update(str(path.relative_to(ROOT)).encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _forget_others(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    """Return when pages are served; fail with the server's last words when it ended or takes too long."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            opener.open(f"{address}/", timeout=START_SECONDS).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The server did not start:\n{log.read_text()[-2000:]}")
