"""The desk of events, and the people who come to them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.people import (
    READER,
    RELEASER,
    SECURED,
)
from tests.journeys.state import LOCAL, State, click, send, send_file

EVENT_DESK = f"{LOCAL}/verwaltung/soest/veranstaltungen/"


def own_event(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """At the desk of a town with a draft; whoever comes first begins one."""

    def reach(page: Page) -> None:
        if not page.locator(".event-lines a:has-text('Abend im Stadtlabor')").count():
            page.goto(f"{page.url}neu/")
            page.check("[name=pattern][value=evening]")
            for name, text in (("title", "Abend im Stadtlabor"), ("day", "2126-06-01"), ("time", "18:00")):
                page.fill(f"[name={name}]", text)
            send(page)
        else:
            click(".event-lines a:has-text('Abend im Stadtlabor')")(page)
        for step in steps:
            step(page)

    return reach


def section(path: str, *steps: Callable[[Page], None]) -> Callable[[Page], None]:
    return own_event(click(f".event-sections a[href$='/{path}/']"), *steps)


def closing_too_late(page: Page) -> None:
    page.fill("[name=closes_at]", "2126-06-02T10:00")
    page.fill("[name=room_seats]", "-1")
    send(page)


def summarise_at_the_same_time(page: Page) -> None:
    """Another window saves another sentence first."""
    other = page.context.new_page()
    other.goto(page.url)
    there = other.input_value("[name=summary]")
    for window, words in ((other, "Zuerst gespeichert"), (page, "Zur selben Zeit")):
        window.fill("[name=summary]", f"{words}, {len(there)}")
        with window.expect_navigation():
            window.click("main form [type=submit]")
    other.close()


def ask_without_answers(page: Page) -> None:
    page.fill("[name=rows-0-label]", "Was essen Sie?")
    page.select_option("[name=rows-0-kind]", "choice")
    click("main form .btns [type=submit]:has-text('Speichern') >> nth=0")(page)


EVENTS = [
    State("events-desk-empty", "/verwaltung/olpe/veranstaltungen/", RELEASER),
    State("events-desk", EVENT_DESK, SECURED, reach=own_event(click(".crumbs li:nth-child(2) a"))),
    State("events-begin", f"{EVENT_DESK}neu/", SECURED),
    State("events-begin-error", f"{EVENT_DESK}neu/", SECURED, reach=send),
    State("events-series", f"{EVENT_DESK}reihen/", SECURED),
    State("events-import", f"{EVENT_DESK}neu/datei/", SECURED),
    State("events-import-error", f"{EVENT_DESK}neu/datei/", SECURED, reach=send_file("a;b\n1;2\n")),
    State("event-draft", EVENT_DESK, SECURED, reach=own_event()),
    *(
        State(f"event-{path}", EVENT_DESK, SECURED, reach=section(path))
        for path in ("worum", "wann", "wo", "bezug", "anmeldung", "fragen", "programm", "unterlagen")
    ),
    State("event-section-error", EVENT_DESK, SECURED, reach=section("anmeldung", closing_too_late)),
    State("event-section-conflict", EVENT_DESK, SECURED, reach=section("worum", summarise_at_the_same_time)),
    State("event-questions-error", EVENT_DESK, SECURED, reach=section("fragen", ask_without_answers)),
    State("event-documents-error", EVENT_DESK, SECURED, reach=section("unterlagen", send)),
    State("event-publish-lacks", EVENT_DESK, SECURED, reach=own_event(click("a[href$='/veroeffentlichen/']"))),
    State("event-delete", EVENT_DESK, SECURED, reach=own_event(click("a[href$='/loeschen/']"))),
]
PEOPLE_OF = "/verwaltung/olpe/veranstaltungen/{}/teilnehmende/"
TONIGHT, EMPTY_EVENT, OVER = (PEOPLE_OF.format(slug) for slug in ("heute-abend", "noch-leer", "schon-vorbei"))
DOOR = TONIGHT.replace("teilnehmende", "einlass")


def enter_too_many(page: Page) -> None:
    page.check("[name=allotment] >> nth=0")
    page.fill("[name=name]", "Fatma Yılmaz")
    page.fill("[name=email]", "fatma@")
    page.fill("[name=companions]", "Ali\nCem\nDeniz")
    send(page)


def write_to_all(page: Page) -> None:
    page.fill("[name=subject]", "Zu {titel}")
    page.fill("[name=text]", "Guten Tag {name},\n\nder Eingang ist heute im Hof.")
    send(page)


def look_up(page: Page) -> None:
    """The script has its list, and shows who fits."""
    page.wait_for_selector("[data-network]:not(:empty)")
    page.fill("[name=suche]", "e")
    page.wait_for_selector(".door-person")


def check_one_in(page: Page) -> None:
    look_up(page)
    page.click(".door-person:has-text('Babbage') button:has-text('Babbage')")
    page.wait_for_selector(".door-here")


PEOPLE = [
    State("participants", TONIGHT, RELEASER),
    State("participants-waiting", f"{TONIGHT}?stand=warteliste", RELEASER),
    State("participants-none-found", f"{TONIGHT}?suche=Bielefeld", RELEASER),
    State("participants-empty", EMPTY_EVENT, RELEASER),
    State("participants-over", OVER, RELEASER),
    State("participants-refused", TONIGHT, READER, status=403),
    State("participant", TONIGHT, RELEASER, reach=click("main th a:has-text('Lovelace')")),
    State("participant-bounced", TONIGHT, RELEASER, reach=click("main th a:has-text('Çelik')")),
    State("participant-enter", f"{TONIGHT}neu/", RELEASER),
    State("participant-enter-error", f"{TONIGHT}neu/", RELEASER, reach=enter_too_many),
    State("participants-message", f"{TONIGHT}nachricht/", RELEASER),
    State("participants-message-preview", f"{TONIGHT}nachricht/", RELEASER, reach=write_to_all),
    State("participants-message-error", f"{TONIGHT}nachricht/", RELEASER, reach=send),
    State("door", DOOR, RELEASER),
    State("door-found", DOOR, RELEASER, reach=look_up),
    State("door-here", DOOR, RELEASER, reach=check_one_in),
    State("door-waiting", f"{DOOR}?suche=Wanda", RELEASER),
    State("figures", OVER.replace("teilnehmende", "zahlen"), RELEASER),
    State("figures-empty", EMPTY_EVENT.replace("teilnehmende", "zahlen"), RELEASER),
]
