"""The demo's data folder: which folder is a demo's, and what in it is still up to date."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

MARK = "demo.json"


class FolderRefused(Exception):
    """The folder holds something that is not a demo; the message says what to do."""


class DemoFolder:
    """ANDOCK_DATA of a demo. A mark in it tells it from a real installation, which must never become one."""

    def __init__(self, path: Path, database: Path) -> None:
        self.path = path
        self.database = database

    def claim(self) -> None:
        """Mark the folder as a demo's.

        Raises:
            FolderRefused: it holds a database that no demo made, or the database lies elsewhere.
        """
        if not self.database.is_relative_to(self.path):
            raise FolderRefused("The demo keeps its database in its own folder; unset ANDOCK_DATABASE_URL.")
        if not self._mark.exists():
            if self.database.exists():
                raise FolderRefused(
                    f"{self.path} holds a database that no demo made; choose another folder with ANDOCK_DATA=…"
                )
            self._mark.write_text("{}\n", encoding="utf-8")

    def empty(self) -> None:
        """Delete what the demo made; the folder itself stays."""
        for entry in self.path.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def is_current(self, name: str, fingerprint: str) -> bool:
        """Whether `name` was last made from exactly this."""
        return self._read().get(name) == fingerprint

    def remember(self, name: str, fingerprint: str) -> None:
        """Note what `name` was made from."""
        fresh = self._mark.with_suffix(".new")
        fresh.write_text(json.dumps(self._read() | {name: fingerprint}, indent=2) + "\n", encoding="utf-8")
        fresh.replace(self._mark)

    @property
    def _mark(self) -> Path:
        return self.path / MARK

    def _read(self) -> dict[str, str]:
        content: dict[str, str] = json.loads(self._mark.read_text(encoding="utf-8"))
        return content


def fingerprint(files: Iterable[tuple[str, Path]]) -> str:
    """A hash over names and contents; a file that was only written again counts as the same."""
    total = hashlib.sha256()
    for name, file in sorted(files):
        total.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
