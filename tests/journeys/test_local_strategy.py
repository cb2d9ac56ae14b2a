"""A project manager makes a local strategy in a browser: how many clicks forty elements take, by keys alone, and cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from andock.accounts.models import User
from andock.local_strategies.models import Version
from andock.local_strategies.services.own import OwnText, add_own
from andock.organisations.models import Organisation
from andock.strategy.models import Edition, Framework
from tests.factories.strategy import element, identity
from tests.journeys.test_edit_strategy import AXE, enter, kept, opened
from tests.local_strategies.conftest import draft, edition, editor, framework, olpe, releaser  # noqa: F401  fixtures
from tests.local_strategies.scenes import published, row, write

DESK = "/verwaltung/olpe/strategie/"
B1 = identity("b1")
MOST_CLICKS = 29
"""What docs/anleitung/eigene-strategie.md promises for forty elements."""
NEXT_MONTH = (timezone.localdate() + timedelta(days=30)).isoformat()

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("emptied_afterwards"),
    # The test server ends after the last test with connections the browser kept open, and its thread's database.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def window(browser: Browser, live_server, editor: User) -> Iterator[BrowserContext]:  # noqa: F811  fixtures
    context = enter(browser, live_server, editor)
    yield context
    context.close()


@pytest.fixture
def forty(framework: Framework) -> Edition:  # noqa: F811  fixtures
    """Eight goals with four measures each."""
    goals = [
        [
            element(f"g{goal}", label=str(goal), obligation="core"),
            *(element(f"m{goal}{place}", parent=identity(f"g{goal}"), type="measure", label=f"{goal}.{place}") for place in range(4)),
        ]
        for goal in range(8)
    ]  # fmt: skip
    return published(framework, 1, *(one for goal in goals for one in goal))


class Hand:
    """A hand on a mouse, counting."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, selector: str) -> None:
        self.page.click(selector)
        self.clicks += 1

    def type(self, selector: str, text: str) -> None:
        self.click(selector)
        self.page.fill(selector, text)

    def choose(self, name: str, state: str) -> None:
        self.click(f"[name='{identity(name)}-state'][value={state}]")


def test_forty_elements_take_less_than_a_click_each(
    window: BrowserContext,
    olpe: Organisation,  # noqa: F811
    forty: Edition,
) -> None:
    page = opened(window, DESK)
    hand = Hand(page)
    hand.click("form[action$='beginnen/'] button")
    for goal in range(5):
        with page.expect_navigation():
            hand.click(f"button[value='branch:{identity(f'g{goal}')}']")
    for name in ("g5", "m50", "m51", "g6", "m60", "m61", "m62", "g7", "m70", "m71"):
        hand.choose(name, "adopted")
    for name in ("m52", "m53", "m63"):
        hand.choose(name, "declined")
        hand.type(f"[name='{identity(name)}-reason']", "Macht bei uns der Kreis.")
    for name in ("m72", "m73"):
        hand.choose(name, "deferred")
        hand.type(f"[name='{identity(name)}-reason']", "Erst der Haushalt.")
        hand.type(f"[name='{identity(name)}-until']", NEXT_MONTH)
    hand.click(".save-bar button[value=save]")

    expect(page.locator("#fortschritt")).to_have_text("40 von 40 entschieden")
    assert hand.clicks <= MOST_CLICKS


def test_an_element_is_deferred_by_keys_alone(window: BrowserContext, draft: Version) -> None:  # noqa: F811  fixtures
    page = opened(window, DESK)
    page.locator(f"[name='{identity('g2')}-state']:checked").focus()
    press(page, "ArrowLeft", "Tab")
    page.keyboard.type("Erst der Haushalt.")
    press(page, "Tab")
    page.keyboard.type(
        (timezone.localdate() + timedelta(days=30)).strftime("%m%d%Y")
    )  # as the browser, not the page, writes days
    press(page, "Enter")
    page.wait_for_url(re.compile("gespeichert"))

    assert (row(draft, "g2").state, row(draft, "g2").reason) == ("deferred", "Erst der Haushalt.")
    assert row(draft, "g2").until.isoformat() == NEXT_MONTH


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_reason_and_day_show_only_where_they_are_needed(window: BrowserContext, draft: Version) -> None:  # noqa: F811
    page = opened(window, DESK)
    reason = page.locator(f"[name='{identity('g1')}-reason']")
    expect(reason).to_be_hidden()

    page.check(f"[name='{identity('g1')}-state'][value=declined]")
    expect(reason).to_be_visible()
    expect(page.locator(f"[name='{identity('g1')}-until']")).to_be_hidden()


def test_wording_typed_while_offline_is_back_after_reload(window: BrowserContext, draft: Version) -> None:  # noqa: F811
    page = opened(window, f"{DESK}stelle/{identity('g1')}/")
    addition = page.locator(f"[name='add:{B1}']")
    addition.fill("Im Funkloch geschrieben.")
    window.set_offline(True)
    page.locator(".save-bar button").click()
    expect(page.locator("[data-offline]")).to_be_visible()

    window.set_offline(False)
    page.reload()

    expect(addition).to_have_value("Im Funkloch geschrieben.")
    page.locator(".save-bar button").click()
    page.wait_for_url(re.compile("gespeichert"))
    assert row(draft, "g1").shown == "adapted"
    assert kept(page) == 0


def test_two_windows_in_one_field_the_second_sees_both(window: BrowserContext, draft: Version) -> None:  # noqa: F811
    address = f"{DESK}stelle/{identity('g1')}/"
    first, second = opened(window, address), opened(window, address)
    for page, text in ((first, "Ihr Satz."), (second, "Mein Satz.")):
        page.locator(f"#b-{B1} .replace > summary").click()
        page.locator(f"[name='block:{B1}']").fill(text)
    first.locator(".save-bar button").click()
    first.wait_for_url(re.compile("gespeichert"))
    second.locator(".save-bar button").click()

    expect(second.locator(".dispute .theirs")).to_have_text("Ihr Satz.")
    expect(second.locator(f"[name='block:{B1}']")).to_have_value("Mein Satz.")
    second.locator(f"button[value='theirs:block:{B1}']").click()
    second.wait_for_url(re.compile("gespeichert"))
    expect(second.locator(f"[name='block:{B1}']")).to_have_value("Ihr Satz.")


def test_begin_needs_no_script(browser: Browser, live_server, editor: User, edition: Edition) -> None:  # noqa: F811
    plain = enter(browser, live_server, editor, java_script_enabled=False)
    page = opened(plain, DESK)
    page.click("form[action$='beginnen/'] button")
    page.check(f"[name='{identity('g1')}-state'][value=declined]")
    page.fill(f"[name='{identity('g1')}-reason']", "Haben wir.")
    page.click(".save-bar button[value=save]")

    expect(page.locator("#fortschritt")).to_have_text("1 von 3 entschieden")
    plain.close()


@pytest.mark.parametrize("screen", [(320, "light"), (1280, "dark")])
def test_pages_have_no_barrier_axe_can_find(
    browser: Browser,
    live_server,
    draft: Version,  # noqa: F811  fixtures
    releaser: User,  # noqa: F811
    screen: tuple[int, str],
) -> None:
    width, scheme = screen
    if not AXE.exists():
        pytest.skip("axe-core is missing: python tools/setup.py --dev")
    window = enter(
        browser, live_server, releaser, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    write(releaser, draft, "g1", block__b1="Offene Daten in Olpe.", block__b2="")
    part = add_own(actor=releaser, version=draft, own=OwnText("Eigenes", "Text.", parent=identity("g2")))
    found = {}
    for name, act in (
        ("", None), ("?zeige=offen", None), ("", wrong), (f"stelle/{identity('g1')}/", None),
        (f"stelle/{identity('g1')}/", send), (f"stelle/{identity('g2')}/zweig/", send), ("eigene/neu/", send),
        (f"eigene/{part.identity}/", None), (f"eigene/{part.identity}/entfernen/", None), ("eigene/zuordnen/", None),
        ("einlesen/", send), ("einlesen/", pasted), ("stand/", None), ("stand/loeschen/", None), ("stand/", submitted),
        ("stand/beschluss/", send), ("", None),
    ):  # fmt: skip
        page = opened(window, DESK + name)
        if act:
            with page.expect_navigation():
                act(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run(document).then(result => result.violations.map(one => one.id))")
        if violations or page.evaluate("document.documentElement.scrollWidth") > width:
            found[name, act] = violations or ["scrolls sideways"]
        page.close()
    window.close()

    assert found == {}


def send(page: Page) -> None:
    page.locator("main form .btn[type=submit]:visible").first.click()


def wrong(page: Page) -> None:
    page.check(f"[name='{identity('m1')}-state'][value=deferred]")
    page.click(".save-bar button[value=save]")


def pasted(page: Page) -> None:
    page.fill("[name=text]", "Vorweg.\n1 Leitbild\nOlpe nutzt Technik.\n1.1 Offene Daten\n- Haushalt\n- Baustellen")
    send(page)


def submitted(page: Page) -> None:
    page.click("button[value=submitted]")
