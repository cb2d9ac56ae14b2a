"""New solutions, guides and take-overs as feeds that programs read."""

from __future__ import annotations

import html
import re

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.cast import Cast
from tests.factories.knowledge import guide, reached, solution, transfer

pytestmark = pytest.mark.django_db
LISTS = ["/loesungen/", "/leitfaeden/", "/nachnutzung/"]


def fill(cast: Cast, number: int) -> None:
    for count in range(number):
        card = solution(cast.olpe, title=f"Karte {count}", benefit="Weniger <b>gießen</b>", published_at=timezone.now())
        guide(cast.olpe, title=f"Anleitung {count}", summary="Kurz & <i>gut</i>", published_at=timezone.now())
        reached(transfer(card, cast.soest), "in_operation", "2024")


def test_each_list_names_its_feed_and_the_feed_holds_the_newest_first(cast: Cast) -> None:
    fill(cast, 2)
    solution(cast.olpe, title="Entwurf", publication="draft")

    for address, titles in zip(
        LISTS,
        [{"Karte 1", "Karte 0"}, {"Anleitung 1", "Anleitung 0"}, {"Soest: Karte 0", "Soest: Karte 1"}],
        strict=True,
    ):
        page = Client().get(address).content.decode()
        [found] = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', page)
        assert page.count(f'href="{found}"') == 2, "for programs, and to press on"
        feed = feedparser.parse(Client().get(found).content)
        assert (feed.version, feed.bozo) == ("atom10", 0)
        assert {entry.title for entry in feed.entries} == titles
        assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)
        assert [entry.published for entry in feed.entries] == sorted((e.published for e in feed.entries), reverse=True)
        assert Client().get(feed.entries[0].link.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("address", LISTS[:2])
def test_words_are_shown_as_they_were_written(cast: Cast, address: str) -> None:
    fill(cast, 1)

    feed = Client().get(f"{address}neu.atom").content.decode()

    [summary] = re.findall('<summary type="html">(.*?)</summary>', feed, re.DOTALL)
    assert re.search(r"&lt;[bi]&gt;", html.unescape(summary)), "escaped within the HTML that Atom's summary holds"


def test_replaced_row_of_a_take_over_is_in_no_feed(cast: Cast) -> None:
    first = reached(transfer(solution(cast.olpe), cast.soest), "in_operation", "2024")
    reached(first.transfer, "in_operation", "2023", replaces=first)

    feed = feedparser.parse(Client().get("/nachnutzung/neu.atom").content)

    assert len(feed.entries) == 1


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("number", [1, 3])
def test_feed_asks_as_often_for_many_as_for_one(cast: Cast, address: str, number: int) -> None:
    fill(cast, number)

    with CaptureQueriesContext(connection) as queries:
        assert Client().get(f"{address}neu.atom").status_code == 200

    assert len(queries) == 2
