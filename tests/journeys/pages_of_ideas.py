"""What people see who send, support and discuss ideas, and the office that steers them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.pages_of_participation import mail, say_who
from tests.journeys.people import AGENCY, RELEASER
from tests.journeys.state import State, click, send

MARKET, BANDSTAND = "ideen-am-markt", "Eine Bühne für alle"
LIST = f"/beteiligung/{MARKET}/ideen/"
DESK = f"/verwaltung/olpe/beteiligung/verfahren/{MARKET}/ideen/"


def idea(title: str = BANDSTAND, *steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """Go to the page of an idea by the list."""

    def reach(page: Page) -> None:
        click(f".ideas a:text-is('{title}')")(page)
        for step in steps:
            step(page)

    return reach


def steer(way: str, *steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """At the desk: one of the ways below the first idea."""

    def reach(page: Page) -> None:
        click(f".idea-ways a[href$='/{way}/'] >> nth=0")(page)
        for step in steps:
            step(page)

    return reach


def send_again(page: Page) -> None:
    """Somebody sends what stands there already."""
    page.fill("[name=title]", BANDSTAND)
    page.fill("[name=text]", "Eine Bühne auf dem Markt.")
    page.fill("[name=pseudonym]", "Ada")
    page.fill("[name=email]", "ada@demo.example")
    send(page)


def known(page: Page) -> None:
    """Say who this is, and come back to the button."""
    say_who(page)
    click("main form [type=submit]")(page)


def look_for(place: str) -> Callable[[Page], None]:
    """A place is looked for by its name."""

    def reach(page: Page) -> None:
        page.fill("[name=place]", place)
        click("[name=find]")(page)

    return reach


def nowhere(page: Page) -> None:
    page.fill("[name=point]", "0, 0")
    send(page)


HAVING_IDEAS = [
    State("ideas-list", LIST),
    State("ideas-list-english", f"/en{LIST}", language="en"),
    State("ideas-list-none-fits", f"{LIST}?stand=nicht-moeglich"),
    State("ideas-list-region", "/beteiligung/gute-orte-auf-dem-land/ideen/?sortierung=unterstuetzt"),
    State("ideas-process", f"/beteiligung/{MARKET}/"),
    State("ideas-idea", LIST, reach=idea()),
    State("ideas-idea-joined", LIST, reach=idea("Alles unter einem Dach", click("main a:text-is('Ein Dach')"))),
    State("ideas-new", f"{LIST}neu/"),
    State("ideas-new-error", f"{LIST}neu/", reach=send),
    State("ideas-new-found", f"{LIST}neu/", reach=look_for("straße")),
    State("ideas-new-not-found", f"{LIST}neu/", reach=look_for("Ulmenweg")),
    State("ideas-list-menden", "/beteiligung/ideen-fuer-das-hoenneufer/ideen/"),
    State("ideas-new-similar", f"{LIST}neu/", reach=send_again),
    State("ideas-remark", LIST, reach=idea(BANDSTAND, click("a[href$='/beitragen/']"))),
    State("ideas-remark-answer", LIST, reach=idea(BANDSTAND, click("a[href*='antwort='] >> nth=0"))),
    State("ideas-remark-error", LIST, reach=idea(BANDSTAND, click("a[href$='/beitragen/']"), send)),
    State("ideas-support", LIST, reach=idea(BANDSTAND, click("a[href$='/unterstuetzen/']"), known)),
    State("ideas-agree", "/", AGENCY, reach=mail("zusammengelegt", "/zusammenlegen/")),
]  # fmt: skip
OFFICE = "/verwaltung/olpe/beteiligung/verfahren/gute-orte-auf-dem-land/"
"""Where Olpe answers in a process of the region."""
STEERING = [
    State("ideas-overview", DESK.removesuffix("ideen/"), RELEASER),
    State("ideas-desk", DESK, RELEASER),
    State("ideas-desk-error", DESK, RELEASER, reach=send),
    State("ideas-paper", f"{DESK}papier/", RELEASER),
    State("ideas-paper-error", f"{DESK}papier/", RELEASER, reach=send),
    State("ideas-place", DESK, RELEASER, reach=steer("ort")),
    State("ideas-place-found", DESK, RELEASER, reach=steer("ort", look_for("straße"))),
    State("ideas-place-error", DESK, RELEASER, reach=steer("ort", nowhere)),
    State("ideas-links", DESK, RELEASER, reach=steer("verknuepfen")),
    State("ideas-merge", DESK, RELEASER, reach=steer("zusammenlegen")),
    State("ideas-merge-error", DESK, RELEASER, reach=steer("zusammenlegen", send)),
    State("ideas-desk-office", f"{OFFICE}ideen/", RELEASER),
]  # fmt: skip
