from __future__ import annotations

from pathlib import Path

import pytest

from andock.bench.region import Size, write_region
from andock.kernel.modules import loaders
from andock.organisations.region_folder import RegionFolder

REGION = Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"


def load(folder: Path) -> None:
    for loader in loaders():
        loader(RegionFolder(folder))


@pytest.fixture
def region(db: None) -> None:
    """Südwestfalen."""
    load(REGION)


@pytest.fixture
def large_region(db: None, tmp_path: Path) -> None:
    """An invented region with many more municipalities and elements than the home page lists."""
    write_region(tmp_path / "large", Size(municipalities=300, elements=100))
    load(tmp_path / "large")
