"""Every page in every state, light and dark, narrow and wide, with large text: nothing in anybody's way.

Valid HTML, and German where it says so: opening a page is what takes time, so everything is looked at at once.
"""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from tests.journeys.german import BOTH_LANGUAGES, english_left
from tests.journeys.pages import ALL, PUBLIC
from tests.journeys.state import State
from tests.journeys.watching import Watch, look, run_axe

WIDTHS = (1280, 320)
THEMES = ("light", "dark")
LOOKS = [(width, theme) for width in WIDTHS for theme in THEMES]
CROSSED = ([LOOKS[0], LOOKS[3]], [LOOKS[1], LOOKS[2]])
"""Each width and each theme once: colours do not depend on the width, nor the layout on the theme. All four by night."""
HEIGHT = 900
IN_FORCE = "Smart Cities Gesamtstrategie, 3. Auflage · Südwestfalen"


@pytest.mark.parametrize("state", ALL, ids=lambda state: state.name)
def test_page_has_no_barrier(  # noqa: PLR0917  fixtures
    state: State, open_page, site, places, stage, validator, english
) -> None:
    page, state = open_page(state.person), state.at(places)
    watch = Watch(page, state, site)
    state.open(page)
    found = validator.findings(state.name, watch.html()) + look(page, "findings", state.language[:2])
    if state.language == "de" and state.name not in BOTH_LANGUAGES:
        found += english_left(look(page, "texts"), english)
    looks = LOOKS if os.environ.get("ANDOCK_NIGHTLY") else CROSSED[len(state.name) % 2]
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{width} px: {one}" for one in look(page, "wide")]
        found += [f"{width} px, {theme}: {one}" for one in run_axe(page)]
    assert not found + large_text(page) + watch.found


def large_text(page) -> list[str]:
    """What is cut off or pushed out of sight when somebody sets text to 200 %."""
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    after = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    grown = [] if after >= 1.9 * before else [f"text grows from {before} to {after} px only"]
    return [f"text at 200 %: {one}" for one in grown + look(page, "cut") + look(page, "wide")]


def test_pages_have_titles_of_their_own(open_page, places) -> None:
    page = open_page()
    addresses = defaultdict(set)
    for state in PUBLIC:
        if state.status == 200:
            state.at(places).open(page)
            addresses[page.title()].add(page.url.split("?")[0])
    addresses.pop(IN_FORCE)  # /strategie/ shows the edition in force, which has an address of its own
    assert not {title: found for title, found in addresses.items() if len(found) > 1}
