"""A whole site, backed up and brought back with the operators' commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import ROOT, Installation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHANGE_WHAT_IS_IN_FORCE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM strategy_edition WHERE state = 'in_force'")
    print(cursor.fetchone()[0], "in force")
    cursor.execute("UPDATE strategy_edition SET title = 'changed' WHERE state = 'in_force'")
"""


def test_site_restored_is_whole_and_still_refuses_to_change_what_is_in_force(
    tmp_path: Path, new_address: Callable[[Path], str]
) -> None:
    site = Installation(tmp_path / "site", new_address(tmp_path / "site"))
    copy = Installation(tmp_path / "copy", new_address(tmp_path / "copy"))
    archive = tmp_path / "backup.tar.gz"
    site.do("migrate", "--verbosity", 0)
    site.do("load-region", ROOT / "regions/suedwestfalen", "--verbosity", 0)
    (site.data / "media").mkdir()
    (site.data / "media/olpe.txt").write_text("Pannenklöpper")

    site.do("backup", archive)
    assert "1 files" in site.do("verify-backup", archive)
    assert "holds files already" in site.refuse("restore", archive)
    assert "1 files" in copy.do("restore", archive)

    changed = copy.run("shell", "--no-imports", "-c", CHANGE_WHAT_IS_IN_FORCE)
    assert "1 in force" in changed.stdout
    assert "IntegrityError" in changed.stderr
    lines = copy.run("doctor").stdout
    assert "✓  The tables fit this release" in lines
    assert "✓  The database guards what must not change" in lines
    assert (copy.data / "media/olpe.txt").read_text() == "Pannenklöpper"
