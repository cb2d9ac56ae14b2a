"""Pages of events take the same queries for one event and for many, and are fresh when seats or words change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.events.models import Document, Event, ProgrammeItem, Series
from andock.events.services import series as series_service
from andock.events.services.registering import cancel
from andock.kernel.pagecache.layer import PageCache
from andock.kernel.pagecache.models import Version
from andock.organisations.models import Term
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast, cast
from tests.factories.events import VISITOR, confirmed, event
from tests.factories.strategy import block, document, element, identity
from tests.kernel.pagecache.conftest import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

LIST = "/veranstaltungen/"
QUERIES = {
    LIST: 9,
    f"{LIST}?kommune=olpe&thema=klima": 10,
    f"{LIST}?zeit=vergangen": 8,
    f"{LIST}monat/": 8,
    f"{LIST}reihen/abende/": 6,
    f"{LIST}neu.atom": 2,
    f"{LIST}abend/": 11,
    "/": 12,
    "/kommunen/olpe/": 11,
    "/themen/klima/": 12,
    "/strategie/auflagen/1/": 11,
    f"/strategie/stelle/{identity('g7')}/": 12,
}
"""One more is taken outside of Django, for the versions. What is open for participation, how often people spoke about a passage
and who learns together is asked here by every page; a server's process asks it once for all (``shared_part``): 12 at most."""
SHARED = 1


@pytest.fixture
def world(cast: Cast) -> Cast:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b"), label="2.3"), state="in_force"), actor=None)
    Series.objects.create(organisation=cast.olpe, slug="abende", title="Abende")
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    return cast


def fill(world: Cast, number: int, **values: object) -> None:
    """So many events with everything, the first at a known address; some come, some are over, some are today."""
    framework = Framework.objects.get()
    for index in range(number):
        for days in (0, 9, -9):
            made = event(
                world.olpe, starts_at=timezone.now() + timedelta(days=days, minutes=5), municipality=world.olpe,
                series=Series.objects.get(), edition=framework.editions.get(), **values,
            )  # fmt: skip
            made.terms.add(Term.objects.get())
            made.partners.add(world.soest)
            made.elements.add(identity("g7"))
            for part in range(index + 1):
                ProgrammeItem.objects.create(event=made, title=f"Punkt {part}")
                Document.objects.create(event=made, title=f"Blatt {part}", url="https://example.org/x.pdf")
    Event.objects.filter(pk=Event.objects.order_by("slug").first().pk).update(slug="abend")


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_for_one_event_and_for_many(world: Cast, number: int) -> None:
    fill(world, number)
    counts = {}
    for path in QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        counts[path] = len(queries)

    assert counts == QUERIES
    assert max(counts.values()) - SHARED < 12


def stamps() -> dict[str, int]:
    return dict(Version.objects.values_list("scope", "stamp"))


def test_only_another_step_of_seats_makes_pages_anew(cast: Cast) -> None:
    made = event(cast.olpe, seats=20, starts_at=timezone.now() + timedelta(days=9))
    confirmed(made, "Ada", now=timezone.now())
    assert stamps() == {}

    for number in range(14):
        confirmed(made, f"P{number}", now=timezone.now())

    assert stamps().keys() == {"events", made.scope}


@pytest.fixture
def browser(transactional_db: None, emptied_afterwards: None, cast: Cast) -> Iterator[Browser]:
    browser = Browser(PageCache(get_wsgi_application(), max_bytes=10_000_000, clock=lambda: browser.now))
    browser.now = timezone.now().timestamp()
    yield browser
    browser.app.versions.close()


PAGES = (LIST, f"{LIST}abend/", "/kommunen/olpe/")


def rendered(browser: Browser, path: str) -> bool:
    """Whether the page had to be made for this answer."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status == 200
    return len(queries) > 0


def test_kept_pages_show_a_full_event_as_full_at_once(browser: Browser, cast: Cast) -> None:
    made = event(cast.olpe, slug="abend", seats=1, starts_at=timezone.now() + timedelta(days=9))
    assert [rendered(browser, path) for path in (*PAGES, *PAGES)] == [True, True, True, False, False, False]

    ada = confirmed(made, "Ada", now=timezone.now())

    assert b"Warteliste" in browser.get(f"{LIST}abend/").body
    assert b"Warteliste" in browser.get(LIST).body

    cancel(actor=VISITOR, registration=ada, now=timezone.now())

    assert b"Wenige Pl" in browser.get(LIST).body


def rename(cast: Cast, series: Series, title: str) -> None:
    """As the page of the series saves it."""
    fields = {"title": Submitted(title, fingerprint(series.title))}
    assert series_service.edit(actor=cast.olpe_editor, series=series, fields=fields) == {}


def test_kept_pages_of_its_events_show_the_new_name_of_a_series(browser: Browser, cast: Cast) -> None:
    series = Series.objects.create(organisation=cast.olpe, slug="abende", title="Offene Abende")
    event(cast.olpe, slug="abend", series=series, starts_at=timezone.now() + timedelta(days=9))
    event(cast.olpe, slug="anderer", starts_at=timezone.now() + timedelta(days=9))
    for path in (f"{LIST}abend/", f"{LIST}reihen/abende/", f"{LIST}anderer/"):
        rendered(browser, path)

    rename(cast, series, "Gespräche am Feuer")

    for path in (f"{LIST}abend/", f"{LIST}reihen/abende/"):
        assert "Gespräche am Feuer" in browser.get(path).body.decode()
    assert not rendered(browser, f"{LIST}anderer/")


@pytest.mark.parametrize("what", ["opens_at", "closes_at", "starts_at", "ends_at"])
def test_kept_pages_end_when_time_changes_them(browser: Browser, cast: Cast, what: str) -> None:
    now = timezone.now()
    moments = {"opens_at": 10, "closes_at": 30, "starts_at": 60, "ends_at": 90}
    ahead = {name: now + timedelta(seconds=moments[name] if name == what else 4000) for name in moments}
    values = {"opens_at": None, "closes_at": None, "ends_at": None} | {what: ahead[what]}
    if what == "ends_at":
        values["starts_at"] = now - timedelta(hours=1)
    event(cast.olpe, slug="abend", **{"starts_at": ahead["starts_at"]} | values)
    for path in PAGES[:2]:
        rendered(browser, path)
        assert not rendered(browser, path)

    browser.now += moments[what] + 1

    assert [rendered(browser, path) for path in PAGES[:2]] == [True, True]
