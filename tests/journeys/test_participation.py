"""A citizen without an account, from reading to what became of it; an office, from a process to the council's table."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.journeys import people
from tests.journeys.conftest import PATIENCE
from tests.journeys.server import serve
from tests.journeys.state import click, send

PROCESS = "/beteiligung/fortschreibung-der-rahmenstrategie/"
WORDS = "Bitte sagen Sie auch, wer das bezahlt."
ANSWER = "Das steht jetzt dabei: Die Kosten trägt die Region."


@pytest.fixture(scope="module")
def region(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of its own: what is said here is answered by nobody else."""
    with serve(prepared, tmp_path_factory.mktemp("participation") / "data") as address:
        yield address


@pytest.fixture
def window(browser: Browser, region: str) -> Iterator[Callable[..., Page]]:
    opened = []

    def of(person: str, width: int) -> Page:
        context = browser.new_context(
            base_url=region, locale="de-DE", reduced_motion="reduce", viewport={"width": width, "height": 800}
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        if person:
            people.sign_in(page, person)
        return page

    yield of
    for context in opened:
        context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_citizen_without_account_reads_says_something_and_learns_what_became_of_it(
    window: Callable[..., Page], width: int
) -> None:
    citizen, agency = window(people.VISITOR, width), window(people.AGENCY, width)
    words = f"{WORDS} ({width})"

    passage = say_something(citizen, words, f"bea{width}@example.org")
    confirm(citizen, agency, f"bea{width}@example.org")
    expect(citizen.locator(".mine")).to_contain_text(words)
    expect(citizen.locator(".mine")).to_contain_text("Noch keine Antwort.")
    mine = citizen.url

    answer(agency, words, passage)

    citizen.goto(mine)
    expect(citizen.locator(".mine")).to_contain_text(ANSWER)
    click(".mine a:has-text('Die geänderte Stelle')")(citizen)
    expect(citizen.locator("#aus-der-beteiligung").locator("xpath=..")).to_contain_text("hat sie verändert")


@pytest.mark.parametrize("width", [360, 1280])
def test_office_publishes_a_process_answers_and_prints_the_table_for_the_council(
    window: Callable[..., Page], width: int
) -> None:
    office, citizen = window(people.RELEASER, width), window(people.VISITOR, width)
    title = f"Ihre Ideen für den Markt {width}"

    address = publish_process(office, title)
    send_idea(citizen, address, f"karl{width}@example.org")
    confirm(citizen, window(people.AGENCY, width), f"karl{width}@example.org")

    office.goto("/verwaltung/olpe/beteiligung/")
    click(f"a:has-text('{title}')")(office)
    overview = office.url
    click("a:has-text('Lesen und antworten')")(office)
    office.check("[name=chosen] >> nth=0")
    office.check("[name=stance][value=partly]")
    office.fill("[name=reason]", "Zwei Bänke kommen im Mai.")
    click("[name=act][value=answer]")(office)
    expect(office.locator(".response")).to_contain_text("Zwei Bänke kommen im Mai.")

    office.goto(f"{overview}tabelle/")
    for suffix, beginning in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        content = office.request.get(f"{overview}tabelle/abwaegung.{suffix}").body()
        assert content.startswith(beginning)
    with ZipFile(io.BytesIO(office.request.get(f"{overview}tabelle/abwaegung.docx").body())) as paper:
        assert "Zwei Bänke kommen im Mai." in paper.read("word/document.xml").decode()


# --- what they do ----------------------------------------------------------------------------------------------------
def say_something(page: Page, words: str, email: str) -> str:
    """Comment on the first paragraph of a passage; returns where the passage stands."""
    page.goto("/beteiligung/")
    click("a:has-text('Fortschreibung der Rahmenstrategie')")(page)
    click("a:has-text('Text lesen und etwas dazu sagen')")(page)
    page.locator("a:has-text('Kommentieren oder umformulieren')").nth(3).click()
    page.wait_for_selector("[name=text]")
    page.fill("[name=text]", words)
    page.fill("[name=pseudonym]", "Bea")
    page.fill("[name=email]", email)
    element = urlsplit(page.url).path.split("/")[4]
    expect(page.locator("[name=work]")).not_to_have_value("")
    send(page)
    expect(page.locator("h1")).to_contain_text("Bitte sehen Sie in Ihre Mails")
    return f"/strategie/stelle/{element}/"


def confirm(page: Page, post: Page, email: str) -> None:
    """Open the mail, which the demo keeps, and press the button behind its link."""
    post.goto("/demo/post/")
    click(f"main tbody tr:has-text('{email}') a:has-text('bestätigen')")(post)
    page.goto(post.locator("main a[href*='/bestaetigen/']").first.get_attribute("href") or "")
    send(page)
    expect(page.locator("main")).to_contain_text("Danke, es zählt")


def answer(page: Page, words: str, passage: str) -> None:
    page.goto(
        "/verwaltung/suedwestfalen-agentur/beteiligung/verfahren/fortschreibung-der-rahmenstrategie/beitraege/?offen=1"
    )
    page.check(f".choose li:has-text('{words}') [name=chosen]")
    page.check("[name=stance][value=adopted]")
    page.fill("[name=reason]", ANSWER)
    page.fill("[name=change]", passage)
    click("[name=act][value=answer]")(page)
    expect(page.locator("main")).to_contain_text("1 Beitrag ist beantwortet.")


def publish_process(page: Page, title: str) -> str:
    """From a blueprint to the public page; returns its address."""
    page.goto("/verwaltung/olpe/beteiligung/neu/")
    page.fill("[name=title]", title)
    page.check("[name=blueprint][value=ideas]")
    page.fill("[name=begins_at]", f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    send(page)
    page.fill("[name=summary]", "Was fehlt auf dem Markt?")
    page.fill("[name=contact_email]", "markt@example.org")
    send(page)
    click("a:has-text('Veröffentlichen')")(page)
    send(page)
    click("a:has-text('Die öffentliche Seite')")(page)
    return page.url


def send_idea(page: Page, address: str, email: str) -> None:
    page.goto(address)
    click("a:has-text('Idee einbringen')")(page)
    page.fill("[name=title]", "Mehr Bänke")
    page.fill("[name=text]", "Unter den Linden ist Platz für zwei.")
    page.fill("[name=pseudonym]", "Karl")
    page.fill("[name=email]", email)
    expect(page.locator("[name=work]")).not_to_have_value("")
    send(page)
    if page.locator("h1:has-text('Mails')").count() == 0:  # first it shows what is alike
        send(page)
    expect(page.locator("h1")).to_contain_text("Bitte sehen Sie in Ihre Mails")
