"""A town's whole way with the keyboard alone: invited, docked, its strategy built, decided on, and a new edition taken over."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.pdfs import pdf
from tests.journeys import people
from tests.journeys.conftest import PATIENCE
from tests.journeys.server import serve
from tests.journeys.test_keyboard import Keys
from tests.journeys.watching import run_axe

MAYOR = "buergermeisterin.ense@demo.example"
PASSWORD = "sieben Brücken am See"
DESK = "/verwaltung/ense/strategie/"
APPROVED, WITH_CHANGES = "approved", "with_changes"

Person = Callable[..., Keys]


@pytest.fixture(scope="module")
def region(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of its own: a new edition comes into force on it."""
    folder = tmp_path_factory.mktemp("way") / "prepared"
    shutil.copytree(prepared, folder, ignore=shutil.ignore_patterns("static"))
    (folder / "static").symlink_to((prepared / "static").resolve())
    with serve(folder, folder.parent / "data") as address:
        yield address


@pytest.fixture
def person(browser: Browser, region: str) -> Iterator[Person]:
    """Opens a window for a visitor, or for somebody who is signed in."""
    with ExitStack() as windows:

        def opened(email: str = people.VISITOR) -> Keys:
            context = browser.new_context(base_url=region, locale="de-DE", reduced_motion="reduce")
            context.set_default_timeout(PATIENCE)
            page = windows.enter_context(context).new_page()
            if email != people.VISITOR:
                people.sign_in(page, email, region)
            return Keys(page)

        yield opened


def test_from_the_invitation_to_the_second_version_in_force(person: Person) -> None:
    agency, town = person(people.AGENCY), person()
    dock(agency, town, person(people.AGENCY))

    build(town)
    passage = adapt(town, "Ein gutes Leben", "Auch in Ense.")
    submit(town)
    decide(town, WITH_CHANGES, "Die Fassung ist wieder ein Entwurf")
    town.page.goto(passage)
    write_addition(town, "Auch in Ense und seinen Ortsteilen.")
    submit(town)
    decide(town, APPROVED, "Die Fassung ist in Kraft")
    town.page.goto("/kommunen/ense/strategie/")
    expect(town.page.locator("main")).to_contain_text("Auch in Ense und seinen Ortsteilen.")

    publish(agency, passage.rstrip("/").rpartition("/")[2])
    take_over(town)
    print_paper(town)
    submit(town)
    decide(town, APPROVED, "Die Fassung ist in Kraft")
    town.page.goto("/kommunen/ense/strategie/")
    expect(town.page.locator("main")).to_contain_text("Fassung 2")
    expect(town.page.locator("main")).to_contain_text("Ein gutes Leben für alle.")
    expect(town.page.locator("main")).to_contain_text("Auch in Ense und seinen Ortsteilen.")


# --- docking ----------------------------------------------------------------------------------------------------------
def dock(agency: Keys, town: Keys, letters: Keys) -> None:
    invite(agency)
    answer(town, address_in_mail(letters.page, "Einladung an Ense", "/andocken/einladung/"))
    take_up_role(town, address_in_mail(letters.page, "für Ense", "/einladung/"))
    hand_in(town)
    confirm(agency)

    town.page.goto("/andocken/")
    expect(town.page.get_by_role("link", name="Ense", exact=True)).to_be_visible()
    town.page.goto("/kommunen/ense/")
    expect(town.page.locator("main")).to_contain_text("Absichtserklärung vom 2. November 2026")


def invite(agency: Keys) -> None:
    agency.page.goto("/verwaltung/")
    agency.follow("^Einladen, bestätigen")
    agency.tab_to("^Noch nicht eingeladen \\(")
    agency.page.keyboard.press("Enter")
    agency.follow("^Ense$")
    agency.follow("^Per Brief und E-Mail einladen$")
    agency.write("addressee", "Sehr geehrte Frau Beispiel,")
    agency.write("email", MAYOR)
    agency.tab_to(name="as_releaser")
    agency.page.keyboard.press("Space")
    agency.follow("^Einladung senden$")
    expect(agency.page.get_by_text("Die E-Mail ist unterwegs.")).to_be_visible()


def address_in_mail(page, subject: str, part: str) -> str:
    page.goto("/demo/post/")
    page.locator(f"main tbody a:has-text('{subject}')").first.click()
    return page.locator(f"main a[href*='{part}']").first.get_attribute("href")


def answer(town: Keys, address: str) -> None:
    town.page.goto(address)
    town.write("^name$", "Kim Beispiel")
    town.write("role", "Bürgermeisteramt")
    town.write("mailbox", MAYOR)
    town.follow("^Ja, wir haben Interesse$")
    expect(town.page.get_by_text("Vielen Dank. Die Agentur schreibt Ihnen.")).to_be_visible()


def take_up_role(town: Keys, address: str) -> None:
    town.page.goto(address)
    town.write("^name$", "Kim Beispiel")
    town.write("^password$", PASSWORD)
    town.write("^password_again$", PASSWORD)
    town.follow("^Einladung annehmen$")
    town.write("login", MAYOR)
    town.write("password", PASSWORD)
    with town.page.expect_navigation():
        town.page.keyboard.press("Enter")


def hand_in(town: Keys) -> None:
    town.page.goto("/verwaltung/")
    town.follow("^Andocken: Ense")
    town.follow("^Erklärung oder Beschluss eintragen$")
    town.tab_to("^Absichtserklärung", name="basis")
    town.page.keyboard.press("Space")
    town.tab_to(name="day")
    town.page.locator("[name=day]").fill("2026-11-02")  # how a date is typed depends on the browser's language
    town.tab_to(name="evidence")
    town.page.set_input_files("[name=evidence]", {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    town.follow("^Einreichen$")
    expect(town.page.get_by_text("Eingereicht. Die Agentur sieht es an")).to_be_visible()
    assert not run_axe(town.page)


def confirm(agency: Keys) -> None:
    agency.page.goto("/verwaltung/andocken/")
    agency.follow("^Ense: Absichtserklärung$")
    assert not run_axe(agency.page)
    agency.follow("^Bestätigen und ins Register eintragen$")
    expect(agency.page.get_by_text("Ense steht jetzt im Register.")).to_be_visible()


# --- the local strategy -----------------------------------------------------------------------------------------------
def build(town: Keys) -> None:
    """What is core has to be decided; here it is adopted in one go."""
    town.page.goto(DESK)
    town.follow("^Eigene Strategie beginnen$")
    town.follow("^Kern")
    for _line in range(town.page.locator("[name=ticked]").count()):
        town.tab_to(name="^ticked$")
        town.page.keyboard.press("Space")
    town.follow("^Ausgewählte übernehmen$")
    expect(town.page.get_by_text("Gespeichert.")).to_be_visible()


def adapt(town: Keys, title: str, text: str) -> str:
    """Add a sentence to a passage; returns where that is done."""
    town.follow(f"^Anpassen.*{title}")
    address = town.page.url
    write_addition(town, text)
    return address


def write_addition(town: Keys, text: str) -> None:
    town.write("^add:", text)
    town.follow("^Speichern$")
    expect(town.page.get_by_text("Gespeichert.")).to_be_visible()


def submit(town: Keys) -> None:
    town.page.goto(f"{DESK}stand/")
    town.follow("^Zur Entscheidung einreichen$")


def decide(town: Keys, outcome: str, told: str) -> None:
    town.follow("^Entscheidung festhalten$")
    town.tab_to(name="^outcome$")
    town.page.keyboard.press("Space")
    while town.page.evaluate("document.activeElement.value") != outcome:
        town.page.keyboard.press("ArrowDown")
    town.write("^body$", "Gemeinderat")
    town.tab_to(name="^decided_on$")
    town.page.locator("[name=decided_on]").fill("2026-11-20")  # how a date is typed depends on the browser's language
    town.follow("^Entscheidung festhalten$")
    expect(town.page.locator("main")).to_contain_text(told)


# --- the new edition --------------------------------------------------------------------------------------------------
def publish(agency: Keys, element: str) -> None:
    """The edition in consultation, after one more change in a passage Ense has added to."""
    agency.page.goto(f"/strategie/bearbeiten/4/{element}/")
    agency.write("^b-.*-text$", "Ein gutes Leben für alle.")
    agency.follow("^Speichern$")
    agency.page.goto("/strategie/bearbeiten/4/veroeffentlichen/")
    agency.tab_to(name="^sure$")
    agency.page.keyboard.press("Space")
    agency.follow("^In Kraft setzen$")


def take_over(town: Keys) -> None:
    """What is safe in one step, then question by question: the proposal, or the first answer where there is none."""
    town.page.goto("/verwaltung/")
    town.follow("4\\. Auflage")
    town.follow("^Übernahme beginnen: 4\\. Auflage$")
    expect(town.page.locator("main")).to_contain_text("Ein gutes Leben")
    town.follow("in einem Schritt|^Eine Stelle übernehmen")
    town.follow(re.escape(town.page.locator("#weiter ~ .btns .btn").inner_text().strip()))
    while town.page.locator("[name=answer]").count():
        town.tab_to(name="^answer$")
        if not town.page.locator("[name=answer]:checked").count():
            town.page.keyboard.press("Space")
        town.write("^reason$", "Passt zu Ense.")
        town.follow("^Entscheidung speichern und weiter$")
    town.follow("^Entwurf machen$")


def print_paper(town: Keys) -> None:
    town.page.goto(f"{DESK}synopse/")
    town.follow("Kopf der Vorlage")
    town.write("^committee$", "Gemeinderat")
    town.follow("^Speichern$")
    expect(town.page.locator(".sheet")).to_contain_text("Gemeinderat")
    heads = town.page.locator(".syn thead th").all_inner_texts()
    assert [head.split("\n")[0] for head in heads] == ["In Kraft", "Vorgeschlagen", "Wortlaut der Region"]
    expect(town.page.locator(".syn")).to_contain_text("Ein gutes Leben für alle.")
    assert not run_axe(town.page)
