"""Who walks through the site."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page

from andock.accounts.demo import PASSWORD

VISITOR = ""
AGENCY = "agentur@demo.example"
RELEASER = "freigabe.olpe@demo.example"
SECURED = "freigabe.soest@demo.example"
MODERATOR = "moderation.olpe@demo.example"
READER = "lesen.olpe@demo.example"
ENSE = "projekt.ense@example.org"
"""Comes only where ``crowd.somebody_of_ense`` was called."""
CODES = 10
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(page: Page, person: str, site: str = "") -> None:
    """At the front door; ``SECURED`` then sets up an app, recovery codes and a security key."""
    if person == SECURED:
        site = site.replace("127.0.0.1", "localhost")  # keys are bound to a name, not to a number
    page.goto(f"{site}/konto/anmelden/")
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_url("**/verwaltung/")
    if person == SECURED:
        set_up_app(page, site)
        set_up_key(page, site)


def sign_in_secured(page: Page) -> None:
    """Where the second factor is demanded: ``SECURED`` sets up an app, and may edit from then on."""
    page.goto("/konto/anmelden/")
    page.fill("[name=login]", SECURED)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form [type=submit]")
    set_up_app(page, "")


def confirm_password(page: Page) -> None:
    """Pages about the second factor ask for the password first, unless it was given a moment ago."""
    if "/bestaetigen/" in page.url:
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation():
            page.click("main form [type=submit]:visible")


def set_up_app(page: Page, site: str) -> None:
    page.goto(f"{site}/konto/zweiter-faktor/app/einrichten/")
    confirm_password(page)
    secret = page.locator("#authenticator_secret").input_value()
    _before, now, _after = yield_hotp_counters_from_time()
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, now)))
    page.click("main form [type=submit]")
    page.wait_for_url("**/notfallcodes/")


def set_up_key(page: Page, site: str) -> None:
    """With the browser's own key, made of software."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{site}/konto/zweiter-faktor/schluessel/neu/")
    page.fill("[name=name]", "Schlüssel am Schlüsselbund")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/zweiter-faktor/")


def show_codes(page: Page) -> None:
    """From the question to the new recovery codes, each on a line of its own."""
    page.click("main form [type=submit]")
    page.wait_for_url("**/notfallcodes/")
    assert len(page.locator("#recovery_codes").input_value().splitlines()) == CODES
