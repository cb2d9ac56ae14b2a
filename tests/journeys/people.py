"""Who walks through the site."""

from __future__ import annotations

from playwright.sync_api import Page

from andock.accounts.demo import PASSWORD

VISITOR = ""
AGENCY = "agentur@demo.example"
RELEASER = "freigabe.olpe@demo.example"
MODERATOR = "moderation.olpe@demo.example"
READER = "lesen.olpe@demo.example"


def sign_in(page: Page, person: str) -> None:
    page.goto("/konto/anmelden/")
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_url("**/verwaltung/")
