"""Every page of the site in every state it can be in: the list that all page tests walk through."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page

from tests.factories.pdfs import pdf
from tests.journeys.pages_of_events import EVENTS, PEOPLE
from tests.journeys.pages_of_following import FOLLOWING, NEWSLETTER
from tests.journeys.pages_of_ideas import HAVING_IDEAS, STEERING
from tests.journeys.pages_of_knowledge import COLLEAGUES, KNOWLEDGE, TOLD
from tests.journeys.pages_of_participation import ASKING, SAYING, TOOLS
from tests.journeys.people import (
    AGENCY,
    MODERATOR,
    PASSWORD,
    READER,
    RELEASER,
    SECURED,
    confirm_password,
    show_codes,
)
from tests.journeys.state import LOCAL, State, click, send, send_file

UNEVEN = "g-groesse=3&g-siedlung=1&g-thema=0&g-bedingungen=2&g-naehe=3"  # how much the questions of what fits count
CHANGED = "5a085ee8-ae17-4bab-93bc-7d0e1fdbd0a8"  # 1.1, of the draft too


def next_draft(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """At the desk of a municipality with a strategy in force; whoever comes first begins the next draft."""

    def reach(page: Page) -> None:
        if page.locator("form[action$='beginnen/']").count():
            click("form[action$='beginnen/'] button")(page)
        for step in steps:
            step(page)

    return reach


def without_reason(page: Page) -> None:
    page.locator(".line:not(.own) [type=radio][value=deferred]").first.check()
    click(".save-bar button[value=save]")(page)


def paste_strategy(page: Page) -> None:
    page.fill("[name=text]", "1 Leitbild\nSoest nutzt Technik.\n1.1 Offene Daten\n- Haushalt\n- Baustellen")
    send(page)


def wrong_password(page: Page) -> None:
    page.fill("[name=login]", "niemand@demo.example")
    page.fill("[name=password]", "falsch")
    send(page)


def wrong_code(page: Page) -> None:
    page.fill("[name=code]", "12")
    send(page)


def new_codes(page: Page) -> None:
    """Recovery codes are shown once, after they were made."""
    confirm_password(page)
    show_codes(page)


def seen_codes(page: Page) -> None:
    """Whoever comes back to the codes reads how many are left."""
    new_codes(page)
    page.reload()


def password_first(page: Page) -> None:
    """The second question of the sign-in."""
    page.fill("[name=login]", SECURED)
    page.fill("[name=password]", PASSWORD)
    send(page)


def confirmed(reach: Callable[[Page], None]) -> Callable[[Page], None]:
    def confirm_and_reach(page: Page) -> None:
        confirm_password(page)
        reach(page)

    return confirm_and_reach


def wrong_profile(page: Page) -> None:
    page.fill("[name=links]", "ohne Adresse")
    page.fill("[name=contact_email]", "rathaus")
    send(page)


def write_at_the_same_time(page: Page) -> None:
    """Another window saves the same paragraph first."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, words in ((other, "Zuerst gespeichert."), (page, "Zur selben Zeit geschrieben.")):
        field = window.locator("textarea[name$=text]").first
        field.fill(f"{field.input_value()} {words}")
        with window.expect_navigation():
            window.click(".save-bar [type=submit]")
    other.close()
    assert page.locator("#zugleich").is_visible()


def note_at_the_same_time(page: Page) -> None:
    """Another window saves another note first."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, words in ((other, "Zuerst gespeichert."), (page, "Zur selben Zeit geschrieben.")):
        window.fill("[name=note]", f"{window.input_value('[name=note]')} {words}")
        with window.expect_navigation():
            window.click("main form[data-keep-form] [type=submit]:visible")
    other.close()
    assert page.locator(".dispute").is_visible()


def declare_at_the_same_time(page: Page) -> None:
    """Another window saves another resolution first."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, number in ((other, "45/2026"), (page, "46/2026")):
        window.check("[name=basis][value=council_resolution]")
        window.fill("[name=day]", "2026-11-20")
        window.fill("[name=number]", f"{number} {window.input_value('[name=number]')}"[:80])
        window.set_input_files("[name=evidence]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf()})
        with window.expect_navigation():
            window.click("main form [value=save]")
    other.close()
    assert page.locator("#gespeichert").is_visible()


def without_title(save: Callable[[Page], None]) -> Callable[[Page], None]:
    def leave_out(page: Page) -> None:
        page.locator("[name$=title]").first.fill("")
        save(page)

    return leave_out


def change_address(page: Page) -> None:
    """By somebody of whom no other page needs a second factor: that takes a confirmed address."""
    page.locator("[name=email]").last.fill("neue-adresse@demo.example")
    click("[name=action_add]")(page)
    confirm_password(page)


def follow_invitation(page: Page) -> None:
    click("main tbody a:has-text('für Olpe')")(page)
    click("main a[href*=einladung]")(page)


def follow_docking_invitation(page: Page) -> None:
    """The agency invites a municipality; its mail leads to the page of the person invited."""
    page.fill("[name=addressee]", "Guten Tag,")
    page.fill("[name=email]", "rathaus@demo.example")
    send(page)
    page.goto("/demo/post/")
    click("main tbody a:has-text('Einladung an')")(page)
    click("main a[href*='/andocken/einladung/']")(page)


def answer_docking_invitation(page: Page) -> None:
    follow_docking_invitation(page)
    for name, text in (("name", "Kim Beispiel"), ("role", "Bauamt"), ("mailbox", "bauamt@demo.example")):
        page.fill(f"[name={name}]", text)
    send(page)


def take_an_address(page: Page) -> None:
    page.fill("[name=slug]", "soest")
    send(page)


def look_at_a_succession(page: Page) -> None:
    """Two towns join a third; nothing is recorded yet."""
    page.check("[name=kind][value=absorbed]")
    page.fill("[name=date]", "2030-01")
    page.select_option("[name=successor]", label="Wenden")
    for town in ("Altena", "Olpe"):
        page.get_by_role("checkbox", name=town, exact=True).check()
    page.check("[name=docking][value=ended]")
    page.fill("[name=source]", "Gesetz vom 1. Mai 2029")
    send(page)
    assert page.locator("[name=step][value=record]").is_visible()


BROKEN = json.dumps(
    {
        "format": "andock-edition/1",
        "framework": "rahmenstrategie",
        "ordinal": 9,
        "label": "9. Auflage",
        "title": "",
        "kind": "huge",
        "state": "draft",
        "elements": [{"id": "x"}],
    }
)

# --- what everybody sees --------------------------------------------------------------------------------------------
WITHDRAWN = "2c62fbed-9ee9-4a89-a923-567b4a2ca402"
SPLIT = "188eaaf2-3b71-4c3f-9192-2da2ed05ba3a"
JOINED = "13800922-f555-41de-8463-117f1f43c26e"
MOVED = "8a280abb-ee00-4af8-839e-84629501a43e"
NOWHERE = "00000000-0000-4000-8000-000000000000"
NEWS = "neuigkeiten/erlebnisstadt-startet-in-menden-olpe-will-nachnutzen"

PUBLIC = [
    State("home", "/"),
    State("strategy", "/strategie/"),
    State("editions", "/strategie/auflagen/"),
    *(State(f"edition-{number}", f"/strategie/auflagen/{number}/") for number in (1, 2, 3, 4)),
    State("compare", "/strategie/vergleich/"),
    State("compare-3-4", "/strategie/vergleich/?von=3&bis=4"),
    State("compare-one-kind", "/strategie/vergleich/?von=3&bis=4&art=moved"),
    State("compare-backwards", "/strategie/vergleich/?von=3&bis=1", status=400),
    State("compare-nonsense", "/strategie/vergleich/?von=x&bis=99", status=400),
    State("element", f"/strategie/stelle/{CHANGED}/"),
    State("element-withdrawn", f"/strategie/stelle/{WITHDRAWN}/"),
    State("element-split", f"/strategie/stelle/{SPLIT}/"),
    State("element-joined", f"/strategie/stelle/{JOINED}/"),
    State("element-moved", f"/strategie/stelle/{MOVED}/"),
    State("element-unknown", f"/strategie/stelle/{NOWHERE}/", status=404),
    State("municipalities", "/kommunen/"),
    State("municipalities-filtered", "/kommunen/?kreis=05966&rolle=pioneer"),
    State("municipalities-none", "/kommunen/?ort=Bielefeld"),
    State("municipalities-past", "/kommunen/?am=2021-01-01"),
    State("municipalities-uncertain", "/kommunen/?am=2024-10-01"),
    State("municipalities-past-role", "/kommunen/?am=2021-01-01&kreis=05966&rolle=pioneer"),
    State("municipalities-past-none", "/kommunen/?am=1990-01-01&rolle=pioneer"),
    State("municipalities-nonsense", "/kommunen/?am=gestern"),
    State("search", "/suche/"),
    State("search-hits", "/suche/?q=Datenplattform"),
    State("search-narrowed", "/suche/?q=Datenplattform&art=passage"),
    State("search-guessed", "/suche/?q=Datenplatform"),
    State("search-some-words", "/suche/?q=Datenplattform+Eichholzfriedhof"),
    State("search-next-page", "/suche/?q=Daten&seite=2"),
    State("search-nothing", "/suche/?q=Quastenflosser"),
    State("search-function-words", "/suche/?q=wie+und+warum"),
    State("search-narrowed-to-nothing", "/suche/?q=Datenplattform&art=news&jahr=2019"),
    State("search-english", "/en/suche/?q=Datenplattform", language="en"),
    State("municipality-pioneer", "/kommunen/olpe/"),
    State("municipality-outside", "/kommunen/altena/"),
    State("district", "/kommunen/kreis-soest/"),
    State("events", "/veranstaltungen/"),
    State("events-past", "/veranstaltungen/?zeit=vergangen&seite=2"),
    State("events-filtered", "/veranstaltungen/?zeit=vergangen&kommune=olpe&thema=teilhabe&format=online"),
    State("events-none", "/veranstaltungen/?reihe=konferenz&format=hybrid"),
    State("events-month", "/veranstaltungen/monat/?monat=2021-08"),
    State("events-month-now", "/veranstaltungen/monat/"),
    State("events-month-empty", "/veranstaltungen/monat/?monat=2022-01&kommune=olpe"),
    State("events-series", "/veranstaltungen/reihen/klassentreffen/"),
    State("event", "/veranstaltungen/werkstatt-marktplatz/"),
    State("event-waiting", "/veranstaltungen/sensoren-fuer-den-garten/"),
    State("event-cancelled", "/veranstaltungen/spaziergang-barrieren-im-quartier/"),
    State("event-past", "/veranstaltungen/vorstellung-der-rahmenstrategie/"),
    State("event-unsure", "/veranstaltungen/klassentreffen-1/"),
    State("event-span", "/veranstaltungen/olpe-massnahmen-2021/"),
    State("event-unknown", "/veranstaltungen/gibt-es-nicht/", status=404),
    State("solutions", "/loesungen/"),
    State("solutions-filtered", "/loesungen/?thema=klima&kommune=olpe&stand=in-umsetzung"),
    State("solutions-reusable", "/loesungen/?nachnutzbar=on"),
    State("solutions-none", "/loesungen/?art=beschaffung&kommune=olpe"),
    State("solutions-last", "/loesungen/?seite=99"),
    State("fitting", "/loesungen/passend/"),
    State("fitting-town", "/loesungen/passend/?kommune=olpe"),
    State(
        "fitting-weighed", f"/loesungen/passend/?kommune=bestwig&thema=klima&siedlung=land&vorhanden=LoRaWAN&{UNEVEN}"
    ),
    State("fitting-error", "/loesungen/passend/?kommune=nirgends&g-groesse=9"),
    State("solution", "/loesungen/bodenfeuchte-junger-strassenbaeume/"),
    State("solution-of-the-region", "/loesungen/offene-regionale-datenplattform/"),
    State("solution-unsure", "/loesungen/inklusiver-innenstadt-baukasten/"),
    State("solution-complete", "/loesungen/musterkarte-giessen-nach-bedarf/"),
    State("solution-unknown", "/loesungen/gibt-es-nicht/", status=404),
    State("solution-taken-over", "/loesungen/erlebnisstadt-menden/"),
    State("transfers", "/nachnutzung/"),
    State("transfers-earlier", "/nachnutzung/?am=2024-12-31"),
    State("transfers-error", "/nachnutzung/?am=gestern"),
    State("guides", "/leitfaeden/"),
    State("guide", "/leitfaeden/leitfaden-07-1/"),
    State("guide-complete", "/leitfaeden/muster-leitfaden-sensoren-im-stadtgruen/"),
    State("guide-feedback", "/leitfaeden/leitfaden-07-1/rueckmeldung/?geholfen=nein"),
    State("guide-feedback-error", "/leitfaeden/leitfaden-07-1/rueckmeldung/", reach=send),
    State("guide-thanks", "/leitfaeden/leitfaden-07-1/rueckmeldung/danke/"),
    State("groups", "/lerngruppen/"),
    State("group", "/lerngruppen/sensoren-und-funknetze/"),
    State("group-unknown", "/lerngruppen/gibt-es-nicht/", status=404),
    State("follow", "/folgen/?was=kommune&id=olpe"),
    State("follow-error", "/folgen/?was=thema&id=klima", reach=send),
    State("follow-search", "/folgen/?was=suche&q=Datenplattform&art=passage"),
    State("follow-newsletter", "/folgen/?was=rundbrief&id="),
    State("follow-nothing", "/folgen/", status=404),
    State("follow-gone", "/folgen/?was=loesung&id=gibt-es-nicht", status=404),
    State("follow-thanks", "/folgen/danke/"),
    State("follow-left", "/folgen/beendet/"),
    State("follow-link-unknown", "/folgen/meine/vorbei/", status=404),
    State("newsletter", "/rundbrief/"),
    State("newsletter-unknown", "/rundbrief/99/", status=404),
    State("local-strategy", "/kommunen/olpe/strategie/"),
    State("local-strategy-none", "/kommunen/altena/strategie/"),
    State("local-strategy-difference", "/kommunen/olpe/strategie/unterschied/"),
    State("local-strategy-versions", "/kommunen/olpe/strategie/fassungen/"),
    State("local-strategy-superseded", "/kommunen/olpe/strategie/fassungen/1/"),
    State("local-strategy-paper", "/kommunen/olpe/strategie/fassungen/2/synopse/"),
    State("local-strategy-link-ended", "/kommunen/olpe/strategie/entwurf/vorbei/", status=404),
    State("agency", "/kommunen/suedwestfalen-agentur/"),
    State("join", "/mitmachen/"),
    State("register", "/andocken/"),
    State("register-day", "/andocken/?am=2021-01-01"),
    State("register-nobody", "/andocken/?am=2001-01-01"),
    State("register-nonsense", "/andocken/?am=gestern"),
    State("docking-link-unknown", "/andocken/einladung/7aaaa/", status=404),
    State("topics", "/themen/"),
    State("topic", "/themen/klima/"),
    State("news", "/neuigkeiten/"),
    State("news-item", f"/{NEWS}/"),
    State("imprint", "/impressum/"),
    State("privacy", "/datenschutz/"),
    State("accessibility", "/barrierefreiheit/"),
    State("rules", "/nutzungsregeln/"),
    State("about", "/ueber-diese-seite/"),
    State("plain-language", "/einfache-sprache/"),
    State("barrier", "/barriere-melden/?seite=/strategie/"),
    State("barrier-error", "/barriere-melden/", reach=send),
    State("barrier-thanks", "/barriere-melden/danke/"),
    State("style", "/gestaltung/"),
    State("bad-request", "http://not-ours.example:{port}/", status=400),
    State("not-found", "/gibt-es-nicht/", status=404),
    State("sign-in", "/konto/anmelden/"),
    State("sign-in-error", "/konto/anmelden/", reach=wrong_password),
    State("sign-in-first", "/verwaltung/"),
    State("password-forgotten", "/konto/passwort/vergessen/"),
    State("password-forgotten-error", "/konto/passwort/vergessen/", reach=send),
    State("password-sent", "/konto/passwort/vergessen/gesendet/"),
    State("password-link-old", "/konto/passwort/neu/1-alt/"),
    State("registration", "/konto/registrieren/"),
    State("invitation-old", "/konto/einladung/alt/", status=404),
]
TRANSLATED = [
    State(f"{state.name}-{language}", f"/{language}{state.address}", status=state.status, language=language)
    for language in ("en", "de-simple")
    for state in PUBLIC
    if state.name
    in {
        "follow", "follow-thanks", "newsletter",
        "home", "strategy", "editions", "compare-3-4", "element-withdrawn", "municipalities", "municipality-pioneer",
        "join", "topics", "topic", "events", "events-month", "event", "solutions", "solution-complete", "guides", "guide-complete", "transfers", "groups", "group", "news", "imprint", "barrier", "sign-in", "not-found",
    }
]  # fmt: skip

# --- what people see who are signed in ------------------------------------------------------------------------------
CODE = "/konto/zweiter-faktor/app/einrichten/"
SIGNED_IN = [
    State("forbidden", "/strategie/bearbeiten/", READER, status=403),
    State("account", "/konto/", AGENCY),
    State("account-password", "/konto/passwort/", AGENCY),
    State("account-password-error", "/konto/passwort/", AGENCY, reach=send),
    State("account-email", "/konto/e-mail/", AGENCY),
    State("account-email-pending", "/konto/e-mail/", MODERATOR, reach=change_address),
    State("account-sessions", "/konto/sitzungen/", AGENCY),
    State("account-links", "/konto/verknuepfungen/", AGENCY),
    State("account-sign-out", "/konto/abmelden/", AGENCY),
    State("account-confirm", "/konto/bestaetigen/", AGENCY),
    State("second-factor", "/konto/zweiter-faktor/", AGENCY),
    State("second-factor-app", CODE, AGENCY, reach=confirm_password),
    State("second-factor-app-error", CODE, AGENCY, reach=confirmed(wrong_code)),
    State("second-factor-key", "/konto/zweiter-faktor/schluessel/neu/", AGENCY, reach=confirm_password),
    State("administration", "/verwaltung/", AGENCY),
    State("administration-releaser", "/verwaltung/", RELEASER),
    State("without-releaser", "/verwaltung/ohne-freigabe/", AGENCY),
    State("register", "/verwaltung/organisationen/", AGENCY),
    State("rename", "/verwaltung/olpe/name/", AGENCY),
    State("rename-error", "/verwaltung/olpe/name/", AGENCY, reach=take_an_address),
    State("succession", "/verwaltung/organisationen/nachfolge/", AGENCY),
    State("succession-error", "/verwaltung/organisationen/nachfolge/", AGENCY, reach=send),
    State("succession-look", "/verwaltung/organisationen/nachfolge/", AGENCY, reach=look_at_a_succession),
    State("people", "/verwaltung/olpe/personen/", RELEASER),
    State("people-reader", "/verwaltung/olpe/personen/", READER),
    State("people-empty", "/verwaltung/altena/personen/", AGENCY),
    State("people-change", "/verwaltung/olpe/personen/", RELEASER, reach=click("a[href$='/rolle/']")),
    State("people-deputy", "/verwaltung/olpe/personen/", RELEASER, reach=click("a[href$='/vertretung/']")),
    State("people-end", "/verwaltung/olpe/personen/", RELEASER, reach=click("a[href$='/ende/']")),
    State("invite", "/verwaltung/olpe/personen/einladen/", RELEASER),
    State("invite-error", "/verwaltung/olpe/personen/einladen/", RELEASER, reach=send),
    State("trail", "/verwaltung/olpe/verlauf/", RELEASER),
    State("trail-empty", "/verwaltung/altena/verlauf/", AGENCY),
    State("new-edition", "/verwaltung/olpe/strategie/neue-auflage/", RELEASER),
    State("profile", "/verwaltung/olpe/profil/", RELEASER),
    State("profile-error", "/verwaltung/olpe/profil/", RELEASER, reach=wrong_profile),
    State("docking-desk", "/verwaltung/olpe/andocken/", RELEASER),
    State("docking-declare", "/verwaltung/olpe/andocken/erklaerung/", RELEASER),
    State("docking-declare-error", "/verwaltung/olpe/andocken/erklaerung/", RELEASER, reach=send),
    State(
        "docking-declare-conflict", "/verwaltung/olpe/andocken/erklaerung/", RELEASER, reach=declare_at_the_same_time
    ),
    State("docking-end", "/verwaltung/olpe/andocken/beenden/", RELEASER),
    State("docking-resume-error", "/verwaltung/olpe/andocken/fortsetzen/", RELEASER, reach=send),
    State("docking-overview", "/verwaltung/andocken/", AGENCY),
    State("docking-notes", "/verwaltung/andocken/kommune/finnentrop/", AGENCY),
    State("docking-notes-conflict", "/verwaltung/andocken/kommune/finnentrop/", AGENCY, reach=note_at_the_same_time),
    State("docking-invite-error", "/verwaltung/andocken/kommune/balve/einladen/", AGENCY, reach=send),
    State("docking-link", "/verwaltung/andocken/kommune/balve/einladen/", AGENCY, reach=follow_docking_invitation),
    State(
        "docking-link-answered",
        "/verwaltung/andocken/kommune/bestwig/einladen/",
        AGENCY,
        reach=answer_docking_invitation,
    ),
    State("post", "/demo/post/", AGENCY),
    State("letter", "/demo/post/", AGENCY, reach=click("main tbody a")),
    State("invitation", "/demo/post/", AGENCY, reach=follow_invitation),
]
FACTOR = f"{LOCAL}/konto/zweiter-faktor"
SECOND_FACTOR = [
    State("factor", f"{FACTOR}/", SECURED),
    State("factor-app-remove", f"{FACTOR}/app/entfernen/", SECURED, reach=confirm_password),
    State("factor-codes", f"{FACTOR}/notfallcodes/neu/", SECURED, reach=confirm_password),
    State("factor-codes-new", f"{FACTOR}/notfallcodes/neu/", SECURED, reach=new_codes),
    State("factor-codes-seen", f"{FACTOR}/notfallcodes/neu/", SECURED, reach=seen_codes),
    State("factor-keys", f"{FACTOR}/schluessel/", SECURED, reach=confirm_password),
    State(
        "factor-key-edit", f"{FACTOR}/schluessel/", SECURED, reach=confirmed(click("main li a:has-text('Umbenennen')"))
    ),
    State(
        "factor-key-remove", f"{FACTOR}/schluessel/", SECURED, reach=confirmed(click("main li a:has-text('Entfernen')"))
    ),
    State("factor-confirm", f"{LOCAL}/konto/bestaetigen/", SECURED),
    State("factor-confirm-code", f"{LOCAL}/konto/bestaetigen/zweiter-faktor/", SECURED),
    State("factor-confirm-code-error", f"{LOCAL}/konto/bestaetigen/zweiter-faktor/", SECURED, reach=wrong_code),
    State("factor-confirm-key", f"{LOCAL}/konto/bestaetigen/schluessel/", SECURED),
    State("factor-sign-in", f"{LOCAL}/konto/anmelden/", reach=password_first),
]
# --- a site that has just been set up, and one where something is wrong -----------------------------------------------
ELSEWHERE = [
    State("no-region", "{empty}/"),
    State("no-region-strategy", "{empty}/strategie/"),
    State("no-region-editions", "{empty}/strategie/auflagen/"),
    State("no-region-compare", "{empty}/strategie/vergleich/"),
    State("no-region-municipalities", "{empty}/kommunen/"),
    State("no-region-events", "{empty}/veranstaltungen/"),
    State("no-region-events-past", "{empty}/veranstaltungen/?zeit=vergangen"),
    State("no-region-events-month", "{empty}/veranstaltungen/monat/"),
    State("no-region-solutions", "{empty}/loesungen/"),
    State("no-region-guides", "{empty}/leitfaeden/"),
    State("no-region-transfers", "{empty}/nachnutzung/"),
    State("no-region-groups", "{empty}/lerngruppen/"),
    State("no-region-topics", "{empty}/themen/"),
    State("no-region-join", "{empty}/mitmachen/"),
    State("no-region-sign-in", "{empty}/konto/anmelden/"),
    State("no-region-not-found", "{empty}/gibt-es-nicht/", status=404),
    State("server-error", "{broken}/themen/", status=500),
    State("closed", "{broken}/neuigkeiten/", status=503),
]
EDITOR = [
    State("edit", "/strategie/bearbeiten/", AGENCY),
    State("edit-edition", "/strategie/bearbeiten/5/", AGENCY),
    State("edit-describe", "/strategie/bearbeiten/5/angaben/", AGENCY),
    State("edit-describe-error", "/strategie/bearbeiten/5/angaben/", AGENCY, reach=without_title(send)),
    State("edit-reasons", "/strategie/bearbeiten/5/gruende/", AGENCY),
    State("edit-reasons-full", "/strategie/bearbeiten/4/gruende/", AGENCY),
    State("edit-add", "/strategie/bearbeiten/5/neu/", AGENCY),
    State("edit-add-error", "/strategie/bearbeiten/5/neu/", AGENCY, reach=send),
    State("edit-numbers", "/strategie/bearbeiten/5/nummern/", AGENCY),
    State("edit-missing", "/strategie/bearbeiten/5/zurueckholen/", AGENCY),
    State("edit-preview", "/strategie/bearbeiten/5/vorschau/", AGENCY),
    State("edit-obstacles", "/strategie/bearbeiten/5/veroeffentlichen/", AGENCY),
    State("edit-publish", "/strategie/bearbeiten/4/veroeffentlichen/", AGENCY),
    State("edit-publish-unsure", "/strategie/bearbeiten/4/veroeffentlichen/", AGENCY, reach=send),
    State("edit-delete", "/strategie/bearbeiten/5/loeschen/", AGENCY),
    State("edit-import", "/strategie/bearbeiten/einlesen/", AGENCY),
    State("edit-import-no-json", "/strategie/bearbeiten/einlesen/", AGENCY, reach=send_file("{")),
    State("edit-import-errors", "/strategie/bearbeiten/einlesen/", AGENCY, reach=send_file(BROKEN)),
    State("edit-element", f"/strategie/bearbeiten/5/{CHANGED}/", AGENCY),
    State(
        "edit-element-error",
        f"/strategie/bearbeiten/5/{CHANGED}/",
        AGENCY,
        reach=without_title(click(".save-bar [type=submit]")),
    ),
    State("edit-element-conflict", f"/strategie/bearbeiten/5/{MOVED}/", AGENCY, reach=write_at_the_same_time),
    *(
        State(f"edit-{name}", f"/strategie/bearbeiten/5/{CHANGED}/{path}/", AGENCY)
        for name, path in (
            ("put", "verschieben"),
            ("split", "teilen"),
            ("join", "verbinden"),
            ("replace", "ersetzen"),
            ("withdraw", "zurueckziehen"),
        )
    ),
    State("edit-split-error", f"/strategie/bearbeiten/5/{CHANGED}/teilen/", AGENCY, reach=send),
]
OWN_STRATEGY = f"{LOCAL}/verwaltung/soest/strategie/"
WORKSPACE = [
    State("desk", OWN_STRATEGY, SECURED, reach=next_draft()),
    State("desk-error", OWN_STRATEGY, SECURED, reach=next_draft(without_reason)),
    State("desk-element", OWN_STRATEGY, SECURED, reach=next_draft(click(".line:not(.own) .line-title a"))),
    State("desk-branch-error", OWN_STRATEGY, SECURED, reach=next_draft(click("a[href$='/zweig/']"), send)),
    State("desk-own", OWN_STRATEGY, SECURED, reach=next_draft(click(".line.own .line-title a"))),
    State("desk-own-error", OWN_STRATEGY, SECURED, reach=next_draft(click("a[href$='/eigene/neu/']"), send)),
    State("desk-relate", OWN_STRATEGY, SECURED, reach=next_draft(click("a[href$='/zuordnen/']"))),
    State("desk-import", OWN_STRATEGY, SECURED, reach=next_draft(click("a[href$='/einlesen/']"))),
    State("desk-import-look", OWN_STRATEGY, SECURED, reach=next_draft(click("a[href$='/einlesen/']"), paste_strategy)),
    State("desk-states", OWN_STRATEGY, SECURED, reach=next_draft(click("a[href$='/stand/']"))),
    State(
        "desk-delete",
        OWN_STRATEGY,
        SECURED,
        reach=next_draft(click("a[href$='/stand/']"), click("a[href$='/loeschen/']")),
    ),
    State("desk-taken-over", "/verwaltung/olpe/strategie/", RELEASER),
]
ALL = [
    *PUBLIC,
    *TRANSLATED,
    *SIGNED_IN,
    *SECOND_FACTOR,
    *ELSEWHERE,
    *EDITOR,
    *WORKSPACE,
    *EVENTS,
    *KNOWLEDGE,
    *TOLD,
    *COLLEAGUES,
    *PEOPLE,
    *FOLLOWING,
    *NEWSLETTER,
    *SAYING,
    *HAVING_IDEAS,
    *ASKING,
    *TOOLS,
    *STEERING,
]
