"""Generated regions are the same for the same seed, load as they are, and can't be taken for real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from andock.bench.region import Size, write_region
from andock.organisations.queries import districts, municipalities
from andock.strategy.queries import edition_in_force, public_editions, versions_of


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    for name, seed in (("first", 1), ("second", 1), ("other", 2)):
        write_region(tmp_path / name, Size(municipalities=60, elements=20, seed=seed))

    assert content(tmp_path / "first") == content(tmp_path / "second")
    assert content(tmp_path / "first") != content(tmp_path / "other")


def test_generated_region_loads_in_full(large_region: None) -> None:
    edition = edition_in_force()

    assert edition
    assert edition.ordinal == 3
    assert (municipalities().count(), districts().count()) == (300, 12)
    assert (versions_of(edition).count(), public_editions().count()) == (100, 3)
    assert not municipalities().exclude(ags__startswith="99").exists()


def test_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")

    with pytest.raises(CommandError, match="not empty"):
        call_command("generate_region", str(tmp_path))

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("arguments", [["--municipalities", "0"], ["--municipalities", "9999"], ["--elements", "0"]])
def test_size_that_cannot_be_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="Choose between"):
        call_command("generate_region", str(tmp_path / "new"), *arguments)
