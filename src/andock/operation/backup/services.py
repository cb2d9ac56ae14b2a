"""Make, try out and restore a backup of this installation."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, connections

import andock

from . import archive
from .archive import BackupRefused, Manifest
from .postgres import Postgres
from .sqlite import SQLite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .archive import Progress

NAME = "andock-{:%Y%m%dT%H%M%SZ}.tar.gz"
PATTERN = "andock-*Z.tar.gz"
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Place:
    """What is saved and restored together."""

    engine: SQLite | Postgres
    media: Path


def own_place() -> Place:
    """Database and media of this installation."""
    connections.close_all()  # no open connection of our own may stand in the way
    values = connection.settings_dict
    engine = SQLite(Path(values["NAME"])) if connection.vendor == "sqlite" else Postgres(values)
    return Place(engine, Path(settings.MEDIA_ROOT))


def back_up(*, place: Place, target: Path, progress: Progress, now: datetime) -> Path:
    """Write a backup to a file, or under a name of its own into a folder; returns the file."""
    file = target / NAME.format(now) if target.is_dir() else target
    if file.exists():
        raise BackupRefused(f"{file} is there already and is not overwritten.")
    if not file.parent.is_dir():
        raise BackupRefused(f"The folder {file.parent} does not exist.")
    engine = place.engine
    manifest = Manifest(andock.__version__, engine.name, now.astimezone(UTC).isoformat(timespec="seconds"))
    with _scratch(file.parent) as scratch:
        manifest.tables = engine.dump(scratch / engine.member, progress)
        with archive.writing(file) as content:
            manifest.files[engine.member] = archive.add_file(content, scratch / engine.member, engine.member)
            _add_media(content, place.media, manifest, progress)
            archive.add_manifest(content, manifest)
    return file


def verify(*, place: Place, source: Path, progress: Progress) -> Manifest:
    """Restore into a temporary place and compare every table and file with the manifest."""
    with _scratch(None) as scratch:
        manifest = archive.unpack(source, scratch, progress)
        _check_engine(place.engine, manifest)
        archive.compare_tables(manifest.tables, place.engine.trial_sums(scratch / place.engine.member, progress))
    return manifest


def restore(*, place: Place, source: Path, progress: Progress) -> Manifest:
    """Bring a backup back into an empty place.

    Everything is unpacked and compared before the database is touched. What the database refuses to change is
    part of the backup; if it is of an older release, ``andock migrate`` remains to be run.
    """
    if place.media.exists() and any(place.media.iterdir()):
        raise BackupRefused(f"{place.media} holds files already. Restore into an empty place.")
    if not place.engine.is_empty():
        raise BackupRefused(
            "The database holds data already. Set ANDOCK_DATA (or ANDOCK_DATABASE_URL) to an empty place."
        )
    place.media.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(place.media.parent) as scratch:
        manifest = archive.unpack(source, scratch, progress)
        _check_engine(place.engine, manifest)
        progress("Restoring the database", 0, 1)
        place.engine.restore(scratch / place.engine.member)
        archive.compare_tables(manifest.tables, place.engine.restored_sums(progress))
        _place_media(scratch / archive.MEDIA, place.media)
    return manifest


def keep_newest(*, folder: Path, number: int) -> list[Path]:
    """Delete the older backups of a folder; returns those deleted. Other files stay."""
    old = sorted(folder.glob(PATTERN))[:-number]
    for file in old:
        file.unlink()
    return old


def _check_engine(engine: SQLite | Postgres, manifest: Manifest) -> None:
    if engine.name != manifest.engine:
        raise BackupRefused(
            f"This backup is from {ENGINES.get(manifest.engine, manifest.engine)}, but ANDOCK_DATABASE_URL names {ENGINES[engine.name]}."
        )


def _add_media(content: tarfile.TarFile, root: Path, manifest: Manifest, progress: Progress) -> None:
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    for number, path in enumerate(files, start=1):
        name = archive.MEDIA + path.relative_to(root).as_posix()
        manifest.files[name] = archive.add_file(content, path, name)
        progress("Adding files", number, len(files))


def _place_media(source: Path, target: Path) -> None:
    if not source.exists():
        return
    if target.exists():
        target.rmdir()
    source.rename(target)


@contextmanager
def _scratch(beside: Path | None) -> Iterator[Path]:
    """A folder for the time of the work, on the same disk as the target, closed to others."""
    folder = Path(tempfile.mkdtemp(prefix=".andock-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
