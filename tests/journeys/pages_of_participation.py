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
        address = urlsplit(page.locator(f"main a[href*='{link}']").first.get_attribute("href") or "")
        page.goto(f"{address.path}?{address.query}")  # the crowd's mails were written before the server had its number
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
    State("participation-find", "/beteiligung/meine-beitraege/"),
    State("participation-find-error", "/beteiligung/meine-beitraege/", reach=send),
    State("participation-find-sent", "/beteiligung/meine-beitraege/?stand=gesendet"),
    State("participation-refused", "/beteiligung/gute-orte-auf-dem-land/ideen/neu/", status=403),
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
EDITION_SLUG = "fortschreibung-der-rahmenstrategie"
EDITION = f"/beteiligung/{EDITION_SLUG}/"
EDITION_DESK = f"/verwaltung/suedwestfalen-agentur/beteiligung/verfahren/{EDITION_SLUG}/text/"
NO_TEXT, CLOSED_TEXT = "welcher-text", "text-ist-besprochen"
"""Of Olpe, from ``crowd_of_tools``, as the next ones: without a text; with one, and over."""
ASKING_NOW, FEW, UNASKED, NOT_YET, BLANK = (
    "wie-zum-markt", "was-wenige-sagten", "fragen-ohne-fragen", "fragen-von-morgen", "noch-ganz-leer",
)  # fmt: skip
"""Questions that run; that are over, with few answers; a phase without questions; drafts with one question and none."""
ASKED = "/beteiligung/nach-der-werkstatt-bahnhof/fragen/"
ASKED_DESK = f"{DESK}verfahren/nach-der-werkstatt-bahnhof/fragen/"
SAY = click("a:has-text('Kommentieren oder umformulieren') >> nth=2")


def reword(page: Page) -> None:
    SAY(page)
    click("a:has-text('Andere Formulierung vorschlagen')")(page)


def say_nothing(page: Page) -> None:
    SAY(page)
    send(page)


def say_too_late(page: Page) -> None:
    """The form of a paragraph whose phase is over, from a bookmark."""
    block = page.locator(".said-block[id]").first
    element = block.evaluate("one => one.closest('[aria-labelledby]').getAttribute('aria-labelledby').slice(2)")
    page.goto(f"{page.url}{element}/{(block.get_attribute('id') or '').removeprefix('block-')}/")


def first_paragraph(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """From the list of a letter's paragraphs to the form of the first."""

    def reach(page: Page) -> None:
        click(".pile a >> nth=0")(page)
        for step in steps:
            step(page)

    return reach


def confirmed(page: Page) -> None:
    """Answer as a stranger, confirm by mail, and come back: the answers stand there to be changed."""
    page.locator("[type=radio]").nth(1).check()
    page.fill("[name=pseudonym]", "Ada")
    page.fill("[name=email]", f"{uuid4().hex}@demo.example")
    send(page)
    mail(CONFIRM_ANSWERS, "/fragen/bestaetigen/", send, click("main a:has-text('Meine Antworten')"))(page)


CONFIRM_ANSWERS = "Bitte bestätigen Sie Ihre Antworten"
QUESTIONS = f"/beteiligung/{ASKING_NOW}/fragen/"


def questions_desk(process: str) -> str:
    return f"{DESK}verfahren/{process}/fragen/"


TOOLS = [
    State("consultation-text", f"{EDITION}text/"),
    State("consultation-element", f"{EDITION}text/", reach=click("main a:has-text('Beiträge') >> nth=0")),
    State("consultation-say", f"{EDITION}text/", reach=SAY),
    State("consultation-say-error", f"{EDITION}text/", reach=say_nothing),
    State("consultation-reword", f"{EDITION}text/", reach=reword),
    State("consultation-choose", EDITION_DESK, AGENCY),
    State("consultation-attention", f"{EDITION_DESK}aufmerksamkeit/", AGENCY),
    State("consultation-process", EDITION),
    State("consultation-text-english", f"/en{EDITION}text/", language="en"),
    State("consultation-text-none", f"/beteiligung/{NO_TEXT}/text/"),
    State("consultation-text-over", f"/beteiligung/{CLOSED_TEXT}/text/"),
    State("consultation-element-over", f"/beteiligung/{CLOSED_TEXT}/text/", reach=click("main a:has-text('Beiträge') >> nth=0")),
    State("consultation-say-over", f"/beteiligung/{CLOSED_TEXT}/text/", reach=say_too_late),
    State("consultation-overview", EDITION_DESK.removesuffix("text/"), AGENCY),
    State("consultation-overview-no-text", f"{DESK}verfahren/{NO_TEXT}/", RELEASER),
    State("consultation-choose-open", f"{DESK}verfahren/{NO_TEXT}/text/", RELEASER),
    State("consultation-attention-empty", f"{DESK}verfahren/{NO_TEXT}/text/aufmerksamkeit/", RELEASER),
    State("consultation-block", f"{EDITION_DESK}aufmerksamkeit/", AGENCY, reach=click("main tbody a >> nth=0")),
    State("consultation-pile", f"{EDITION_DESK}papier/", AGENCY),
    State("consultation-paper", f"{EDITION_DESK}papier/", AGENCY, reach=first_paragraph()),
    State("consultation-paper-error", f"{EDITION_DESK}papier/", AGENCY, reach=first_paragraph(send)),
    State(
        "consultation-paper-reword", f"{EDITION_DESK}papier/", AGENCY,
        reach=first_paragraph(click("main a:has-text('Eine andere Formulierung')")),
    ),
    State("questionnaire-over", ASKED),
    State("questionnaire-results", f"{ASKED}ergebnis/"),
    State("questionnaire-desk", ASKED_DESK, RELEASER),
    State("questionnaire-preview", f"{ASKED_DESK}vorschau/", RELEASER),
    State("questionnaire-paper", f"{ASKED_DESK}papier/", RELEASER),
    State("questionnaire-words", f"{ASKED_DESK}texte/", RELEASER),
    State("questionnaire-answer", QUESTIONS),
    State("questionnaire-answer-english", f"/en{QUESTIONS}", language="en"),
    State("questionnaire-answer-error", QUESTIONS, reach=send),
    State("questionnaire-answer-again", QUESTIONS, reach=confirmed),
    State("questionnaire-answer-none", f"/beteiligung/{UNASKED}/fragen/"),
    State("questionnaire-thanks", f"{QUESTIONS}danke/?stand=bestaetigen"),
    State("questionnaire-thanks-counted", f"{QUESTIONS}danke/?stand=da"),
    State("questionnaire-confirm", "/", AGENCY, reach=mail(CONFIRM_ANSWERS, "/fragen/bestaetigen/")),
    State("questionnaire-process", f"/beteiligung/{ASKING_NOW}/"),
    State("questionnaire-results-refused", f"{QUESTIONS}ergebnis/", status=403),
    State("questionnaire-results-early", f"{QUESTIONS}ergebnis/", RELEASER),
    State("questionnaire-results-few", f"/beteiligung/{FEW}/fragen/ergebnis/"),
    State("questionnaire-desk-running", questions_desk(ASKING_NOW), RELEASER),
    State("questionnaire-desk-empty", questions_desk(BLANK), RELEASER),
    State("questionnaire-preview-empty", f"{questions_desk(BLANK)}vorschau/", RELEASER),
    State("questionnaire-add", f"{questions_desk(BLANK)}neu/", RELEASER),
    State("questionnaire-add-error", f"{questions_desk(BLANK)}neu/", RELEASER, reach=send),
    State("questionnaire-change", questions_desk(ASKING_NOW), RELEASER, reach=click(".question-lines h3 a >> nth=0")),
    State("questionnaire-remove", questions_desk(NOT_YET), RELEASER, reach=click(".question-lines a[href$='/loeschen/']")),
    State("questionnaire-paper-error", f"{ASKED_DESK}papier/", RELEASER, reach=send),
    State("questionnaire-paper-refused", f"{questions_desk(NOT_YET)}papier/", RELEASER, status=403),
    State("questionnaire-words-empty", f"{questions_desk(NOT_YET)}texte/", RELEASER),
    State("participation-open-data", f"{EDITION}daten/"),
    State("participation-embedded", f"{EDITION}einbetten/"),
    State("participation-table", f"{PROCESS}tabelle/", RELEASER),
    State("participation-contributions-office", f"{OFFICE}beitraege/", RELEASER),
    State("participation-table-office", f"{OFFICE}tabelle/", RELEASER),
    State("participation-result-local", "/beteiligung/fortschreibung-soest/ergebnis/"),
    State("participation-read-in", f"{PROCESS}einspielen/", RELEASER),
    State("participation-read-in-error", f"{PROCESS}einspielen/", RELEASER, reach=send),
]  # fmt: skip
