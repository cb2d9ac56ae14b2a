"""`andock demo`: prepare the region with fixed accounts, then serve it."""

from __future__ import annotations

import logging
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import connection, connections

from andock.kernel.demo import DemoFolder, FolderRefused, fingerprint
from andock.kernel.serving import Address, AddressRefused, checked_address

REGION = Path("regions/suedwestfalen")


class Command(BaseCommand):
    """What `make demo` calls. Started again it keeps everything that was entered."""

    help = "Prepare and start the demo (called by `make demo`; HOST, PORT, ANDOCK_DATA)."
    requires_system_checks: list[str] = []  # the database may not be there yet; `serve` checks

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Host and port come from the environment unless given."""
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
        parser.add_argument("--region", type=Path, default=REGION, help="folder of the region to show")
        parser.add_argument("--reset", action="store_true", help="throw away what was entered")
        parser.add_argument("--prepare-only", action="store_true", help="stop before serving")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse early, prepare, then become `andock serve`."""
        if not settings.ANDOCK_DEMO:
            raise CommandError("Demo mode is off; start the demo with `make demo`.")
        logging.disable(logging.INFO)  # until `serve`: a newcomer reads these lines, not a machine
        folder = DemoFolder(settings.ANDOCK_DATA, Path(str(connection.settings_dict["NAME"])))
        try:
            address = checked_address(
                host=options["host"], port=options["port"], demo=True, public_demo=settings.ANDOCK_DEMO_PUBLIC
            )
            folder.claim()
        except (AddressRefused, FolderRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["reset"]:
            self._start_afresh(folder)
        self._prepare(folder, options["region"])
        if not options["prepare_only"]:
            become("serve", address)

    def _start_afresh(self, folder: DemoFolder) -> None:
        """Empty the folder and start this command again: the settings read anew what was deleted."""
        self._say("throwing away what was entered")
        connections.close_all()
        folder.empty()
        arguments = [word for word in sys.argv[1:] if word != "--reset"]
        os.execv(sys.executable, [sys.executable, "-m", "andock", *arguments])

    def _prepare(self, folder: DemoFolder, region: Path) -> None:
        self._say("preparing the database")
        call_command("migrate", verbosity=0, interactive=False)
        self._load(folder, region)
        if "create_demo_accounts" in get_commands():
            call_command("create_demo_accounts", stdout=self.stdout)
        self._collect_static(folder)

    def _load(self, folder: DemoFolder, region: Path) -> None:
        """Load the region once, and again when its files changed; what was entered on the site stays."""
        state = fingerprint((str(path), path) for path in region.rglob("*") if path.is_file())
        if folder.is_current("region", state):
            return
        self._say(f"loading {region}")
        call_command("load_region", str(region), stdout=self.stdout)
        folder.remember("region", state)

    def _collect_static(self, folder: DemoFolder) -> None:
        files = (
            (name, Path(storage.path(name)))
            for finder in get_finders()
            for name, storage in finder.list(["CVS", ".*", "*~"])
        )
        state = fingerprint(files)
        if folder.is_current("static", state):
            return
        self._say("compressing the static files")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        folder.remember("static", state)

    def _say(self, text: str) -> None:
        self.stdout.write(f"demo: {text}")
        self.stdout.flush()


def become(command: str, address: Address) -> None:
    """Turn this process into `andock <command>`, which needs none of the memory used so far."""
    connections.close_all()
    os.environ.setdefault("ANDOCK_BASE_URL", address.url.rstrip("/"))
    os.environ.setdefault("ANDOCK_HOSTS", f"127.0.0.1,localhost,[::1],{address.host_in_url}")
    arguments = ["--host", address.host, "--port", str(address.port)]
    os.execv(sys.executable, [sys.executable, "-m", "andock", command, *arguments])
