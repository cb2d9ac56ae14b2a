"""From the invitation to the register, with the keyboard alone: the agency invites, the town docks, the agency confirms."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.factories.pdfs import pdf
from tests.journeys import people
from tests.journeys.test_keyboard import Keys
from tests.journeys.watching import run_axe

MAYOR = "buergermeisterin.ense@demo.example"
PASSWORD = "sieben Brücken am See"


def test_invite_dock_confirm(open_page) -> None:
    agency, town = Keys(open_page(people.AGENCY)), Keys(open_page())

    invite(agency)
    letters = open_page(people.AGENCY)
    answer(town, address_in_mail(letters, "Einladung an Ense", "/andocken/einladung/"))
    take_up_role(town, address_in_mail(letters, "für Ense", "/einladung/"))
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
