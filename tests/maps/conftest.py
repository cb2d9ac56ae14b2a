from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from andock.maps import basemap
from andock.maps.tiles import AREA
from tests.factories.organisations import municipality
from tests.maps.tile_server import tile_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andock.organisations.models import Municipality
    from tests.maps.tile_server import TileServer


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """As people read it, whatever another test has left."""
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def of_its_own(settings, tmp_path: Path) -> Iterator[None]:
    """A data folder of its own, and nothing known of another test's base map or region."""
    settings.ANDOCK_DATA = tmp_path
    settings.ANDOCK_BASE_MAP = settings.ANDOCK_BASE_MAP_ATTRIBUTION = ""
    _forget()
    yield
    _forget()


def _forget() -> None:
    AREA.forget()
    basemap._service.cache_clear()
    basemap._archive.cache_clear()


@pytest.fixture
def olpe(db: None) -> Municipality:
    return municipality("Olpe", latitude=51.0276, longitude=7.8436)


@pytest.fixture
def server() -> Iterator[TileServer]:
    with tile_server() as found:
        yield found
