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


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences in the source language, for tests that ask for the sentence and not for its translation."""
    with translation.override("en"):
        yield
