"""The whole life of an event, with a real mail server: made, published, filled, waited for, moved up, checked in, told about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.journeys import people
from tests.journeys.conftest import PATIENCE
from tests.journeys.server import serve
from tests.notifications.conftest import Postmaster, free_port

TITLE = "Abend zum Stadtklima"
DESK = "/verwaltung/soest/veranstaltungen/"
PUBLIC = "/veranstaltungen/abend-zum-stadtklima/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def postmaster() -> Iterator[tuple[Postmaster, int]]:
    postmaster, port = Postmaster(), free_port()
    server = Controller(postmaster, hostname="127.0.0.1", port=port)
    server.start()
    yield postmaster, port
    server.stop()


@pytest.fixture(scope="module")
def town(prepared: Path, tmp_path_factory: pytest.TempPathFactory, postmaster: tuple[Postmaster, int]) -> Iterator[str]:
    """A site that is no demonstration: mails are sent, and whoever edits has a second factor."""
    folder = tmp_path_factory.mktemp("event") / "data"
    with serve(prepared, folder, ANDOCK_DEMO="0", ANDOCK_MAIL_URL=f"smtp://127.0.0.1:{postmaster[1]}") as address:
        yield address


@pytest.fixture
def window(browser: Browser, town: str) -> Iterator[Callable[..., Page]]:
    opened = []

    def new(**options: object) -> Page:
        context = browser.new_context(base_url=town, locale="de-DE", reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def mail(postmaster: tuple[Postmaster, int], window: Callable[..., Page]) -> Callable[[str, str], EmailMessage]:
    """Waits for the mail to somebody whose subject begins so."""
    waiting = window()

    def arrived(to: str, subject: str) -> EmailMessage:
        for _second in range(60):
            for raw in postmaster[0].taken:
                found = message_from_bytes(raw, policy=policy.default)
                if found["To"] == to and found["Subject"].startswith(subject):
                    return found
            waiting.wait_for_timeout(500)
        subjects = [message_from_bytes(raw, policy=policy.default)["Subject"] for raw in postmaster[0].taken]
        raise AssertionError(f"No mail “{subject}” to {to}; there are {subjects}")

    return arrived


def test_an_event_from_the_first_idea_to_the_last_thanks(
    window: Callable[..., Page], mail: Callable[[str, str], EmailMessage], postmaster: tuple[Postmaster, int]
) -> None:
    office, ada, bob = window(), window(viewport=PHONE), window(viewport=PHONE, java_script_enabled=False)
    make_and_publish(office)

    register(ada, "Ada", "ada@example.org")
    confirm(ada, link_in(mail("ada@example.org", "Bitte bestätigen")))
    expect(ada.locator("main")).to_contain_text("Sie sind angemeldet")
    entry = Calendar.from_ical(attachment(mail("ada@example.org", "Sie sind angemeldet")))
    assert [str(part["SUMMARY"]) for part in entry.walk("VEVENT")] == [TITLE]

    ada.goto(PUBLIC)
    expect(ada.locator("main")).to_contain_text("Warteliste")
    register(bob, "Bob", "bob@example.org")
    confirm(bob, link_in(mail("bob@example.org", "Bitte bestätigen")))
    mail("bob@example.org", "Sie stehen auf der Warteliste")

    cancel(ada, link_in(mail("ada@example.org", "Sie sind angemeldet")))
    mail("ada@example.org", "Anmeldung abgesagt")
    moved_up = mail("bob@example.org", "Sie sind angemeldet")

    let_in(office, "Bob")
    write_to_all(office)
    assert "Danke fürs Kommen" in text_of(mail("bob@example.org", "Danke"))

    keys = [message_from_bytes(raw, policy=policy.default)["Message-ID"] for raw in postmaster[0].taken]
    assert len(keys) == len(set(keys)), "a mail went out twice"
    assert moved_up["Reply-To"] or moved_up["From"]


# --- what they do ----------------------------------------------------------------------------------------------------
def make_and_publish(page: Page) -> None:
    people.sign_in_secured(page)
    tomorrow = timezone.localtime() + timedelta(hours=20)
    page.goto(f"{DESK}neu/")
    page.check("[name=pattern][value=evening]")
    page.fill("[name=title]", TITLE)
    page.fill("[name=day]", f"{tomorrow:%Y-%m-%d}")
    page.fill("[name=time]", f"{tomorrow:%H:%M}")
    send(page)
    page.click(".event-sections a[href$='/worum/']")
    page.fill("[name=contact_email]", "veranstaltungen@soest.example")
    send(page)
    page.goto(f"{DESK}abend-zum-stadtklima/wo/")
    page.fill("[name=venue]", "Stadtlabor")
    page.fill("[name=town]", "Soest")
    send(page)
    page.goto(f"{DESK}abend-zum-stadtklima/anmeldung/")
    page.fill("[name=room_seats]", "1")
    send(page)
    page.goto(f"{DESK}abend-zum-stadtklima/veroeffentlichen/")
    send(page)
    page.goto(PUBLIC)
    expect(page.locator("h1")).to_have_text(TITLE)


def register(page: Page, name: str, email: str) -> None:
    page.goto(f"{PUBLIC}anmelden/")
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    for box in page.locator("main [type=checkbox][required]").all():
        box.check()
    send(page)
    expect(page.locator("h1")).to_contain_text("Mails")


def confirm(page: Page, link: str) -> None:
    """The link only opens the page; the button there confirms."""
    page.goto(link)
    with page.expect_navigation():
        page.click("main button[name=act]")


def cancel(page: Page, link: str) -> None:
    """Asked once more before anything is given up."""
    page.goto(link)
    with page.expect_navigation():
        page.click("main a.btn:has-text('absagen')")
    send(page)


def let_in(page: Page, name: str) -> None:
    page.goto(f"{DESK}abend-zum-stadtklima/einlass/?suche={name}")
    page.wait_for_selector(".door-person")
    page.click(f".door-person:has-text('{name}') button:has-text('Ist da')")
    page.wait_for_selector(f"text={name} ist da.")


def write_to_all(page: Page) -> None:
    """Seen as one of them gets it, then sent."""
    page.goto(f"{DESK}abend-zum-stadtklima/teilnehmende/nachricht/")
    page.fill("[name=subject]", "Danke")
    page.fill("[name=text]", "Liebe(r) {name}, Danke fürs Kommen!")
    send(page)
    expect(page.locator("#vorschau, [aria-labelledby=vorschau]").first).to_contain_text("Danke fürs Kommen")
    with page.expect_navigation():
        page.click("main button[name=act][value=send]")


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form [type=submit]:visible").first.click()
    assert not page.locator("[aria-invalid=true]").count(), page.locator("main").inner_text()


# --- what the mails hold ---------------------------------------------------------------------------------------------
def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def link_in(message: EmailMessage) -> str:
    return re.search(r"http\S+/veranstaltungen/anmeldung/\S+", text_of(message))[0]


def attachment(message: EmailMessage) -> bytes:
    found = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return found.get_payload(decode=True)
