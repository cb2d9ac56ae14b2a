"""A town of 12,000 looks for something against drought, finds it, asks, takes it over; then the figures change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.journeys import people
from tests.journeys.conftest import PATIENCE
from tests.journeys.server import gather, serve

CARD = "bodenfeuchte-junger-strassenbaeume"
TITLE = "Bodenfeuchte junger Straßenbäume"
TODAY = f"{timezone.localdate():%Y-%m-%d}"
QUESTION = "Wie viele Sensoren haben Sie, und was kostet der Betrieb im Jahr?"
ANSWER = "Vierzig Sensoren; der Funk kostet uns nichts, die Batterien halten drei Jahre."


@pytest.fixture(scope="module")
def town(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of its own: what is taken over here is counted by nobody else."""
    folder = tmp_path_factory.mktemp("sharing") / "data"
    with serve(prepared, folder) as address:
        gather(folder, "somebody_of_ense")
        yield address


@pytest.fixture
def window(browser: Browser, town: str) -> Iterator[Callable[[str], Page]]:
    opened = []

    def of(person: str) -> Page:
        context = browser.new_context(base_url=town, locale="de-DE", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        if person:
            people.sign_in(page, person)
        return page

    yield of
    for context in opened:
        context.close()


def test_a_town_of_twelve_thousand_finds_asks_and_takes_over(window: Callable[[str], Page]) -> None:
    ense, olpe, stranger = window(people.ENSE), window(people.RELEASER), window(people.VISITOR)
    assert counted(stranger) == ("0", "0")

    find(ense, "Wasser für junge Bäume")
    see_why_it_fits(ense)
    ask(ense)
    answer(olpe)
    read_the_answer_and_begin(ense)

    report_operation(olpe)
    assert counted(stranger) == ("0", "1")
    confirm_operation(ense)
    assert counted(stranger) == ("1", "1")

    stranger.goto(f"/loesungen/{CARD}/")
    expect(stranger.locator("#uebernommen").locator("xpath=ancestor::section")).to_contain_text("Ense")


# --- what they do ----------------------------------------------------------------------------------------------------
def find(page: Page, words: str) -> None:
    """Among the first five."""
    page.goto("/")
    page.fill("header [name=q]", words)
    with page.expect_navigation():
        page.press("header [name=q]", "Enter")
    first_five = page.locator(".hits h3, .hits h2").all_inner_texts()[:5]
    assert TITLE in first_five


def see_why_it_fits(page: Page) -> None:
    """The same topic, with a reason; a stranger to its technology sees what is not known."""
    page.goto("/loesungen/passend/?kommune=ense&thema=klima")
    card = page.locator(".fits > li", has=page.locator(f"a[href$='/{CARD}/']"))
    expect(card.locator(".fit-reasons li")).not_to_have_count(0)
    with page.expect_navigation():
        card.locator("h3 a").click()
    expect(page.locator("h1")).to_have_text(TITLE)


def ask(page: Page) -> None:
    with page.expect_navigation():
        page.click("a[href$='/verwaltung/frage/" + CARD + "/']")
    page.fill("[name=text]", QUESTION)
    send(page)
    expect(page.locator("main")).to_contain_text(QUESTION)
    expect(page.locator("main")).not_to_contain_text("@")


def answer(page: Page) -> None:
    page.goto("/verwaltung/olpe/anfragen/")
    with page.expect_navigation():
        page.click(f"main a:has-text('{TITLE}')")
    expect(page.locator("main")).to_contain_text(QUESTION)
    page.fill("[name=text]", ANSWER)
    send(page)


def read_the_answer_and_begin(page: Page) -> None:
    page.goto("/verwaltung/ense/anfragen/")
    with page.expect_navigation():
        page.click(f"main a:has-text('{TITLE}')")
    expect(page.locator("main")).to_contain_text(ANSWER)
    with page.expect_navigation():
        page.click("main a[href*='/uebernahmen/neu/']")
    page.check("[name=stage][value=interested]")
    page.fill("[name=date_text]", TODAY)
    send(page)
    expect(page.locator("#verlauf").locator("xpath=ancestor::section")).to_contain_text("interessiert")


def report_operation(page: Page) -> None:
    """The owner says so, with a source; until the receiver confirms it, that is a report."""
    page.goto("/verwaltung/olpe/uebernahmen/")
    with page.expect_navigation():
        page.click("main .desk-lines h3 a:has-text('Ense')")
    page.check("[name=stage][value=in_operation]")
    page.fill("[name=date_text]", TODAY)
    page.fill("[name=source]", "Telefonat der beiden Bauhöfe")
    send(page)


def confirm_operation(page: Page) -> None:
    page.goto("/verwaltung/ense/uebernahmen/")
    with page.expect_navigation():
        page.click("main a[href$='/bestaetigen/']")
    send(page)


def counted(page: Page) -> tuple[str, str]:
    """How many organisations everybody reads to be in operation: confirmed, reported."""
    page.goto("/nachnutzung/")
    numbers = page.locator("[aria-labelledby=stand1] dd strong").all_inner_texts()[:2]
    found = [re.sub(r"\s", "", number) for number in numbers]
    return found[0], found[1]


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form [type=submit]:visible").first.click()
    assert not page.locator("[aria-invalid=true]").count(), page.locator("main").inner_text()
