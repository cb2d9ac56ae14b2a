"""Archives: what goes in comes out, and nothing else is believed."""

from __future__ import annotations

import io
import json
import re
import stat
import tarfile
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from andock.operation.backup import services
from andock.operation.backup.archive import BackupRefused
from andock.operation.backup.sqlite import SQLite, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from andock.operation.backup.services import Place

NOW = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)


def silent(_what: str, _done: int, _of: int) -> None:
    """Shows no progress."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def archive(place: Place, tmp_path: Path) -> Path:
    return services.back_up(place=place, target=tmp_path, progress=silent, now=NOW)


def manifest_of(archive: Path) -> dict:
    with tarfile.open(archive) as content:
        return json.load(content.extractfile("manifest.json"))


def rewritten(archive: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """A copy of the archive in which each (name, content) went through ``change``."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            if entry := change(member.name, old.extractfile(member).read()):
                info = tarfile.TarInfo(entry[0])
                info.size = len(entry[1])
                new.addfile(info, io.BytesIO(entry[1]))
    return target


def test_backup_restored_elsewhere_holds_the_same(
    archive: Path, new_place: Callable[[str], Place], tmp_path: Path
) -> None:
    copy = new_place("copy")

    services.restore(place=copy, source=archive, progress=silent)

    again = services.back_up(place=copy, target=tmp_path / "again.tar.gz", progress=silent, now=NOW)
    ours, theirs = manifest_of(archive), manifest_of(again)
    assert theirs["tables"] == ours["tables"]
    assert {name: table["rows"] for name, table in ours["tables"].items()} == {"hamlet": 0, "town": 3}
    assert (copy.media / "crests/olpe.txt").read_text() == "Pannenklöpper"
    assert {name for name in theirs["files"] if name.startswith("media")} == {
        "media/crests/leer.bin",
        "media/crests/olpe.txt",
    }


def test_backup_is_found_sound(place: Place, archive: Path) -> None:
    manifest = services.verify(place=place, source=archive, progress=silent)

    assert manifest.tables["town"].rows == 3


def test_backup_is_named_after_its_time_and_readable_by_its_owner_only(archive: Path) -> None:
    assert archive.name == "andock-20261122T193000Z.tar.gz"
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_restore_over_a_database_with_data_is_refused(place: Place, archive: Path, tmp_path: Path) -> None:
    elsewhere = services.Place(place.engine, tmp_path / "no-media")

    with pytest.raises(BackupRefused, match="database holds data already"):
        services.restore(place=elsewhere, source=archive, progress=silent)


def test_restore_over_files_is_refused_and_leaves_them(archive: Path, new_place: Callable[[str], Place]) -> None:
    copy = new_place("copy")
    copy.media.mkdir()
    (copy.media / "mine.txt").write_text("mine")

    with pytest.raises(BackupRefused, match="holds files already"):
        services.restore(place=copy, source=archive, progress=silent)

    assert (copy.media / "mine.txt").read_text() == "mine"


DAMAGES = {
    "no manifest": (lambda name, content: None if name == "manifest.json" else (name, content), "incomplete"),
    "changed file": (lambda name, content: (name, content.replace(b"Pannen", b"Kannen")), "olpe.txt"),
    "missing file": (lambda name, content: None if "olpe" in name else (name, content), "olpe.txt"),
    "added file": (lambda name, content: (name.replace("olpe", "x") if "olpe" in name else name, content), "x.txt"),
    "changed count": (lambda name, content: (name, content.replace(b'"rows": 3', b'"rows": 4')), "town"),
    "escaping path": (lambda name, content: (name.replace("crests/olpe", "../../olpe"), content), "does not belong"),
    "other format": (lambda name, content: (name, content.replace(b"backup/1", b"backup/9")), "another format"),
    "other engine": (
        lambda name, content: (name, re.sub(rb'"engine": "\w+"', b'"engine": "oracle"', content)),
        "ANDOCK_DATABASE_URL",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_archive_that_is_not_what_it_claims_is_refused(
    place: Place, archive: Path, tmp_path: Path, damage: str
) -> None:
    change, sentence = DAMAGES[damage]
    wrong = rewritten(archive, tmp_path / "wrong.tar.gz", change)

    with pytest.raises(BackupRefused, match=sentence):
        services.verify(place=place, source=wrong, progress=silent)


def test_archive_with_a_link_is_refused(place: Place, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.tar.gz"
    with tarfile.open(wrong, "w:gz") as content:
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        content.addfile(link)

    with pytest.raises(BackupRefused, match="does not belong"):
        services.verify(place=place, source=wrong, progress=silent)


def test_archive_cut_short_is_refused_and_the_place_stays_empty(
    archive: Path, tmp_path: Path, new_place: Callable[[str], Place]
) -> None:
    copy = new_place("copy")
    short = tmp_path / "short.tar.gz"
    short.write_bytes(archive.read_bytes()[:-500])

    with pytest.raises(BackupRefused, match="damaged"):
        services.restore(place=copy, source=short, progress=silent)

    services.restore(place=copy, source=archive, progress=silent)


@pytest.mark.parametrize(
    ("target", "sentence"),
    [("town-hall/media/crests/olpe.txt", "not overwritten"), ("nowhere/x.tar.gz", "nowhere does not exist")],
)
def test_target_that_cannot_be_written_is_refused(place: Place, tmp_path: Path, target: str, sentence: str) -> None:
    with pytest.raises(BackupRefused, match=sentence):
        services.back_up(place=place, target=tmp_path / target, progress=silent, now=NOW)


def test_source_that_is_missing_is_named(place: Place, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"no file .*nowhere\.tar\.gz"):
        services.verify(place=place, source=tmp_path / "nowhere.tar.gz", progress=silent)


def test_failed_backup_leaves_nothing_behind(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.media / "locked.txt").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setattr(services.archive, "add_manifest", lambda *_: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        services.back_up(place=place, target=tmp_path, progress=silent, now=NOW)

    assert [path.name for path in tmp_path.iterdir()] == ["town-hall"]


def test_backups_beyond_the_number_to_keep_are_deleted_and_nothing_else(tmp_path: Path) -> None:
    for name in ("andock-20260101T000000Z.tar.gz", "andock-20260102T000000Z.tar.gz", "mine.tar.gz"):
        (tmp_path / name).touch()

    services.keep_newest(folder=tmp_path, number=1)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["andock-20260102T000000Z.tar.gz", "mine.tar.gz"]


def test_client_that_is_missing_is_named_with_its_package(
    place: Place, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(place.engine, SQLite):
        pytest.skip("SQLite needs no client")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupRefused, match=r"pg_dump .* postgresql-client"):
        services.back_up(place=place, target=tmp_path / "x.tar.gz", progress=silent, now=NOW)
    with pytest.raises(BackupRefused, match=r"pg_restore .* postgresql-client"):
        services.verify(place=place, source=archive, progress=silent)


def test_copy_taken_while_others_write_shows_one_moment(tmp_path: Path) -> None:
    with opened(tmp_path / "busy.sqlite3") as database:
        database.executescript("PRAGMA journal_mode=WAL; CREATE TABLE a (n); CREATE TABLE b (n);")
    stop = threading.Event()

    def write_pairs() -> None:
        with opened(tmp_path / "busy.sqlite3") as own:
            while not stop.is_set():
                own.executescript("BEGIN IMMEDIATE; INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); COMMIT;")

    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        sums = [SQLite(tmp_path / "busy.sqlite3").dump(tmp_path / f"copy{number}", silent) for number in range(10)]
    finally:
        stop.set()
        writer.join()

    assert [found["a"].rows - found["b"].rows for found in sums] == [0] * 10
    assert sums[-1]["a"].rows > sums[0]["a"].rows


def test_database_file_with_a_hole_is_refused(place: Place, tmp_path: Path) -> None:
    if not isinstance(place.engine, SQLite):
        pytest.skip("a file of PostgreSQL is never copied")
    copy = tmp_path / "copy.sqlite3"
    place.engine.dump(copy, silent)
    raw = bytearray(copy.read_bytes())
    raw[4096:8192] = bytes(4096)
    copy.write_bytes(raw)

    with pytest.raises(BackupRefused, match="damaged"):
        place.engine.sums(copy, silent)
