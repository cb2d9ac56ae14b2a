"""The cast and the database rules of the whole suite."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from andock.kernel.immutability import remove_all

if TYPE_CHECKING:
    from collections.abc import Iterator


# `make nightly` looks a hundred times longer; every mutant meets a few cases, always the same ones. A slow machine is
# no defect of the code.
settings.register_profile("daily", deadline=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.register_profile("mutants", max_examples=25, deadline=None, derandomize=True, database=None)
settings.load_profile(os.environ.get("ANDOCK_CASES") or ("nightly" if os.environ.get("ANDOCK_NIGHTLY") else "daily"))


@pytest.fixture
def emptied_afterwards(transactional_db: None) -> Iterator[None]:
    """For tests with real transactions: lets the database be emptied although rows are frozen.

    The flush that follows sends ``post_migrate``, which installs the rules again.
    """
    yield
    remove_all()
