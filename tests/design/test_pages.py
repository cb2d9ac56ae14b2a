"""Layouts, error pages, forms and the map's own document."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from andock.design.style_guide import ExampleForm, sample_tiles
from andock.design.tilemap import TileMap

ANONYMOUS = RequestFactory().get("/kommunen/?rolle=pioneer")


@pytest.mark.parametrize("page", ["400.html", "413.html", "500.html", "503.html"])
def test_page_for_the_worst_case_needs_no_context(page):
    drawn = render_to_string(page)

    assert drawn.count("<h1>") == 1
    assert 'href="/"' in drawn


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["403.html", "404.html"])
def test_error_page_leads_on(page):
    drawn = render_to_string(page, request=ANONYMOUS)

    assert drawn.count("<h1>") == 1
    assert '<main id="inhalt" tabindex="-1">' in drawn


@pytest.mark.django_db
def test_refusal_shows_its_reason():
    reason = "Diesen Text ändert nur Olpe. Sie können einen Vorschlag schicken."

    assert reason in render_to_string("403.html", {"exception": reason}, request=ANONYMOUS)


@pytest.mark.django_db
def test_layout_holds_no_inline_code_and_no_other_host(client):
    page = client.get(reverse("design:style_page")).content.decode()

    assert not re.search(r"<script(?![^>]*src)|\sstyle=|\son[a-z]+=|<style", page)
    assert not re.search(r'(?:src|href|data)="(?:https?:)?//', page.replace("http://testserver", ""))
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.django_db
def test_style_page_shows_each_id_once(client):
    ids = re.findall(r'\sid="([^"]+)"', client.get(reverse("design:style_page")).content.decode())

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_tile_map_is_a_document_that_may_be_framed_by_this_site_only(client):
    digest = TileMap.of(sample_tiles()).digest
    answer = client.get(reverse("design:tile_map", args=["de", digest]))

    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_tile_map_at_an_old_address_leads_to_the_map_of_today(client):
    answer = client.get(reverse("design:tile_map", args=["de", "0000"]))

    assert answer.status_code == 302
    assert answer["Location"].endswith(".svg")


@pytest.mark.django_db
def test_tile_map_in_an_unknown_language_does_not_exist(client):
    assert client.get(reverse("design:tile_map", args=["xx", "0000"])).status_code == 404


def wrong_form():
    return ExampleForm({"name": "", "email": "olpe@", "way": "letter", "agreed": "on"})


def test_wrong_form_counts_what_does_not_fit_and_leads_to_the_fields():
    with translation.override("de"):
        drawn = wrong_form().render()

    assert "Bitte prüfen Sie 2 Angaben, dann" in drawn
    assert 'href="#id_email"' in drawn
    assert 'aria-describedby="id_email_helptext id_email_error"' in drawn
    assert 'value="olpe@"' in drawn


def test_wrong_field_says_the_error_above_the_input():
    drawn = wrong_form()["email"].as_field_group()

    assert drawn.index("email_error") < drawn.index("<input")


def test_options_stand_in_a_group_with_its_legend():
    drawn = ExampleForm()["way"].as_field_group()

    assert drawn.index("<legend>") < drawn.index('type="radio"')
    assert drawn.count('class="radios"') == 1
