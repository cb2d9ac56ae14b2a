"""Core journeys with the keyboard alone: the focus is always somewhere, and always to be seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from andock.accounts.demo import PASSWORD
from tests.journeys import people

FAR = 400
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const words = [one.getAttribute("aria-label"), one.innerText, ...[...(one.labels || [])].map((label) => label.innerText)];
  return {
    words: words.filter(Boolean).join(" ").replace(/\\s+/g, " ").trim(),
    name: one.name || "",
    html: one.outerHTML.slice(0, 120),
    seen: ring && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    main: one.matches("main"),
  };
}"""


class Keys:
    """A person at the keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focus(self) -> dict:
        """Where the focus is; fails when it is lost or cannot be seen."""
        focus = self.page.evaluate(FOCUS)
        assert focus, "the focus is lost"
        assert focus["seen"] or focus["main"], f"the focus cannot be seen on {focus['html']}"
        return focus

    def tab_to(self, words: str = "", *, name: str = "") -> dict:
        """Press Tab until the element with these words, or of this form field name, has the focus."""
        for _press in range(FAR):
            self.page.keyboard.press("Tab")
            focus = self.focus()
            if (words and re.search(words, focus["words"])) or (name and re.search(name, focus["name"])):
                return focus
        raise AssertionError(f"Tab does not reach {words or name}")

    def follow(self, words: str = "", *, name: str = "", key: str = "Enter") -> None:
        """Go to a link or button and press it; a new page answers."""
        self.tab_to(words, name=name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        self.tab_to(name=name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)


@pytest.fixture
def keys(open_page):
    return lambda person=people.VISITOR: Keys(open_page(person))


def test_skip_link_leads_past_the_menu(keys) -> None:
    me = keys()
    me.page.goto("/kommunen/")
    me.page.keyboard.press("Tab")
    assert "Zum Inhalt" in me.focus()["words"]
    me.page.keyboard.press("Enter")
    assert me.focus()["main"]
    me.page.keyboard.press("Tab")
    assert me.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_finding_my_municipality(keys) -> None:
    me = keys()
    me.page.goto("/")
    me.write("ort", "Olpe")
    with me.page.expect_navigation():
        me.page.keyboard.press("Enter")
    expect(me.page.locator("h1")).to_have_text("Olpe")


def test_reading_an_element_and_opening_its_permalink(keys) -> None:
    me = keys()
    me.page.goto("/")
    me.follow("^Strategie$")
    me.tab_to(r"^1\.1 Ein gutes Leben")
    me.page.keyboard.press("Enter")
    assert "#" in me.page.url
    me.page.keyboard.press("Tab")
    me.focus()
    while "/stelle/" not in me.page.evaluate("document.activeElement.href || ''"):
        me.page.keyboard.press("Tab")
        me.focus()
    with me.page.expect_navigation():
        me.page.keyboard.press("Enter")
    assert "/strategie/stelle/" in me.page.url


def test_comparing_two_editions(keys) -> None:
    me = keys()
    me.page.goto("/strategie/vergleich/")
    me.tab_to(name="von")
    me.page.keyboard.press("1")
    me.tab_to(name="bis")
    me.page.keyboard.press("3")
    me.follow("^Vergleichen$")
    assert "von=1&bis=3" in me.page.url


def test_switching_the_language(keys) -> None:
    me = keys()
    me.page.goto("/strategie/")
    me.follow("^English$")
    assert me.page.url.endswith("/en/strategie/")
    assert me.page.evaluate("document.documentElement.lang") == "en"


def test_signing_in(keys) -> None:
    me = keys()
    me.page.goto("/")
    me.follow("^Anmelden$")
    me.write("login", people.READER)
    me.write("password", PASSWORD)
    with me.page.expect_navigation():
        me.page.keyboard.press("Enter")
    expect(me.page.locator("h1")).to_have_text("Verwaltung")


def test_editing_and_saving_a_paragraph(keys, stage) -> None:
    me = keys(people.AGENCY)
    me.page.goto("/strategie/bearbeiten/5/")
    me.follow("Ein gutes Leben")
    me.write("text$", "Mit der Tastatur geschrieben.")
    me.follow("^Speichern$")
    expect(me.page.get_by_text("Gespeichert.")).to_be_visible()
    expect(me.page.locator("textarea[name$=text]").first).to_have_value("Mit der Tastatur geschrieben.")


def test_moving_an_element_keeps_the_focus_on_its_button(keys, stage) -> None:
    me = keys(people.AGENCY)
    me.page.goto("/strategie/bearbeiten/5/")
    order = titles(me.page)
    me.tab_to("^Verschieben.*Offen für alle")
    me.page.keyboard.press("Enter")
    me.follow("^Nach oben.*Offen für alle")
    moved = titles(me.page)
    assert moved != order
    assert sorted(moved) == sorted(order)
    assert "Offen für alle" in me.focus()["words"]


def test_publishing_until_the_last_question(keys, stage) -> None:
    me = keys(people.AGENCY)
    me.page.goto("/strategie/bearbeiten/4/")
    me.follow("^Prüfen und veröffentlichen$")
    me.tab_to(name="sure")
    me.page.keyboard.press("Space")
    assert me.page.locator("[name=sure]").is_checked()
    me.tab_to("^In Kraft setzen$")


def titles(page: Page) -> list[str]:
    return page.locator(".node > a").evaluate_all(
        "links => links.map(link => link.textContent.replace(/^[\\\\d. ]+/, ''))"
    )
