"""From a draft to the paper for the council, and to the mayor who reads it by link: with the keyboard alone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import people
from tests.journeys.server import ROOT, andock, environment, serve
from tests.journeys.test_keyboard import Keys

DRAFT = """
from andock.accounts.models import User
from andock.local_strategies.queries import open_run, strategy_of
from andock.local_strategies.services.deciding import Choice, decide
from andock.local_strategies.services.drafts import begin_draft
from andock.local_strategies.services.runs import drop_run
from andock.organisations.models import Organisation
releaser = User.objects.get(email="freigabe.olpe@demo.example")
strategy = strategy_of(Organisation.objects.get(slug="olpe"))
drop_run(actor=releaser, run=open_run(strategy))
draft = begin_draft(actor=releaser, strategy=strategy)
declined = draft.decisions.filter(state="declined").first()
decide(actor=releaser, version=draft, choices=[Choice(str(declined.element_id), "adopted", "declined")])
"""


@pytest.fixture(scope="module")
def town(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site on which Olpe has begun its local strategy."""
    folder = tmp_path_factory.mktemp("draft") / "prepared"
    shutil.copytree(prepared, folder, ignore=shutil.ignore_patterns("static"))
    (folder / "static").symlink_to((prepared / "static").resolve())
    subprocess.run(andock("shell", "-c", DRAFT), cwd=ROOT, env=environment(folder), check=True)
    with serve(folder, folder.parent / "data") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(locale="de-DE", reduced_motion="reduce") as context:
        yield context.new_page()


def test_paper_is_prepared_and_the_draft_shown_by_link(town: str, page: Page, browser: Browser) -> None:
    people.sign_in(page, people.RELEASER, town)
    page.goto(f"{town}/verwaltung/olpe/strategie/synopse/")
    keys = Keys(page)

    keys.follow("Kopf der Vorlage")
    keys.write("committee", "Hauptausschuss")
    keys.tab_to(name="^weight-")
    page.keyboard.press("ArrowDown")
    keys.follow("Speichern")
    expect(page.locator(".sheet")).to_contain_text("Hauptausschuss")
    expect(page.locator("main")).to_contain_text("Redaktionell")
    assert page.locator(".syn thead th").all_inner_texts()[0].startswith("In Kraft")

    keys.follow("Entwurf per Link")
    keys.write("label", "Bürgermeisterin")
    keys.follow("Link anlegen")
    address = page.locator("#adresse").input_value()

    with browser.new_context(locale="de-DE") as context:
        mayor = context.new_page()
        mayor.goto(address)
        expect(mayor.locator("body")).to_contain_text("Entwurf, nicht öffentlich")
        expect(mayor.locator(".sheet")).to_contain_text("Hauptausschuss")
        keys.follow("^Zurückziehen Bürgermeisterin$")
        answer = mayor.reload()
        assert answer is not None
        assert answer.status == 404
        expect(mayor.locator("h1")).to_have_text("Dieser Link gilt nicht mehr")
