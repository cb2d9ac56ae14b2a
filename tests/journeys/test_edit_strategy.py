"""An editor of the agency writes the strategy in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from andock.accounts.models import User
from andock.strategy.models import Edition, Framework
from tests.factories.strategy import identity
from tests.strategy.conftest import editor, framework  # noqa: F401  fixtures of the strategy's tests
from tests.strategy.editing import draft, order, text_of, uid
from tests.strategy.test_editing_pages import signed_in

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
B1 = identity("b1")
TEXT = f"#id_b-{B1}-text"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("emptied_afterwards"),
    # The test server ends after the last test with connections the browser kept open, and its thread's database.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def edition(framework: Framework, editor: User) -> Edition:  # noqa: F811  fixtures
    return draft(framework, editor)


@pytest.fixture
def window(browser: Browser, live_server, editor: User) -> Iterator[BrowserContext]:  # noqa: F811  fixtures
    """A browser in which the editor is signed in."""
    context = enter(browser, live_server, editor)
    yield context
    context.close()


def enter(browser: Browser, live_server, person: User, **options: object) -> BrowserContext:
    context = browser.new_context(base_url=live_server.url, locale="de-DE", **options)
    cookie = signed_in(person).cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    context.set_default_timeout(10_000)
    return context


def element_url(edition: Edition, name: str = "g1") -> str:
    return reverse("strategy:edit_element", args=[edition.ordinal, uid(name)])


def opened(window: BrowserContext, url: str) -> Page:
    page = window.new_page()
    page.goto(url)
    return page


def save(page: Page) -> None:
    page.locator(".save-bar button").click()


def kept(page: Page) -> int:
    """How many texts this device keeps."""
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('andock/keep/')).length")


def test_text_typed_while_offline_is_back_after_reload_and_gone_from_the_device_once_saved(
    window: BrowserContext, edition: Edition
) -> None:
    page = opened(window, element_url(edition))
    page.fill(TEXT, "Im Funkloch geschrieben.")
    window.set_offline(True)
    save(page)
    expect(page.locator("[data-offline]")).to_be_visible()

    window.set_offline(False)
    page.reload()

    expect(page.locator(TEXT)).to_have_value("Im Funkloch geschrieben.")
    expect(page.locator("[data-kept]")).to_be_visible()
    save(page)
    page.wait_for_url(re.compile("gespeichert"))
    assert text_of(edition, "g1")[0] == (B1, "Im Funkloch geschrieben.")
    assert kept(page) == 0


def test_text_survives_a_server_that_does_not_answer(window: BrowserContext, edition: Edition) -> None:
    page = opened(window, element_url(edition))
    page.fill(TEXT, "Der Server war weg.")
    page.fill("#id_title", "Titel auch")
    page.route("**/*", lambda route: route.abort())
    save(page)
    page.wait_for_timeout(500)

    page.unroute("**/*")
    page.goto(element_url(edition))

    expect(page.locator(TEXT)).to_have_value("Der Server war weg.")
    expect(page.locator("#id_title")).to_have_value("Titel auch")


def test_restored_text_can_be_discarded(window: BrowserContext, edition: Edition) -> None:
    page = opened(window, element_url(edition))
    page.fill(TEXT, "Doch nicht.")
    page.reload()
    expect(page.locator(TEXT)).to_have_value("Doch nicht.")

    page.locator("[data-kept-discard]").click()

    expect(page.locator(TEXT)).to_have_value("Offene Daten.")
    assert kept(page) == 0


def test_restored_text_never_overwrites_what_somebody_saved_meanwhile(
    window: BrowserContext,
    browser: Browser,
    live_server,
    edition: Edition,
    editor: User,  # noqa: F811
) -> None:
    mine = opened(window, element_url(edition))
    mine.fill(TEXT, "Mein Satz.")
    other = enter(browser, live_server, editor)
    theirs = opened(other, element_url(edition))
    theirs.fill(TEXT, "Ihr Satz.")
    save(theirs)
    theirs.wait_for_url(re.compile("gespeichert"))
    other.close()

    mine.reload()
    expect(mine.locator(TEXT)).to_have_value("Mein Satz.")
    save(mine)

    expect(mine.locator(".dispute .theirs")).to_have_text("Ihr Satz.")
    expect(mine.locator(TEXT)).to_have_value("Mein Satz.")
    assert text_of(edition, "g1")[0] == (B1, "Ihr Satz.")


def test_disputed_text_is_kept_on_the_device_until_it_is_decided(window: BrowserContext, edition: Edition) -> None:
    first, second = opened(window, element_url(edition)), opened(window, element_url(edition, "g1"))
    first.fill("#id_title", "Eins")
    save(first)
    first.wait_for_url(re.compile("gespeichert"))
    second.fill("#id_title", "Zwei")
    save(second)
    expect(second.locator(".dispute")).to_be_visible()

    second.goto(element_url(edition))

    expect(second.locator("#id_title")).to_have_value("Zwei")


def test_element_is_moved_with_the_keyboard_and_keeps_the_focus(window: BrowserContext, edition: Edition) -> None:
    page = opened(window, reverse("strategy:edit_edition", args=[edition.ordinal]))
    page.locator(f"#e-{identity('m2')} summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("schritt=up"))
    assert order(edition) == ["g1", "g2", ".m2", ".m1"]

    assert page.evaluate("document.activeElement.closest('li').id") == f"e-{identity('m2')}"


def test_second_step_follows_with_one_key(window: BrowserContext, edition: Edition) -> None:
    page = opened(window, reverse("strategy:edit_edition", args=[edition.ordinal]))
    page.locator(f"#e-{identity('m1')} summary").focus()
    page.keyboard.press("Enter")
    page.locator(f"button[value='outdent:{identity('m1')}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("schritt=outdent"))
    page.locator(f"button[value='up:{identity('m1')}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("schritt=up"))
    assert order(edition) == ["g1", "m1", "g2", ".m2"]

    assert page.evaluate("document.activeElement.value") == f"up:{identity('m1')}"
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelector('.nodes > li').id === 'e-{identity('m1')}'")
    assert order(edition) == ["m1", "g1", "g2", ".m2"]


def test_everything_works_without_javascript(
    browser: Browser,
    live_server,
    edition: Edition,
    editor: User,  # noqa: F811
) -> None:
    plain = enter(browser, live_server, editor, java_script_enabled=False)
    page = opened(plain, element_url(edition))
    page.fill(TEXT, "Ohne Skript.\n\nZweiter Absatz.")
    page.locator(f"button[value='split:{B1}']").click()
    page.wait_for_url(re.compile("absatz"))
    assert [text for _identity, text in text_of(edition, "g1")] == ["Ohne Skript.", "Zweiter Absatz.", "Für alle."]

    page.goto(reverse("strategy:edit_withdraw", args=[edition.ordinal, uid("m2")]))
    page.fill("#id_reason", "Erledigt.")
    page.locator("main form.form button").click()
    page.locator(".nodes").first.wait_for()
    assert order(edition) == ["g1", "g2", ".m1"]

    page.goto(reverse("strategy:edit_publish", args=[edition.ordinal]))
    page.check("#sure")
    page.locator("main form.form button").click()
    page.wait_for_url(re.compile(reverse("strategy:edition", args=[edition.ordinal])))
    assert Edition.objects.get(ordinal=2).state == "in_force"
    plain.close()


PAGES = (
    "edit_edition", "edit_describe", "edit_reasons", "edit_add", "edit_numbers", "edit_missing", "edit_preview",
    "edit_publish", "edit_delete",
)  # fmt: skip
ELEMENT_PAGES = ("edit_element", "edit_put", "edit_split", "edit_join", "edit_replace", "edit_withdraw")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_editor_has_no_barrier_axe_knows_and_never_scrolls_sideways(
    browser: Browser,
    *,
    live_server,
    edition: Edition,
    editor: User,  # noqa: F811
    width: int,
    scheme: str,
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is missing: python tools/setup.py --dev")
    window = enter(
        browser, live_server, editor, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    urls = [reverse("strategy:edit"), reverse("strategy:edit_import")]
    urls += [reverse(f"strategy:{name}", args=[edition.ordinal]) for name in PAGES]
    urls += [reverse(f"strategy:{name}", args=[edition.ordinal, uid("g1")]) for name in ELEMENT_PAGES]
    page = window.new_page()
    found = {}
    for url in urls:
        page.goto(url)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run(document).then(result => result.violations.map(one => one.id))")
        if violations or page.evaluate("document.documentElement.scrollWidth") > width:
            found[url] = violations or ["scrolls sideways"]
    window.close()
    assert found == {}
