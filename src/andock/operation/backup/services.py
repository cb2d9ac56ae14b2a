"""Make, try out and restore a backup of this installation."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

import andock
from andock.kernel.immutability import install_all
from andock.operation.health import pending_migrations

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


def back_up(*, target: Path, progress: Progress, now: datetime) -> Path:
    """Write a backup to a file, or under a name of its own into a folder; returns the file."""
    file = target / NAME.format(now) if target.is_dir() else target
    if file.exists():
        raise BackupRefused(_("%(file)s is there already and is not overwritten.") % {"file": file})
    if not file.parent.is_dir():
        raise BackupRefused(_("The folder %(folder)s does not exist.") % {"folder": file.parent})
    engine = the_engine()
    manifest = Manifest(andock.__version__, engine.name, now.astimezone(UTC).isoformat(timespec="seconds"))
    with _scratch(file.parent) as scratch:
        manifest.tables = engine.dump(scratch / engine.member, progress)
        with archive.writing(file) as content:
            manifest.files[engine.member] = archive.add_file(content, scratch / engine.member, engine.member)
            _add_media(content, manifest, progress)
            archive.add_manifest(content, manifest)
    return file


def verify(*, source: Path, progress: Progress) -> Manifest:
    """Restore into a temporary place and compare every table and file with the manifest."""
    with _scratch(None) as scratch:
        manifest = archive.unpack(source, scratch, progress)
        engine = _engine_for(manifest)
        archive.compare_tables(manifest.tables, engine.trial_sums(scratch / engine.member, progress))
    return manifest


def restore(*, source: Path, progress: Progress) -> Manifest:
    """Bring a backup back into an empty installation.

    Everything is unpacked and compared before the database is touched. Afterwards the guards of frozen rows are
    in place; if the backup is of an older release, ``andock migrate`` remains to be run.
    """
    media = Path(settings.MEDIA_ROOT)
    if media.exists() and any(media.iterdir()):
        raise BackupRefused(_("%(folder)s holds files already. Restore into an empty place.") % {"folder": media})
    if not the_engine().is_empty():
        raise BackupRefused(
            _("The database holds data already. Set ANDOCK_DATA (or ANDOCK_DATABASE_URL) to an empty place.")
        )
    media.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(media.parent) as scratch:
        manifest = archive.unpack(source, scratch, progress)
        engine = _engine_for(manifest)
        progress(_("Restoring the database"), 0, 1)
        engine.restore(scratch / engine.member)
        archive.compare_tables(manifest.tables, engine.restored_sums(progress))
        _place_media(scratch / archive.MEDIA, media)
    if not pending_migrations():
        install_all()
    return manifest


def keep_newest(*, folder: Path, number: int) -> list[Path]:
    """Delete the older backups of a folder; returns those deleted. Other files stay."""
    old = sorted(folder.glob(PATTERN))[:-number]
    for file in old:
        file.unlink()
    return old


def the_engine() -> SQLite | Postgres:
    """The database of this installation."""
    with closing(connection):  # no open connection of our own may stand in the way
        values = connection.settings_dict
    return SQLite(Path(values["NAME"])) if connection.vendor == "sqlite" else Postgres(values)


def _engine_for(manifest: Manifest) -> SQLite | Postgres:
    engine = the_engine()
    if engine.name != manifest.engine:
        raise BackupRefused(
            _("This backup is from %(theirs)s, but ANDOCK_DATABASE_URL names %(ours)s.")
            % {"theirs": ENGINES.get(manifest.engine, manifest.engine), "ours": ENGINES[engine.name]}
        )
    return engine


def _add_media(content: tarfile.TarFile, manifest: Manifest, progress: Progress) -> None:
    root = Path(settings.MEDIA_ROOT)
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    for number, path in enumerate(files, start=1):
        name = archive.MEDIA + path.relative_to(root).as_posix()
        manifest.files[name] = archive.add_file(content, path, name)
        progress(_("Adding files"), number, len(files))


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
        connections.close_all()
        shutil.rmtree(folder)
