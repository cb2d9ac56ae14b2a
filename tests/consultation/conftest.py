from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.accounts.cast import cast

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """As people read it, whatever another test has left."""
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    """No second factor is asked for."""
    settings.ANDOCK_DEMO = True
