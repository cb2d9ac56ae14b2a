from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests.accounts.cast import cast
from tests.ideas.scenes import park

__all__ = ["cast", "park"]


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """As people read it, whatever another test has left."""
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def demo(settings, tmp_path: Path) -> None:
    """No second factor is asked for; uploads go to a folder of their own."""
    settings.ANDOCK_DEMO = True
    settings.MEDIA_ROOT = tmp_path / "media"
