"""`andock serve`: web server and job worker, started and ended together."""

from __future__ import annotations

import os
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, get_commands

from andock.kernel.serving import Address, AddressRefused, Supervisor, checked_address

START_SECONDS = 60


class Command(BaseCommand):
    """Serve as in production; Ctrl-C ends every process it started."""

    help = "Start web server and job worker together (HOST, PORT, ANDOCK_WORKERS)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Host and port come from the environment unless given."""
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Check the address, start both, wait."""
        try:
            address = checked_address(
                host=host, port=port, demo=settings.ANDOCK_DEMO, public_demo=settings.ANDOCK_DEMO_PUBLIC
            )
        except AddressRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        threading.Thread(target=self._announce, args=[address], daemon=True).start()
        code = Supervisor(commands(address)).run()
        if code:
            raise CommandError("A process of Andock ended by itself, so all were ended; its last lines stand above.")

    def _announce(self, address: Address) -> None:
        """Say where to look as soon as the first page can be answered."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if answers(address):
                self.stdout.write(f"Andock runs: {address.url}   (Ctrl-C ends it)")
                self.stdout.flush()
                return
            time.sleep(0.1)


def answers(address: Address) -> bool:
    """Whether the web server answers at all, be it with an error page."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(f"{address.url}healthz", timeout=START_SECONDS).close()
    except urllib.error.HTTPError as answer:
        answer.close()
    except OSError:
        return False
    return True


def commands(address: Address) -> list[list[str]]:
    """The processes to start: the web server, and the job worker where its module is installed."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address.host, "--port", str(address.port)]
    # Many threads wait, but Django runs in one of its own (kernel/pagecache/thread.py): kept pages pass it by.
    web += ["--workers", str(settings.ANDOCK_WORKERS), "--blocking-threads", "128", "--no-ws", "--http", "1"]
    # It would warn of so many threads.
    web += ["--log-level", "error", "--workers-kill-timeout", "5", "andock.config.wsgi:application"]
    if "run_worker" not in get_commands():
        return [web]
    return [web, [sys.executable, "-m", "andock", "run_worker"]]
