"""The cast and the database rules of the whole suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from andock.kernel.immutability import remove_all

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def emptied_afterwards(transactional_db: None) -> Iterator[None]:
    """For tests with real transactions: lets the database be emptied although rows are frozen.

    The flush that follows sends ``post_migrate``, which installs the rules again.
    """
    yield
    remove_all()
