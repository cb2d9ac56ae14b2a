"""The demo's folder: nothing that no demo made is ever taken over or deleted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from andock.kernel.demo import DemoFolder, FolderRefused, fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> DemoFolder:
    """An empty folder, as at the first start."""
    return DemoFolder(tmp_path, tmp_path / "andock.sqlite3")


def test_folder_empty_is_claimed(folder: DemoFolder) -> None:
    folder.claim()
    folder.database.touch()

    folder.claim()  # the second start


def test_folder_of_a_real_installation_is_refused_and_kept(folder: DemoFolder) -> None:
    folder.database.write_text("real")

    with pytest.raises(FolderRefused, match="no demo made"):
        folder.claim()

    assert folder.database.read_text() == "real"


def test_folder_with_database_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused, match="ANDOCK_DATABASE_URL"):
        DemoFolder(tmp_path, Path("andock")).claim()


def test_folder_emptied_forgets_what_was_made(folder: DemoFolder) -> None:
    folder.claim()
    folder.remember("region", "abc")
    (folder.path / "media").mkdir()

    folder.empty()

    assert list(folder.path.iterdir()) == []


def test_folder_remembers_one_thing_beside_the_other(folder: DemoFolder) -> None:
    folder.claim()
    folder.remember("region", "abc")
    folder.remember("static", "def")

    assert folder.is_current("region", "abc")
    assert not folder.is_current("static", "abc")


def test_fingerprint_of_changed_file_differs(tmp_path: Path) -> None:
    file = tmp_path / "region.yaml"
    file.write_text("one")
    before = fingerprint([("region.yaml", file)])

    file.write_text("two")

    assert fingerprint([("region.yaml", file)]) != before


def test_fingerprint_of_file_written_again_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "region.yaml"
    file.write_text("one")
    before = fingerprint([("region.yaml", file)])

    os.utime(file, (0, 0))

    assert fingerprint([("region.yaml", file)]) == before
