"""Pages of solutions and guides take the same queries for one card and for many, and are fresh when a word changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.kernel.pagecache.layer import PageCache
from andock.kernel.pagecache.models import Version
from andock.knowledge.models import ChecklistItem, Finding, GuideFile, GuideStep, Solution, SolutionDocument
from andock.knowledge.services import solutions as service
from andock.organisations.models import Term
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast, cast
from tests.factories.events import event
from tests.factories.knowledge import guide, reached, solution, transfer
from tests.factories.organisations import municipality
from tests.factories.strategy import block, document, element, identity
from tests.kernel.pagecache.conftest import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

LIST = "/loesungen/"
QUERIES = {
    LIST: 9,
    f"{LIST}?thema=klima&kommune=olpe&art=sensoren&stand=in-betrieb": 9,
    f"{LIST}?nachnutzbar=on&stand=pilot": 7,
    f"{LIST}karte/": 14,
    f"{LIST}leer/": 11,
    f"{LIST}loesungen.csv": 7,
    f"{LIST}passend/": 5,
    f"{LIST}passend/?kommune=stadt&thema=klima": 11,
    "/leitfaeden/": 4,
    "/nachnutzung/": 6,
    "/nachnutzung/?am=2024-12-31": 6,
    "/nachnutzung/uebernahmen.csv": 2,
    "/leitfaeden/anleitung/": 9,
    "/kommunen/olpe/": 11,
    "/themen/klima/": 12,
    f"/strategie/stelle/{identity('g7')}/": 12,
}
"""One more is taken outside of Django, for the versions. The three of the frame are taken once for many pages."""


@pytest.fixture
def world(cast: Cast) -> Cast:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b"), label="2.3"), state="in_force"), actor=None)
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    return cast


def fill(world: Cast, number: int) -> None:
    """So many cards and guides with everything; the first at known addresses. One card has nothing."""
    for index in range(number):
        municipality("Stadt" if not index else f"Stadt {index}", f"0596600{index}", tile_column=index, tile_row=0)
    solution(world.soest, slug="leer", publication="archived")
    for index in range(number):
        made = solution(world.olpe, slug="karte" if not index else f"karte-{index}")
        written = guide(world.olpe, slug="anleitung" if not index else f"anleitung-{index}")
        evening = event(world.olpe)
        for part in range(index + 1):
            SolutionDocument.objects.create(solution=made, title=f"Blatt {part}", url="https://a.example")
            Finding.objects.create(
                organisation=world.soest, title=f"Gelernt {part}", solution=made, publication="published", event=evening
            )
            GuideStep.objects.create(guide=written, title=f"Schritt {part}")
            ChecklistItem.objects.create(guide=written, title=f"Haken {part}")
            GuideFile.objects.create(guide=written, title=f"Datei {part}", url="https://a.example")
        for other in Solution.objects.exclude(pk=made.pk).exclude(slug="leer"):
            made.related.add(other)
        made.related.add(solution(world.soest))
        written.solutions.add(made)
        made.terms.add(Term.objects.get())
        written.terms.add(Term.objects.get())
        made.partners.add(world.soest)
        made.elements.add(identity("g7"))
        made.events.add(evening)
        for receiver in (world.soest, world.agency)[: index + 1]:
            reached(
                transfer(made, receiver, giver=world.agency if receiver == world.soest else None), "decided", "2024"
            )


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_for_one_card_and_for_many(world: Cast, number: int) -> None:
    fill(world, number)
    counts = {}
    for path in QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        counts[path] = len(queries)

    assert counts == QUERIES


def test_desk_takes_the_same_queries_for_one_card_and_for_many(world: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    client = Client()
    client.force_login(world.olpe_editor)
    counts = []
    for number in (1, 3):
        Solution.objects.all().delete()
        for index in range(number):
            made = solution(world.olpe, slug=f"karte-{number}-{index}")
            SolutionDocument.objects.create(solution=made, title="Blatt", url="https://a.example")
        for path in ("/verwaltung/olpe/loesungen/", "/verwaltung/olpe/leitfaeden/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))

    assert counts[:2] == counts[2:]


def test_desk_of_take_overs_takes_the_same_queries_for_one_and_for_many(world: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    client = Client()
    client.force_login(world.olpe_editor)
    counts = []
    first = transfer(solution(world.soest), world.olpe)
    for number in (1, 2):
        for index in range(number):
            for made in (
                first if not index else transfer(solution(world.soest), world.olpe),
                transfer(solution(world.olpe), world.soest),
            ):
                row = reached(made, "decided", "2024")
                reached(made, "interested", "2024", replaces=row)
                Finding.objects.create(organisation=world.olpe, title="Gelernt", solution=made.solution)
        desk = "/verwaltung/olpe/uebernahmen/"
        for path in (desk, f"{desk}{first.pk}/", f"{desk}neu/", f"{desk}neu/andere/", "/verwaltung/olpe/erkenntnisse/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))

    assert counts[:5] == counts[5:]


def test_writing_a_draft_shows_readers_nothing(cast: Cast) -> None:
    made = service.begin(actor=cast.olpe_editor, organisation=cast.olpe, title="Baum", kind="sensors")
    assert not Version.objects.exists()

    service.publish(actor=cast.olpe_editor, solution=made, now=timezone.now(), today=timezone.localdate())

    assert set(Version.objects.values_list("scope", flat=True)) == {"solutions", "guides"}


@pytest.fixture
def browser(transactional_db: None, emptied_afterwards: None, cast: Cast) -> Iterator[Browser]:
    browser = Browser(PageCache(get_wsgi_application(), max_bytes=10_000_000, clock=lambda: browser.now))
    browser.now = timezone.now().timestamp()
    yield browser
    browser.app.versions.close()


def test_changed_card_is_fresh_everywhere_at_once(browser: Browser, cast: Cast) -> None:
    made = solution(cast.olpe, title="Vorher")
    pages = (LIST, f"{LIST}{made.slug}/", "/kommunen/olpe/")
    for path in pages:
        browser.get(path)
        assert b"Vorher" in browser.get(path).body, path

    fields = {"title": Submitted("Nachher", fingerprint(made.title))}
    service.edit(actor=cast.olpe_editor, solution=made, fields=fields, now=timezone.now())

    for path in pages:
        assert b"Nachher" in browser.get(path).body, path
