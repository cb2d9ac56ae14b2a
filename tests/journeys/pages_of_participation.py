"""What people see who have their say, and who ask, check and answer."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Page

from tests.journeys.people import AGENCY, RELEASER
from tests.journeys.state import State, click, send

OPEN, DRAFT, READY, HERE = "reden-wir-mit", "noch-nicht-fertig", "fertig-geplant", "nur-fuer-olpe"
DESK = "/verwaltung/olpe/beteiligung/"
PROCESS = f"{DESK}verfahren/{OPEN}/"
MINE = "/beteiligung/ich/"


def mail(subject: str, link: str, *steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """Go to the page behind the link of a mail that the demo has kept."""

    def reach(page: Page) -> None:
        page.goto("/demo/post/")
        click(f"main tbody a:has-text('{subject}')")(page)
        address = page.locator(f"main a[href*='{link}']").first.get_attribute("href") or ""
        page.goto(urlsplit(address).path)  # the crowd's mails were written before the server had its number
        for step in steps:
            step(page)

    return reach


def say_who(page: Page) -> None:
    page.fill("[name=pseudonym]", "Ada")
    page.fill("[name=email]", f"{uuid4().hex}@demo.example")
    send(page)
    mail("Ihr Link zum Mitmachen", MINE)(page)


def hide_without_reason(page: Page) -> None:
    click("button[value=hidden] >> nth=0")(page)


def end_before_it_begins(page: Page) -> None:
    page.fill("[name$=ends_at] >> nth=0", "2020-01-01T10:00")
    send(page)


def answer_nothing(page: Page) -> None:
    click("[name=act][value=answer]")(page)


def type_no_code(page: Page) -> None:
    page.fill("[name=title]", "Bänke")
    page.fill("[name=text]", "Mehr Bänke am Ufer.")
    page.fill("[name=pseudonym]", "Ada")
    page.fill("[name=email]", "ada@demo.example")
    page.fill("[name=code]", "0000-0000-0000")
    send(page)


NOT_SHOWN = "Ihr Beitrag wird nicht gezeigt"
SAYING = [
    State("participation-list", "/beteiligung/"),
    State("participation-list-english", "/en/beteiligung/", language="en"),
    State("participation-list-empty", "{empty}/beteiligung/"),
    State("participation-rules", "/beteiligung/regeln/"),
    State("participation-process", f"/beteiligung/{OPEN}/"),
    State("participation-process-draft", f"/beteiligung/{DRAFT}/", RELEASER),
    State("participation-result", f"/beteiligung/{OPEN}/ergebnis/"),
    State("participation-result-empty", f"/beteiligung/{DRAFT}/ergebnis/", RELEASER),
    State("participation-thanks", f"/beteiligung/{OPEN}/danke/?stand=bestaetigen"),
    State("participation-thanks-held", f"/beteiligung/{OPEN}/danke/?stand=pruefen"),
    State("participation-link", f"/beteiligung/{OPEN}/link/"),
    State("participation-link-error", f"/beteiligung/{OPEN}/link/", reach=send),
    State("participation-process-here", f"/beteiligung/{HERE}/"),
    State("participation-result-here", f"/beteiligung/{HERE}/ergebnis/"),
    State("participation-code", f"/beteiligung/{HERE}/ideen/neu/"),
    State("participation-code-error", f"/beteiligung/{HERE}/ideen/neu/", reach=type_no_code),
    State("participation-erased", "/beteiligung/geloescht/"),
    State("participation-gone", "/beteiligung/ich/x/", status=404),
    State("participation-report", f"/beteiligung/{OPEN}/ergebnis/", reach=click("a[href$='/melden/'] >> nth=0")),
    State("participation-confirm", "/", AGENCY, reach=mail("Bitte bestätigen Sie Ihren Beitrag", "/bestaetigen/")),
    State("participation-come-in", f"/beteiligung/{OPEN}/link/", reach=say_who),
    State("participation-mine", "/", AGENCY, reach=mail(NOT_SHOWN, MINE)),
    State("participation-withdraw", "/", AGENCY, reach=mail(NOT_SHOWN, MINE, click("a[href$='/zurueckziehen/'] >> nth=0"))),
    State("participation-object", "/", AGENCY, reach=mail(NOT_SHOWN, MINE, click("a[href$='/widersprechen/']"))),
    State(
        "participation-object-error", "/", AGENCY, reach=mail(NOT_SHOWN, MINE, click("a[href$='/widersprechen/']"), send)
    ),
    State("participation-erase", "/", AGENCY, reach=mail(NOT_SHOWN, MINE, click("a[href$='/loeschen/']"))),
    State("participation-erase-error", "/", AGENCY, reach=mail(NOT_SHOWN, MINE, click("a[href$='/loeschen/']"), send)),
]  # fmt: skip
ASKING = [
    State("participation-desk", DESK, RELEASER),
    State("participation-begin", f"{DESK}neu/", RELEASER),
    State("participation-begin-error", f"{DESK}neu/", RELEASER, reach=send),
    State("participation-queue", f"{DESK}pruefen/", RELEASER),
    State("participation-queue-error", f"{DESK}pruefen/", RELEASER, reach=hide_without_reason),
    State("participation-overview", PROCESS, RELEASER),
    State("participation-overview-draft", f"{DESK}verfahren/{DRAFT}/", RELEASER),
    State("participation-edit", f"{PROCESS}bearbeiten/", RELEASER),
    State("participation-edit-error", f"{PROCESS}bearbeiten/", RELEASER, reach=end_before_it_begins),
    State("participation-publish", f"{DESK}verfahren/{READY}/veroeffentlichen/", RELEASER),
    State("participation-publish-lacking", f"{DESK}verfahren/{DRAFT}/veroeffentlichen/", RELEASER),
    State("participation-delete", f"{DESK}verfahren/{DRAFT}/loeschen/", RELEASER),
    State("participation-overview-here", f"{DESK}verfahren/{HERE}/", RELEASER),
    State("participation-residence", f"{DESK}verfahren/{HERE}/wohnsitz/", RELEASER),
    State("participation-residence-error", f"{DESK}verfahren/{HERE}/wohnsitz/", RELEASER, reach=send),
    State("participation-residence-not-asked", f"{PROCESS}wohnsitz/", RELEASER),
    State(
        "participation-revoke-codes", f"{DESK}verfahren/{HERE}/wohnsitz/", RELEASER, reach=click("a[href$='/widerrufen/']")
    ),
    State("participation-contributions", f"{PROCESS}beitraege/", RELEASER),
    State("participation-contributions-error", f"{PROCESS}beitraege/", RELEASER, reach=answer_nothing),
]  # fmt: skip
OFFICE = "/verwaltung/olpe/beteiligung/verfahren/gute-orte-auf-dem-land/"
EDITION = "/beteiligung/fortschreibung-der-rahmenstrategie/"
EDITION_DESK = "/verwaltung/suedwestfalen-agentur/beteiligung/verfahren/fortschreibung-der-rahmenstrategie/text/"
ASKED = "/beteiligung/nach-der-werkstatt-bahnhof/fragen/"
ASKED_DESK = f"{DESK}verfahren/nach-der-werkstatt-bahnhof/fragen/"
SAY = click("a:has-text('Kommentieren oder umformulieren') >> nth=2")


def reword(page: Page) -> None:
    SAY(page)
    click("a:has-text('Andere Formulierung vorschlagen')")(page)


def say_nothing(page: Page) -> None:
    SAY(page)
    send(page)


TOOLS = [
    State("consultation-text", f"{EDITION}text/"),
    State("consultation-element", f"{EDITION}text/", reach=click("main a:has-text('Beiträge') >> nth=0")),
    State("consultation-say", f"{EDITION}text/", reach=SAY),
    State("consultation-say-error", f"{EDITION}text/", reach=say_nothing),
    State("consultation-reword", f"{EDITION}text/", reach=reword),
    State("consultation-choose", EDITION_DESK, AGENCY),
    State("consultation-attention", f"{EDITION_DESK}aufmerksamkeit/", AGENCY),
    State("questionnaire-over", ASKED),
    State("questionnaire-results", f"{ASKED}ergebnis/"),
    State("questionnaire-desk", ASKED_DESK, RELEASER),
    State("questionnaire-preview", f"{ASKED_DESK}vorschau/", RELEASER),
    State("questionnaire-paper", f"{ASKED_DESK}papier/", RELEASER),
    State("questionnaire-words", f"{ASKED_DESK}texte/", RELEASER),
    State("participation-open-data", f"{EDITION}daten/"),
    State("participation-embedded", f"{EDITION}einbetten/"),
    State("participation-table", f"{PROCESS}tabelle/", RELEASER),
    State("participation-contributions-office", f"{OFFICE}beitraege/", RELEASER),
    State("participation-table-office", f"{OFFICE}tabelle/", RELEASER),
    State("participation-result-local", "/beteiligung/fortschreibung-soest/ergebnis/"),
    State("participation-read-in", f"{PROCESS}einspielen/", RELEASER),
    State("participation-read-in-error", f"{PROCESS}einspielen/", RELEASER, reach=send),
]  # fmt: skip
