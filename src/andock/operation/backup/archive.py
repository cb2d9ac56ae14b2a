"""The archive ``andock-backup/1``: a compressed tar file.

    database.sqlite3 | database.pgdump    a consistent copy of the database
    media/…                               uploaded files
    manifest.json                         written last, so that an archive without it is known to be incomplete

The secret key is not in it: who steals a backup must not get the key as well.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Called with what is being done, how far it is and how far it goes.
    Progress = Callable[[str, int, int], None]

FORMAT = "andock-backup/1"
MANIFEST = "manifest.json"
MEDIA = "media/"
BLOCK = 1 << 20


class BackupRefused(Exception):
    """It can't be done; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class TableSum:
    """What a table held: number of rows, and a hash over all of them."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileSum:
    """What a file held. ``size`` in bytes."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What an archive claims to hold."""

    version: str
    engine: str
    created_at: str
    tables: dict[str, TableSum] = field(default_factory=dict)
    files: dict[str, FileSum] = field(default_factory=dict)
    format: str = FORMAT

    def as_json(self) -> bytes:
        """The bytes of manifest.json."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read_manifest(content: bytes) -> Manifest:
    """Raises ``BackupRefused`` for another format."""
    values: dict[str, Any] = json.loads(content)
    if values.get("format") != FORMAT:
        raise BackupRefused(f"This archive has another format than {FORMAT}.")
    values["tables"] = {name: TableSum(**entry) for name, entry in values["tables"].items()}
    values["files"] = {name: FileSum(**entry) for name, entry in values["files"].items()}
    return Manifest(**values)


@contextmanager
def writing(target: Path) -> Iterator[tarfile.TarFile]:
    """An archive that appears under its name only when it is complete; readable by its owner alone."""
    partial = target.with_name(target.name + ".partial")
    try:
        with (
            os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive,
        ):
            yield archive
        partial.rename(target)
    except FileExistsError as error:
        raise BackupRefused(f"{partial} is there already; is another backup running?") from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def add_file(archive: tarfile.TarFile, path: Path, name: str) -> FileSum:
    """Add a file and return the sum of exactly the bytes that went in."""
    with path.open("rb") as file:
        info = archive.gettarinfo(arcname=name, fileobj=file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        summing = _Summing(file)
        archive.addfile(info, summing)
    return FileSum(info.size, summing.sum.hexdigest())


def add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Close the list of contents."""
    content = manifest.as_json()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))


def unpack(source: Path, folder: Path, progress: Progress) -> Manifest:
    """Unpack into an empty folder and compare every file with the manifest.

    Raises ``BackupRefused`` when the archive is damaged, incomplete or holds anything that does not belong there.
    """
    found: dict[str, FileSum] = {}
    if not source.is_file():
        raise BackupRefused(f"There is no file {source}.")
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r:gz") as archive:
            for member in archive:
                found[member.name] = _extract(archive, member, folder)
                progress("Unpacking", file.tell(), source.stat().st_size)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupRefused(f"{source} is damaged: {error}") from error
    if found.pop(MANIFEST, None) is None:
        raise BackupRefused(f"{source} is incomplete: its manifest is missing.")
    manifest = read_manifest((folder / MANIFEST).read_bytes())
    _compare(manifest.files, found)
    return manifest


def compare_tables(expected: dict[str, TableSum], found: dict[str, TableSum]) -> None:
    """Raises ``BackupRefused`` naming the tables that differ."""
    different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if different:
        raise BackupRefused("These tables differ from the manifest: {names}".format(names=", ".join(different)))


class _Summing:
    """Hashes what is read through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.sum.update(block)
        return block


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> FileSum:
    parts = PurePosixPath(member.name).parts
    belongs = len(parts) == 1 or member.name.startswith(MEDIA)
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or not belongs or ".." in parts or parts[0] == "/" or (folder / member.name).exists():
        raise BackupRefused(f"The archive holds “{member.name}”, which does not belong there.")
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    summing = _Summing(content)
    with target.open("wb") as file:
        while block := summing.read(BLOCK):
            file.write(block)
    return FileSum(member.size, summing.sum.hexdigest())


def _compare(expected: dict[str, FileSum], found: dict[str, FileSum]) -> None:
    different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if different:
        names = ", ".join(different[:5])
        raise BackupRefused(f"These files differ from the manifest: {names}")
