"""The files of an edition through the page cache: kept whole, never as the 304 a reader got."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application

from andock.kernel.pagecache.layer import PageCache
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.models import Organisation
from andock.strategy.models import Edition, Framework
from tests.kernel.pagecache.conftest import Browser

ADDRESS = "/strategie/auflagen/1.json"

pytestmark = pytest.mark.usefixtures("transactional_db", "emptied_afterwards")


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    owner = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=owner)
    return Edition.objects.create(
        framework=framework, ordinal=1, label="1. Auflage", title="Alt", state="consultation", was_shown=True
    )


@pytest.fixture
def browser(edition: Edition) -> Iterator[Browser]:
    browser = Browser(PageCache(get_wsgi_application(), max_bytes=1_000_000))
    yield browser
    browser.app.versions.close()


def test_reader_who_has_the_file_gets_304_and_the_next_one_gets_the_file(browser: Browser) -> None:
    etag = browser.get(ADDRESS)["ETag"]
    browser.app.store.remove(next(iter(browser.app.store._entries)))

    known = browser.get(ADDRESS, if_none_match=etag)
    other = browser.get(ADDRESS)

    assert (known.status, other.status) == (304, 200)
    assert b'"Alt"' in other.body
    assert other["ETag"] == etag


def test_file_changed_is_sent_to_the_reader_who_has_the_old_one(browser: Browser, edition: Edition) -> None:
    etag = browser.get(ADDRESS)["ETag"]

    with public_transaction():
        Edition.objects.filter(pk=edition.pk).update(title="Neu")
        bump("strategy")
    answer = browser.get(ADDRESS, if_none_match=etag)

    assert answer.status == 200
    assert b'"Neu"' in answer.body


def test_borders_are_sent_compressed(browser: Browser) -> None:
    assert browser.get("/karte/kommunen.geojson", accept_encoding="gzip, br")["Content-Encoding"] == "br"
