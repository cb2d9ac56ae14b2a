"""The cast and the database rules of the whole suite."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import settings

from andock.kernel.immutability import remove_all
from tests import migrated
from tests.databases import POSTGRES, own_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


# `make nightly` looks a hundred times longer; every mutant meets a few cases, always the same ones. A slow machine is
# no defect of the code.
settings.register_profile("daily", deadline=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.register_profile("mutants", max_examples=25, deadline=None, derandomize=True, database=None)
settings.load_profile(os.environ.get("ANDOCK_CASES") or ("nightly" if os.environ.get("ANDOCK_NIGHTLY") else "daily"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    if not POSTGRES:
        migrated.begin_with_it(connection.creation)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    if not POSTGRES:
        with django_db_blocker.unblock():
            migrated.keep(connection)


@pytest.fixture
def emptied_afterwards(transactional_db: None) -> Iterator[None]:
    """For tests with real transactions: lets the database be emptied although rows are frozen.

    The flush that follows sends ``post_migrate``, which installs the rules again.
    """
    yield
    remove_all()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A request to an English address leaves its language behind, where the next test would speak it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def own_database_url(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database with all tables for real processes; on the engine of the suite's run."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("trial")) as address:
        yield address


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what asks a database: everything else did the same on SQLite, in the suite's first half.

    So did the tables of rights and addresses: what their rules ask is asked on pages, too, whose tests run on both.

    Whoever copies the suite's database needs one that is set up, also where no other test runs.
    """
    for item in items:
        if "own_database_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)
    if not POSTGRES:
        return
    chosen = [item for item in items if DATABASE_FIXTURES & set(item.fixturenames) and not _is_of_sqlite(item.nodeid)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def _is_of_sqlite(nodeid: str) -> bool:
    return "[sqlite" in nodeid or nodeid.startswith("tests/architecture/")


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "own_database_url", "new_address"}
