"""A releaser of a municipality takes over a new edition in a browser: every kind of question, without a mouse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from andock.accounts.models import User
from andock.docking.items import ADOPT, END, Resolution
from andock.local_strategies import queries
from andock.local_strategies.models import Run
from andock.local_strategies.services import runs
from andock.organisations.models import Organisation
from andock.strategy.models import Framework
from tests.factories.strategy import identity
from tests.journeys.test_edit_strategy import enter, kept
from tests.local_strategies.conftest import framework, olpe, releaser  # noqa: F401  fixtures of its tests
from tests.local_strategies.every_kind import every_kind
from tests.local_strategies.test_run_pages import RUN, at

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
CONFLICT = f"{identity('co')}/block:{identity('co1')}"
MOST_KEYS = 200

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("emptied_afterwards"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def run(releaser: User, olpe: Organisation, framework: Framework) -> Run:  # noqa: F811  fixtures
    return every_kind(releaser, olpe, framework)


def tab_to(page: Page, selector: str) -> None:
    """With the tabulator key only, as somebody without a mouse."""
    for _key in range(MOST_KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no way with the keyboard to {selector}")


def test_questions_are_answered_by_keyboard_and_typing_is_not_caught(
    browser: Browser,
    live_server,
    run: Run,
    releaser: User,  # noqa: F811  fixtures
) -> None:
    window = enter(browser, live_server, releaser)
    page = window.new_page()
    page.goto(RUN)
    tab_to(page, "main .stack .btn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("stelle="))
    assert page.evaluate("document.activeElement.id") == "stelle"

    tab_to(page, "[name=answer]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#a-edited")).to_be_checked()
    tab_to(page, "[name=text]")
    page.keyboard.press("Control+a")
    page.keyboard.type("Neu vereinbart: nv.")
    tab_to(page, "form.write button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("gespeichert"))

    assert queries.resolutions_of(run)[CONFLICT].value == "Neu vereinbart: nv."
    expect(page.locator(".note[role=status]")).to_contain_text("Gespeichert: 1 Örtliche Strategien")
    assert kept(page) == 0

    page.wait_for_load_state()
    page.keyboard.press("n")
    expect(page.locator("#stelle")).to_have_text("3 Gemeinsam arbeiten, Absatz 2")
    page.wait_for_load_state()
    page.keyboard.press("v")
    expect(page.locator("#stelle")).to_have_text("2 Offene Daten, Absatz 1")

    page.goto(RUN)
    tab_to(page, "[aria-labelledby=sicher] button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("4 Stellen in einem Schritt übernommen.")
    window.close()


def test_text_typed_without_a_connection_is_back_after_reload(
    browser: Browser,
    live_server,
    run: Run,
    releaser: User,  # noqa: F811  fixtures
) -> None:
    window = enter(browser, live_server, releaser)
    page = window.new_page()
    page.goto(at(CONFLICT))
    page.fill("[name=text]", "Im Funkloch geschrieben.")
    page.fill("[name=reason]", "Der Bus hielt.")
    window.set_offline(True)
    page.locator("form.write button.btn[type=submit]").click()
    expect(page.locator("[data-offline]")).to_be_visible()

    window.set_offline(False)
    page.reload()

    expect(page.locator("[name=text]")).to_have_value("Im Funkloch geschrieben.")
    expect(page.locator("[name=reason]")).to_have_value("Der Bus hielt.")
    page.goto(at(identity("wc")))
    expect(page.locator("[name=reason]")).to_have_value("")
    window.close()


def test_everything_works_without_javascript(
    browser: Browser,
    live_server,
    run: Run,
    releaser: User,  # noqa: F811  fixtures
) -> None:
    window = enter(browser, live_server, releaser, java_script_enabled=False)
    page = window.new_page()
    page.goto(at(identity("wc")))
    page.check("#a-to_local")
    page.locator("form.write button.btn[type=submit]").click()
    page.wait_for_url(re.compile("gespeichert"))
    assert queries.resolutions_of(run)[identity("wc")].answer == "to_local"

    page.goto(at(identity("wc")))
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator("main")).to_contain_text("Zurückgenommen.")
    assert queries.resolutions_of(run) == {}
    window.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier_axe_knows_or_scrolls_sideways(
    browser: Browser,
    *,
    live_server,
    run: Run,
    releaser: User,  # noqa: F811  fixtures
    width: int,
    scheme: str,
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is missing: python tools/setup.py --dev")
    runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("wc"), END))
    promoted = next(item for item in queries.run_value(run).items if item.kind == "promoted")
    runs.answer_item(actor=releaser, run=run, resolution=Resolution(promoted.key, ADOPT))
    keys = [item.key for item in queries.run_value(run).items if not item.given or item.given == promoted.key]
    window = enter(
        browser, live_server, releaser, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page, found = window.new_page(), {}

    def look(url: str) -> None:
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run(document).then(result => result.violations.map(one => one.id))")
        if violations or page.evaluate("document.documentElement.scrollWidth") > width:
            found[url] = violations or ["scrolls sideways"]

    for url in (RUN, reverse("local_strategies:run_drop", args=["olpe"]), *map(at, keys)):
        look(url)
    runs.drop_run(actor=releaser, run=run)
    look(RUN)
    window.close()
    assert found == {}
