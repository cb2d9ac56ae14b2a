"""How many queries a page takes does not depend on how large the region is.

One more is taken outside of Django: for the versions the page cache stands on. Together 12 at most.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from andock.bench.prepare import pages

QUERIES = {
    "home": 12,
    "municipalities": 7,
    "municipality": 13,  # who learns in which group is read once for all pages
    "strategy": 11,
    "element": 13,
    "comparison": 10,
    "edition as JSON": 5,
    "home in English": 12,
}
REGIONS = ("region", "large_region")


def counts(client: Client) -> dict[str, int]:
    found = {}
    for name, path in pages().items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        found[name] = len(queries)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("size", REGIONS)
def test_page_takes_the_same_queries_in_a_region_of_any_size(
    request: pytest.FixtureRequest, client: Client, size: str
) -> None:
    request.getfixturevalue(size)

    assert counts(client) == QUERIES


def test_home_of_a_large_region_lists_districts_instead_of_municipalities(large_region: None, client: Client) -> None:
    page = client.get("/").content.decode()

    assert page.count("?kreis=") == 12
    assert page.count('href="/kommunen/') < 100


def test_home_stays_within_its_weight(region: None, client: Client) -> None:
    assert len(client.get("/").content) <= 150_000
