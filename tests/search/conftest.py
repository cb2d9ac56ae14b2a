from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from andock.search.models import Document, Filing, Posting, Shortening, Term, Word
from tests.search.corpus import put_corpus

TABLES = (Posting, Filing, Document, Word, Shortening, Term)


@pytest.fixture(scope="module")
def written_corpus(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The region's solutions, guides and events, written once for a file of tests that only ask."""
    with django_db_blocker.unblock():
        put_corpus()
        yield
        for table in TABLES:
            table.objects.all().delete()


@pytest.fixture
def corpus(written_corpus: None, db: None) -> None:
    """In a transaction of the test's own above it."""
