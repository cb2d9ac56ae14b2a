"""The desks of solutions, guides, take-overs and findings, and what offices ask each other."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.people import (
    AGENCY,
    READER,
    RELEASER,
    SECURED,
)
from tests.journeys.state import LOCAL, State, click, send, send_file

CARDS = f"{LOCAL}/verwaltung/soest/loesungen/"
GUIDES = f"{LOCAL}/verwaltung/soest/leitfaeden/"
OWN_CARD = f"{CARDS}smarte-bewaesserung/"


def own(title: str, *steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """At the desk of cards or guides with a draft of this title; whoever comes first begins it."""

    def reach(page: Page) -> None:
        if page.locator(f".desk-lines a:has-text('{title}')").count():
            click(f".desk-lines a:has-text('{title}')")(page)
        else:
            page.goto(f"{page.url}neu/")
            page.fill("[name=title]", title)
            if page.locator("[name=kind]").count():
                page.check("[name=kind][value=sensors]")
            send(page)
        for step in steps:
            step(page)

    return reach


def save(page: Page) -> None:
    click(".save-bar [type=submit] >> nth=0")(page)


def wrong_card(page: Page) -> None:
    page.fill("[name=cost_once]", "viel")
    page.fill("[name=website]", "kein link")
    page.fill("[name=title]", "")
    save(page)


def describe_at_the_same_time(page: Page) -> None:
    """Another window saves another sentence first."""
    other = page.context.new_page()
    other.goto(page.url)
    there = other.input_value("[name=summary]" if "leitfaeden" in page.url else "[name=benefit]")
    for window, words in ((other, "Zuerst gespeichert"), (page, "Zur selben Zeit")):
        window.fill("[name=summary]" if "leitfaeden" in page.url else "[name=benefit]", f"{words}, {len(there)}")
        with window.expect_navigation():
            window.click(".save-bar [type=submit] >> nth=0")
    other.close()


def unfold(page: Page) -> None:
    """Every list of choices and every open question is opened."""
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")


def wrong_guide(page: Page) -> None:
    page.fill("[name=steps]", "x" * 201)
    page.fill("[name=date_text]", "bald")
    save(page)


KNOWLEDGE = [
    State("solutions-desk", CARDS, SECURED),
    State("solutions-desk-refused", "/verwaltung/olpe/loesungen/", AGENCY, status=403),
    State("solutions-desk-region", "/verwaltung/suedwestfalen/loesungen/", AGENCY),
    State("solutions-begin", f"{CARDS}neu/", SECURED),
    State("solutions-begin-error", f"{CARDS}neu/", SECURED, reach=send),
    State("solutions-publiccode", f"{CARDS}neu/publiccode/", SECURED),
    State("solutions-publiccode-error", f"{CARDS}neu/publiccode/", SECURED, reach=send),
    State("solutions-import", f"{CARDS}datei/", SECURED),
    State("solutions-import-error", f"{CARDS}datei/", SECURED, reach=send_file("a;b\n1;2\n")),
    State("solution-edit", OWN_CARD, SECURED),
    State("solution-edit-open", OWN_CARD, SECURED, reach=unfold),
    State("solution-draft", CARDS, SECURED, reach=own("Sensoren am Wehr")),
    State("solution-edit-error", CARDS, SECURED, reach=own("Sensoren am Wehr", wrong_card)),
    State("solution-edit-conflict", CARDS, SECURED, reach=own("Sensoren am Wehr", describe_at_the_same_time)),
    State("solution-delete", CARDS, SECURED, reach=own("Sensoren am Wehr", click("a[href$='/loeschen/']"))),
    State("solution-documents", f"{OWN_CARD}unterlagen/", SECURED),
    State("solution-documents-error", f"{OWN_CARD}unterlagen/", SECURED, reach=send),
    State("guides-desk", "/verwaltung/suedwestfalen-agentur/leitfaeden/", AGENCY),
    State("guides-desk-empty", "/verwaltung/olpe/leitfaeden/", RELEASER),
    State("guides-begin-error", f"{GUIDES}neu/", SECURED, reach=send),
    State("guide-draft", GUIDES, SECURED, reach=own("Wie messen wir?", unfold)),
    State("guide-edit-error", GUIDES, SECURED, reach=own("Wie messen wir?", wrong_guide)),
    State("guide-edit-conflict", GUIDES, SECURED, reach=own("Wie messen wir?", describe_at_the_same_time)),
    State("guide-delete", GUIDES, SECURED, reach=own("Wie messen wir?", click("a[href$='/loeschen/']"))),
    State("guide-files", "/verwaltung/suedwestfalen-agentur/leitfaeden/leitfaden-07-1/unterlagen/", AGENCY),
    State("guide-readers", "/verwaltung/suedwestfalen-agentur/leitfaeden/leitfaden-07-1/rueckmeldungen/", AGENCY),
]
TAKE_OVERS = f"{LOCAL}/verwaltung/soest/uebernahmen/"
FINDINGS = f"{LOCAL}/verwaltung/soest/erkenntnisse/"


def taken_over(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """At the desk of a town of which a take-over is reported, on its page."""

    def reach(page: Page) -> None:
        click(".desk-lines h3 a:has-text('Datenplattform') >> nth=0")(page)
        for step in steps:
            step(page)

    return reach


ASK = f"{LOCAL}/verwaltung/frage/"
OLPES_CARD = "bodenfeuchte-junger-strassenbaeume"
THREADS = f"{LOCAL}/verwaltung/soest/anfragen/"
OFFICES = f"{LOCAL}/verwaltung/soest/aemter/"
OWN_GROUPS = f"{LOCAL}/verwaltung/soest/lerngruppen/"
OWN_BOARD = f"{OWN_GROUPS}sensoren-und-funknetze/"


def ask_something(page: Page) -> None:
    page.fill("[name=text]", "Was kostet der Betrieb im Jahr?\n\nWir denken an 40 Sensoren.")
    send(page)


def asked(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """In the thread about a card of Olpe; whoever comes first asks."""

    def reach(page: Page) -> None:
        if not page.locator(".talk-lines a").count():
            page.goto(f"{ASK.format(port=page.url.split(':')[2].split('/')[0])}{OLPES_CARD}/")
            ask_something(page)
        else:
            click(".talk-lines a >> nth=0")(page)
        if page.locator("form[action$='/oeffnen/']").count():
            click("form[action$='/oeffnen/'] button")(page)
        for step in steps:
            step(page)

    return reach


def too_early(page: Page) -> None:
    page.check("[name=stage][value=ended]")
    page.fill("[name=date_text]", "2999")
    send(page)


def runs_here(page: Page) -> None:
    """It is in operation; whoever comes first says so. Then everybody sees it counted."""
    if not page.locator("h3:has-text('in Betrieb')").count():
        page.check("[name=stage][value=in_operation]")
        page.fill("[name=date_text]", "2026-01")
        send(page)
    page.goto(f"{page.url.partition('/verwaltung/')[0]}/nachnutzung/")
    assert page.locator(".tallied").count()


def never_happened(page: Page) -> None:
    page.check("[name=stage][value=retracted]")
    page.fill("[name=date_text]", "")
    send(page)


def publish_without_a_place(page: Page) -> None:
    click(".btns form[action$='/veroeffentlichen/'] button")(page)


TOLD = [
    State("transfers-desk", TAKE_OVERS, SECURED),
    State("transfers-desk-refused", "/verwaltung/olpe/uebernahmen/", READER, status=403),
    State("transfers-desk-agency", "/verwaltung/suedwestfalen-agentur/uebernahmen/", AGENCY),
    State("transfers-desk-empty", "/verwaltung/altena/uebernahmen/", AGENCY),
    State("transfers-begin", f"{TAKE_OVERS}neu/?loesung=bodenfeuchte-junger-strassenbaeume", SECURED),
    State("transfers-begin-error", f"{TAKE_OVERS}neu/", SECURED, reach=send),
    State("transfers-report", f"{TAKE_OVERS}neu/andere/", SECURED),
    State("transfers-report-error", f"{TAKE_OVERS}neu/andere/", SECURED, reach=send),
    State("transfers-whose", "/verwaltung/uebernehmen/?loesung=bodenfeuchte-junger-strassenbaeume", AGENCY),
    State("transfer", TAKE_OVERS, SECURED, reach=taken_over()),
    State("transfer-error", TAKE_OVERS, SECURED, reach=taken_over(too_early)),
    State("transfer-confirm", TAKE_OVERS, SECURED, reach=taken_over(click("a[href$='/bestaetigen/']"))),
    State("transfer-correct", TAKE_OVERS, SECURED, reach=taken_over(click("a[href$='/berichtigen/']"))),
    State(
        "transfer-correct-error",
        TAKE_OVERS,
        SECURED,
        reach=taken_over(click("a[href$='/berichtigen/']"), never_happened),
    ),
    State("transfers-counted", TAKE_OVERS, SECURED, reach=taken_over(runs_here)),
    State("transfer-facts", TAKE_OVERS, SECURED, reach=taken_over(click("a[href$='/angaben/']"))),
    State("findings-desk-empty", "/verwaltung/olpe/erkenntnisse/", RELEASER),
    State("findings-begin", f"{FINDINGS}neu/?loesung=bodenfeuchte-junger-strassenbaeume", SECURED),
    State("findings-begin-error", f"{FINDINGS}neu/", SECURED, reach=send),
    State("finding-draft", FINDINGS, SECURED, reach=own("Antennen brauchen Strom", unfold)),
    State("finding-placeless", FINDINGS, SECURED, reach=own("Antennen brauchen Strom", publish_without_a_place)),
    State("finding-delete", FINDINGS, SECURED, reach=own("Antennen brauchen Strom", click("a[href$='/loeschen/']"))),
]


def close_thread(page: Page) -> None:
    """Whoever comes next opens it again."""
    click("form[action$='/schliessen/'] button")(page)
    assert page.locator("form[action$='/oeffnen/']").is_visible()


def personal_mailbox(page: Page) -> None:
    page.fill("[name=name]", "Stabsstelle")
    page.fill("[name=email]", "ada.lovelace@soest.example")
    send(page)


def write_on_the_board(page: Page) -> None:
    page.fill("[name=text]", "Wer misst auch den Pegel?")
    page.fill("[name=link]", "https://example.org/pegel")
    send(page)


def answer_a_post(page: Page) -> None:
    write_on_the_board(page)
    click(".talk a[href*='antwort=']")(page)


COLLEAGUES = [
    State("ask", f"{ASK}{OLPES_CARD}/", SECURED),
    State("ask-error", f"{ASK}{OLPES_CARD}/", SECURED, reach=send),
    State("ask-nobody-there", f"{ASK}digitale-bienenstoecke/", SECURED),
    State("ask-refused", f"/verwaltung/frage/{OLPES_CARD}/", READER, status=403),
    State("enquiries-empty", "/verwaltung/suedwestfalen-agentur/anfragen/", AGENCY),
    State("enquiry", THREADS, SECURED, reach=asked()),
    State("enquiry-error", THREADS, SECURED, reach=asked(send)),
    State("enquiry-closed", THREADS, SECURED, reach=asked(close_thread)),
    State("enquiries", THREADS, SECURED, reach=asked(click(".crumbs li:nth-child(2) a"))),
    State("directory", f"{LOCAL}/verwaltung/verzeichnis/", SECURED),
    State("directory-none", f"{LOCAL}/verwaltung/verzeichnis/?wort=Quastenflosser", SECURED),
    State("offices", OFFICES, SECURED),
    State("office-new", f"{OFFICES}neu/", SECURED),
    State("office-error", f"{OFFICES}neu/", SECURED, reach=send),
    State("office-personal", f"{OFFICES}neu/", SECURED, reach=personal_mailbox),
    State("groups-desk", OWN_GROUPS, SECURED),
    State("groups-desk-reader", "/verwaltung/olpe/lerngruppen/", READER),
    State("group-new", f"{OWN_GROUPS}neu/", SECURED),
    State("group-new-error", f"{OWN_GROUPS}neu/", SECURED, reach=send),
    State("group-edit", "/verwaltung/suedwestfalen-agentur/lerngruppen/sensoren-und-funknetze/bearbeiten/", AGENCY),
    State("board-reader", "/verwaltung/olpe/lerngruppen/sensoren-und-funknetze/", READER),
    State("board-error", OWN_BOARD, SECURED, reach=send),
    State("board", OWN_BOARD, SECURED, reach=write_on_the_board),
    State("board-answer", OWN_BOARD, SECURED, reach=answer_a_post),
]
