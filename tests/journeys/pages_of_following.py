"""What people see who follow by mail, and who write the newsletter."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page

from tests.journeys.pages_of_participation import OPEN
from tests.journeys.people import (
    AGENCY,
)
from tests.journeys.state import State, click, send


def follow_by_mail(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """Ask to follow, open the mail of the demo, and go to the page behind its link."""

    def reach(page: Page) -> None:
        page.fill("[name=email]", f"{uuid4().hex}@demo.example")
        send(page)
        page.goto("/demo/post/")
        click("main tbody a:has-text('Neues per E-Mail')")(page)
        click("main a[href*='/folgen/bestaetigen/']")(page)
        for step in steps:
            step(page)

    return reach


FOLLOWING = [
    State("follow-process", f"/folgen/?was=verfahren&id={OPEN}"),
    State("follow-confirm", "/folgen/?was=thema&id=teilhabe", AGENCY, reach=follow_by_mail()),
    State("follow-mine", "/folgen/?was=thema&id=klima", AGENCY, reach=follow_by_mail(send)),
    State(
        "follow-leave", "/folgen/?was=kommune&id=soest", AGENCY,
        reach=follow_by_mail(send, click("a[href$='/loeschen/']")),
    ),
]  # fmt: skip
NEWSLETTER_DESK = "/verwaltung/suedwestfalen-agentur/rundbrief/"


def own_issue(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """A draft of the newsletter with a section."""

    def reach(page: Page) -> None:
        page.fill("[name=subject]", "Neues im Herbst")
        send(page)
        page.fill("[name=abschnitt-0-title]", "Drei neue Karten")
        page.fill("[name=abschnitt-0-text]", "Olpe, Soest und Menden zeigen, was läuft.")
        page.fill("[name=abschnitt-0-url]", "/loesungen/")
        for step in steps or [send]:
            step(page)

    return reach


def no_address(page: Page) -> None:
    page.fill("[name=abschnitt-0-url]", "loesungen")
    send(page)


NEWSLETTER = [
    State("newsletter-desk", NEWSLETTER_DESK, AGENCY),
    State("newsletter-begin", f"{NEWSLETTER_DESK}neu/", AGENCY),
    State("newsletter-begin-error", f"{NEWSLETTER_DESK}neu/", AGENCY, reach=send),
    State("newsletter-edit", f"{NEWSLETTER_DESK}neu/", AGENCY, reach=own_issue()),
    State("newsletter-edit-error", f"{NEWSLETTER_DESK}neu/", AGENCY, reach=own_issue(no_address)),
    State("newsletter-preview", f"{NEWSLETTER_DESK}neu/", AGENCY, reach=own_issue(click("[name=preview]"))),
    State(
        "newsletter-ask", f"{NEWSLETTER_DESK}neu/", AGENCY,
        reach=own_issue(click("[name=preview]"), click("a[href$='/versand/']")),
    ),
    State(
        "newsletter-sending", f"{NEWSLETTER_DESK}neu/", AGENCY,
        reach=own_issue(click("[name=preview]"), click("a[href$='/versand/']"), send),
    ),
    State("newsletter-delete", f"{NEWSLETTER_DESK}neu/", AGENCY, reach=own_issue(send, click("a[href$='/loeschen/']"))),
]  # fmt: skip
