from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation

from .cast import cast

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are compared by their source sentences; pages answer in the language of their path."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_limits_left() -> None:
    """Each scene begins without anybody's wrong passwords counted."""
    cache.clear()
