"""What a list of ideas needs of the database and what is rendered once for everyone: exact, and the same for one and three."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.following.queries import is_crowd as crowd_of_followers
from andock.ideas.geojson import ideas_geojson
from andock.ideas.queries import in_order, number_of_ideas, public_ideas
from andock.ideas.services import steering, supporting
from andock.kernel.pagecache.layer import PageCache
from andock.participation.models import Process
from andock.participation.queries import is_crowd as crowd_of_participation
from tests.accounts.cast import Cast, cast
from tests.databases import POSTGRES
from tests.ideas.scenes import collecting, device_of, idea, known
from tests.kernel.pagecache.conftest import Browser

__all__ = ["cast"]
LIST = "/beteiligung/park/ideen/"
BY_SUPPORTS = f"{LIST}?sortierung=unterstuetzt"


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    """No second factor is asked for."""
    settings.ANDOCK_DEMO = True


@pytest.fixture
def browser() -> Iterator[Browser]:
    """No page is kept, so that only what pages share could be old."""
    browser = Browser(PageCache(get_wsgi_application(), max_bytes=0))
    yield browser
    browser.app.versions.close()


def read(browser: Browser, address: str) -> str:
    return browser.get(address).body.decode()


def queries(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status == 200
    return len(asked)


@pytest.mark.usefixtures("transactional_db", "emptied_afterwards")
def test_first_page_is_rendered_once_and_says_what_is_true_now(cast: Cast, browser: Browser) -> None:
    process = collecting(cast.olpe)
    bank, tree = idea(process, "Bank"), idea(process, "Baum")
    for address in (LIST, BY_SUPPORTS):
        read(browser, address)

    assert {address: queries(browser, address) for address in (LIST, BY_SUPPORTS)} == {LIST: 2, BY_SUPPORTS: 2}

    supporting.support(participant=known("Ada"), idea=bank, now=timezone.now())
    page = read(browser, BY_SUPPORTS)
    assert page.index("Bank") < page.index("Baum")
    assert page.count('<strong class="num">1</strong>') == 1

    steering.set_status(actor=cast.olpe_editor, ideas=[tree], status="done")
    assert "is-done" in read(browser, LIST)

    idea(process, "Brunnen")
    assert "Brunnen" in read(browser, LIST)
    assert "Brunnen" in read(browser, BY_SUPPORTS)


@pytest.mark.usefixtures("transactional_db", "emptied_afterwards")
def test_narrowed_list_and_unknown_order_are_rendered_anew(cast: Cast, browser: Browser) -> None:
    one = idea(collecting(cast.olpe), "Bank")
    addresses = [f"{LIST}?stand=neu", f"{LIST}?sortierung=quer", f"{LIST}?seite=1"]

    first = [queries(browser, address) for address in addresses]

    assert all(f'href="{one.contribution.address}"' in read(browser, address) for address in addresses)
    assert all(number > 5 for number in [queries(browser, address) for address in addresses]), first


SUPPORT, IDEA, OF_A_STRANGER = 14 + 2, 15 + 2, 15 + 2
"""With the two words that begin and end a transaction. A job files an idea in the search."""


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_supporting_and_sending_take_the_same_queries_for_one_and_three(cast: Cast, number: int) -> None:
    process = collecting(cast.olpe)
    ideas = [idea(process, f"Bank {place}") for place in range(number)]
    for one in ideas[1:]:
        supporting.support(participant=known("Ben"), idea=one, now=timezone.now())
    ada, ways = (
        device_of(known("Ada")),
        ("/beteiligung/park/ideen/neu/", f"{ideas[0].contribution.address}unterstuetzen/"),
    )

    assert posted(ada, ways[1], {}) == SUPPORT
    assert posted(ada, ways[0], {"title": "Steg", "text": "Ein Steg am Ufer.", "anyway": "1"}) == IDEA
    bo = {"title": "Bach", "text": "Ein Bach.", "anyway": "1", "pseudonym": "Bo", "email": "bo@example.org"}
    assert posted(Client(), ways[0], bo) == OF_A_STRANGER


def posted(client: Client, way: str, values: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.post(way, values).status_code == 302
    return len(asked)


@pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL goes through small tables, whatever indexes they have")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "ask",
    [
        lambda _process: crowd_of_participation("0123", timezone.now()),
        lambda _process: crowd_of_followers("0123", timezone.now()),
        number_of_ideas,
        lambda process: list(in_order(public_ideas(process), "").values_list("pk", flat=True)[:20]),
        ideas_geojson,
    ],
)
def test_nothing_goes_through_all_rows_of_all_processes(cast: Cast, ask: Callable[[Process], object]) -> None:
    process = collecting(cast.olpe)

    with CaptureQueriesContext(connection) as asked:
        ask(process)

    assert [step for one in asked for step in plan_of(one["sql"]) if is_scan(step)] == []


def is_scan(step: str) -> bool:
    return step.startswith("SCAN") and step != "SCAN subquery"


def plan_of(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + statement.replace("%", "%%"), [])
        return [step for *_numbers, step in cursor.fetchall()]
