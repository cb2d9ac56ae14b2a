"""Feed, sitemap, robots, security.txt, manifest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.test import Client
from lxml import etree

from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import document

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("news")
def test_feed_holds_news_and_editions_newest_first(client: Client, agency) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)
    import_edition(document=document(state="in_force", date="2025-06-01"), actor=None)

    feed = feedparser.parse(client.get("/neuigkeiten/feed.atom").content)

    assert feed.version == "atom10"
    assert not feed.bozo
    assert feed.feed.title == "Neues aus Südwestfalen"
    assert [entry.title for entry in feed.entries] == ["Olpe misst Müll", "Rahmenstrategie", "Olpe fängt an"]
    assert feed.entries[0].link.endswith("/neuigkeiten/olpe-misst-muell/")


@pytest.mark.usefixtures("news")
def test_feed_with_an_edition_without_date_leaves_it_out(client: Client, agency) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)
    import_edition(document=document(state="in_force"), actor=None)

    feed = feedparser.parse(client.get("/neuigkeiten/feed.atom").content)

    assert "Rahmenstrategie" not in [entry.title for entry in feed.entries]


def addresses(client: Client) -> list[str]:
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    return [place.text for place in tree.iter("{*}loc")]


@pytest.mark.usefixtures("pages", "news")
def test_sitemap_names_public_pages_in_every_language(client: Client) -> None:
    found = addresses(client)

    assert "http://testserver/impressum/" in found
    assert "http://testserver/en/legal-notice/" in found
    assert "http://testserver/neuigkeiten/olpe-misst-muell/" in found
    assert len(found) == len(set(found))


@pytest.mark.usefixtures("pages", "news")
def test_sitemap_names_municipalities_and_no_draft(client: Client) -> None:
    from andock.cms.models import LegalPage

    LegalPage.objects.get(kind="privacy", locale__language_code="de").unpublish()
    found = addresses(client)

    assert "http://testserver/kommunen/olpe/" in found
    assert "http://testserver/datenschutz/" not in found


@pytest.mark.usefixtures("pages", "news")
def test_every_address_of_the_sitemap_answers(client: Client) -> None:
    # The strategy is empty here; its addresses are the business of its own tests.
    for address in (address for address in addresses(client) if "/strategie/" not in address):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_robots_are_kept_out_of_the_office(client: Client, db) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /redaktion/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_robots_are_kept_out_of_a_demonstration(client: Client, settings, db) -> None:
    settings.ANDOCK_DEMO = True

    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_security_contact_expires_within_a_year(client: Client, settings, db) -> None:
    settings.ANDOCK_CONTACT = "sicherheit@example.org"

    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert "Contact: mailto:sicherheit@example.org" in lines
    expires = datetime.fromisoformat(next(line for line in lines if line.startswith("Expires: "))[9:])
    assert datetime.now(UTC) < expires < datetime.now(UTC) + timedelta(days=365)


def test_security_contact_is_absent_until_named(client: Client, settings, db) -> None:
    settings.ANDOCK_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404


def test_manifest_names_the_region(client: Client, agency) -> None:
    answer = client.get("/site.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == "Südwestfalen"


@pytest.mark.usefixtures("news")
def test_feed_shows_words_and_no_markup(client: Client) -> None:
    from andock.cms.models import NewsPage

    NewsPage.objects.update(intro="Mehr <b>Müll</b>\nund weniger")

    feed = feedparser.parse(client.get("/neuigkeiten/feed.atom").content, sanitize_html=False)

    assert feed.entries[0].summary_detail.type == "text/html"
    assert feed.entries[0].summary == "Mehr &lt;b&gt;Müll&lt;/b&gt;<br />und weniger"
