"""Pages at their addresses, in their languages."""

from __future__ import annotations

import pytest
from django.test import Client

from andock.cms.models import ContentPage, NewsPage
from andock.cms.page_format import body_of
from andock.cms.tree import start_page

pytestmark = pytest.mark.django_db


def text(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


@pytest.mark.usefixtures("pages")
def test_page_in_german_stands_at_its_path(client: Client) -> None:
    page = text(client, "/barrierefreiheit/")

    assert '<html lang="de">' in page
    assert "<h1>Erklärung zur Barrierefreiheit</h1>" in page


@pytest.mark.usefixtures("pages")
def test_translated_page_is_shown_in_its_language_and_names_the_others(client: Client) -> None:
    page = text(client, "/en/accessibility/")

    assert '<html lang="en">' in page
    assert "<h1>Accessibility statement</h1>" in page
    assert '<link rel="alternate" hreflang="de" href="/barrierefreiheit/">' in page


@pytest.mark.usefixtures("pages")
def test_german_path_of_a_translated_page_leads_to_the_translation(client: Client) -> None:
    answer = client.get("/en/barrierefreiheit/")

    assert (answer.status_code, answer["Location"]) == (302, "/en/accessibility/")


@pytest.mark.usefixtures("pages")
def test_page_without_translation_shows_german_text_with_a_notice(client: Client) -> None:
    page = text(client, "/de-simple/datenschutz/")

    assert "Sie lesen den deutschen Text" in page
    assert '<article lang="de">' in page
    assert 'name="robots" content="noindex"' in page


@pytest.mark.usefixtures("pages")
def test_neither_cookie_nor_browser_choose_the_language(client: Client) -> None:
    client.cookies["django_language"] = "en"

    answer = client.get("/datenschutz/", headers={"Accept-Language": "en"})

    assert '<html lang="de">' in answer.content.decode()
    assert answer["Content-Language"] == "de"
    assert "Accept-Language" not in answer.get("Vary", "")


@pytest.mark.usefixtures("pages")
def test_draft_is_not_found(client: Client) -> None:
    ContentPage.objects.get(slug="ueber-diese-seite").unpublish()

    assert client.get("/ueber-diese-seite/").status_code == 404


@pytest.mark.usefixtures("pages")
def test_menu_and_foot_hold_what_editors_chose(client: Client) -> None:
    page = ContentPage.objects.get(slug="ueber-diese-seite")
    page.show_in_menus, page.in_foot = True, False
    page.save()

    shown = text(client, "/datenschutz/")

    menu = shown.split('aria-label="Hauptmenü"')[1].split("</nav>")[0]
    foot = shown.split('<footer class="foot">')[1]
    assert 'href="/ueber-diese-seite/"' in menu
    assert 'href="/ueber-diese-seite/"' not in foot
    assert 'href="/impressum/"' in foot


@pytest.mark.usefixtures("pages")
def test_page_costs_few_queries(client: Client, django_assert_num_queries) -> None:
    client.get("/datenschutz/")  # content types are remembered by the process

    with django_assert_num_queries(7):
        client.get("/datenschutz/")


@pytest.mark.usefixtures("news")
def test_news_index_costs_few_queries(client: Client, django_assert_num_queries) -> None:
    client.get("/neuigkeiten/")

    with django_assert_num_queries(9):
        client.get("/neuigkeiten/")


@pytest.mark.usefixtures("news")
def test_news_index_lists_newest_first_with_the_exact_date(client: Client) -> None:
    page = text(client, "/neuigkeiten/")

    assert page.index("Olpe misst Müll") < page.index("Olpe fängt an")
    assert "Dezember 2025" in page


@pytest.mark.usefixtures("news")
def test_news_page_names_its_place_and_source(client: Client) -> None:
    assert 'href="/kommunen/olpe/"' in text(client, "/neuigkeiten/olpe-misst-muell/")
    assert 'href="https://example.org/olpe"' in text(client, "/neuigkeiten/olpe-faengt-an/")


@pytest.mark.usefixtures("news")
def test_news_in_english_without_translation_are_marked_as_german(client: Client) -> None:
    assert '<h2 lang="de"><a href="/en/neuigkeiten/olpe-misst-muell/">' in text(client, "/en/neuigkeiten/")


@pytest.mark.usefixtures("news")
def test_start_page_shows_the_newest_news(client: Client) -> None:
    assert "/neuigkeiten/olpe-misst-muell/" in text(client, "/")


@pytest.mark.usefixtures("news")
def test_municipality_shows_its_own_news_only(client: Client) -> None:
    page = text(client, "/kommunen/olpe/")

    assert "Olpe misst Müll" in page
    assert "Olpe fängt an" not in page


POLYGLOT = """jaVasCript:/*-/*`/*'/*"/**/(/* */oNcliCk=alert(1) )//<svg/onload=alert(1)>"><script>alert(1)</script>"""


def test_hostile_text_in_every_field_is_shown_as_text(client: Client, agency) -> None:
    body = body_of(
        [
            {"heading": POLYGLOT},
            {"paragraph": POLYGLOT + '<a href="javascript:alert(1)" onclick="alert(1)">hier</a>'},
            {"list": [POLYGLOT]},
            {"table": {"caption": POLYGLOT, "cells": f"a\n{POLYGLOT.replace('|', '')}"}},
            {"quote": {"text": POLYGLOT, "source": POLYGLOT}},
            {"call": {"text": POLYGLOT, "address": f"/{POLYGLOT}"}},
        ]
    )
    page = ContentPage(title=POLYGLOT, slug="boese", lead=POLYGLOT, search_description=POLYGLOT, body=body)
    page.show_in_menus = page.in_foot = True
    start_page("de").add_child(instance=page)

    shown = text(client, "/boese/")

    assert "<script>alert" not in shown
    assert "<svg/onload" not in shown
    assert 'href="javascript' not in shown.lower()
    assert 'onclick="alert' not in shown.lower()
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8


@pytest.mark.usefixtures("news")
def test_hostile_text_in_news_is_shown_as_text(client: Client) -> None:
    NewsPage.objects.update(intro=POLYGLOT, title=POLYGLOT, source="javascript:alert(1)")

    for path in ("/neuigkeiten/", "/neuigkeiten/olpe-misst-muell/", "/"):
        assert "<script>alert" not in text(client, path)
