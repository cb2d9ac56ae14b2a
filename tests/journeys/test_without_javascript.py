"""The site without JavaScript: everything can be read, every form can be sent."""

from __future__ import annotations

import pytest

from tests.journeys import people
from tests.journeys.pages import CHANGED, PUBLIC
from tests.journeys.state import send


@pytest.fixture
def plain_page(open_context):
    return lambda person=people.VISITOR: open_context(person, java_script_enabled=False).new_page()


def test_public_pages_without_javascript_show_their_content(plain_page, places) -> None:
    page = plain_page()
    for state in PUBLIC:
        if state.reach is send:
            continue  # needs a script to switch the browser's own checks off
        state.at(places).open(page)
        assert page.locator("main h1").inner_text(), state.name


def test_search_without_javascript_opens_the_municipality(plain_page) -> None:
    page = plain_page()
    page.goto("/")
    page.fill("#ort", "57462")
    page.click("text=Ort öffnen")
    assert page.url.endswith("/kommunen/olpe/")


def test_comparison_without_javascript_follows_the_choice(plain_page) -> None:
    page = plain_page()
    page.goto("/strategie/vergleich/")
    page.select_option("#von", "1")
    page.select_option("#bis", "3")
    page.click(".compare-form [type=submit]")
    assert "von=1&bis=3" in page.url
    assert page.locator("ins").count()


def test_outline_without_javascript_folds_open(plain_page) -> None:
    page = plain_page()
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/strategie/")
    page.click("nav.tree summary")
    page.locator("nav.tree a").first.click()
    assert "#" in page.url


def test_barrier_report_without_javascript_arrives(plain_page) -> None:
    page = plain_page()
    page.goto("/barriere-melden/?seite=/strategie/")
    page.locator("main textarea").first.fill("Der Text ist zu klein.")
    page.click("main form [type=submit]")
    assert page.url.endswith("/barriere-melden/danke/")


def test_sign_in_and_editing_without_javascript_save_a_paragraph(plain_page, stage) -> None:
    page = plain_page()
    people.sign_in(page, people.AGENCY)
    page.goto(f"/strategie/bearbeiten/5/{CHANGED}/")
    page.locator("textarea[name$=text]").last.fill("Ohne Skript geschrieben.")
    page.click(".save-bar [type=submit]")
    assert page.get_by_text("Gespeichert.").is_visible()
    assert page.locator("textarea[name$=text]").last.input_value() == "Ohne Skript geschrieben."
