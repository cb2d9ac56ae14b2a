"""Two phones at the door, and a network that comes and goes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.journeys import people
from tests.journeys.crowd import CELIK, LOVELACE, MUELLER
from tests.journeys.pages_of_events import DOOR, TONIGHT
from tests.journeys.watching import Watch

from .state import State

PHONE = 390
OFFLINE = "[data-network]:has-text('Kein Netz')"
ONLINE = "[data-network]:has-text('Verbunden')"
KEPT = "() => Object.entries(localStorage).filter(([key]) => key.startsWith('andock:'))"


@pytest.fixture(autouse=True)
def _nobody_here(open_page: Callable[..., Page], crowd: None) -> Iterator[None]:
    """Whoever another scene let in leaves again, also one that only looked at the page."""
    send_home(open_page(people.RELEASER))
    yield
    send_home(open_page(people.RELEASER))


def send_home(page: Page) -> None:
    page.goto(f"{TONIGHT}?stand=gekommen")
    for name in page.locator("main th a").all_inner_texts():
        page.goto(f"{DOOR}?suche={name}")
        page.wait_for_selector(ONLINE)
        page.click("button:has-text('Versehen')")
        page.wait_for_selector("[data-said]:has-text('Zurückgenommen')")


@pytest.fixture
def phones(open_context: Callable[..., BrowserContext], site: str) -> tuple[Page, Page]:
    """Two phones with the page open and the list on them."""
    return at_the_door(open_context(people.RELEASER, width=PHONE), site), at_the_door(
        open_context(people.RELEASER, width=PHONE), site
    )


def at_the_door(context: BrowserContext, site: str) -> Page:
    page = context.new_page()
    page.watch = Watch(page, State("door", DOOR), site)
    page.goto(DOOR)
    page.wait_for_selector(ONLINE)
    return page


def look_up(page: Page, wanted: str) -> list[str]:
    page.fill("[name=suche]", wanted)
    return page.locator(".door-name strong").all_inner_texts()


def let_in(page: Page, name: str, button: str = "Ist da") -> None:
    look_up(page, name)
    page.click(f".door-person:has-text('{name}') button:has-text('{button}')")
    page.wait_for_selector(f"[data-said]:has-text('{name} ist da.')")


def go_offline(page: Page, *, is_offline: bool = True) -> None:
    page.context.set_offline(is_offline)
    page.wait_for_selector(OFFLINE if is_offline else f"{ONLINE}:not(:has-text('Noch nicht'))")


def count(page: Page) -> str:
    return page.locator("[data-count]").inner_text()


def here(page: Page) -> dict[str, str]:
    """Who came, as the server tells in its list."""
    page.goto(f"{TONIGHT}?stand=gekommen")
    rows = page.locator("main tbody tr").all()
    return {
        row.locator("th a").inner_text(): row.locator("td").first.inner_text().split("\n")[-1].strip() for row in rows
    }


def kept(page: Page) -> dict[str, object]:
    return {key: json.loads(value) for key, value in page.evaluate(KEPT)}


def code_of(page: Page, name: str) -> str:
    look_up(page, name)
    return page.locator(".door-name .code").first.inner_text()


def test_door_with_a_network_checks_in_by_part_of_a_name_and_by_code(phones: tuple[Page, Page]) -> None:
    one, two = phones
    assert look_up(one, "MULLER") == [MUELLER]
    let_in(one, MUELLER)
    code = code_of(two, CELIK)
    assert look_up(two, code.lower()) == [CELIK]
    let_in(two, CELIK)
    one.wait_for_selector("[data-count]:has-text('2 von 7')")
    two.wait_for_function("() => document.querySelector('[data-count]').textContent.startsWith('2 von 7')")

    assert here(one) == {MUELLER: "ist da", CELIK: "ist da"}
    assert one.watch.found + two.watch.found == []


def test_door_without_a_network_goes_on_and_reports_later(phones: tuple[Page, Page]) -> None:
    one, two = phones
    go_offline(one)
    let_in(one, MUELLER)
    let_in(one, LOVELACE, "Charles Babbage ist da")
    assert count(one) == "2 von 7 Personen sind da"
    assert "Noch nicht übertragen: 2." in one.locator("[data-network]").inner_text()
    assert here(two) == {}

    go_offline(one, is_offline=False)

    assert here(two) == {MUELLER: "ist da", LOVELACE: "1 von 3 da"}


def test_two_phones_without_a_network_let_the_same_people_in_and_nobody_counts_twice(
    phones: tuple[Page, Page], open_page: Callable[..., Page]
) -> None:
    one, two = phones
    for phone in phones:
        go_offline(phone)
        let_in(phone, MUELLER)
    let_in(one, LOVELACE, "Ada Lovelace ist da")
    let_in(two, LOVELACE, "Alle sind da")
    for phone in (two, one):
        go_offline(phone, is_offline=False)

    assert here(open_page(people.RELEASER)) == {MUELLER: "ist da", LOVELACE: "3 von 3 da"}


def test_person_who_only_waits_is_told_so_without_a_button(phones: tuple[Page, Page]) -> None:
    one, _two = phones
    go_offline(one)

    assert look_up(one, "Wanda") == ["Wanda Wartet"]
    assert "„Auf der Warteliste“" in one.locator(".door-person").inner_text()
    assert one.locator(".door-person button").count() == 0
    assert count(one) == "0 von 7 Personen sind da"


def test_answer_lost_on_the_way_makes_the_phone_send_again_and_counts_once(phones: tuple[Page, Page]) -> None:
    one, two = phones
    sent = []

    def lose_the_answer(route: Route) -> None:
        """The server hears the report; the phone never hears the server."""
        sent.append(route.request.post_data_json["arrivals"])
        route.fetch()
        route.abort("connectionreset")

    one.route("**/einlass/meldungen/", lose_the_answer, times=1)
    let_in(one, MUELLER)
    one.wait_for_selector(OFFLINE)
    with one.expect_request("**/einlass/meldungen/") as again:
        one.evaluate("dispatchEvent(new Event('online'))")
    one.wait_for_selector(ONLINE)

    assert again.value.post_data_json["arrivals"] == sent[0]
    assert here(two) == {MUELLER: "ist da"}


def test_page_closed_without_a_network_reports_when_it_is_opened_again(phones: tuple[Page, Page]) -> None:
    one, two = phones
    go_offline(one)
    let_in(one, MUELLER)
    context = one.context
    assert here(two) == {}
    one.close()  # from here on the browser may send what it kept: its network was only ever pretended to be gone

    context.set_offline(False)
    page = context.new_page()
    page.goto(DOOR)
    page.wait_for_selector(f"{ONLINE}:not(:has-text('Noch nicht'))")

    assert here(two) == {MUELLER: "ist da"}


def test_mistake_is_taken_back_before_and_after_it_was_sent(phones: tuple[Page, Page]) -> None:
    one, two = phones
    go_offline(one)
    let_in(one, MUELLER)
    look_up(one, MUELLER)
    one.click("button:has-text('Versehen')")
    one.wait_for_selector("[data-said]:has-text('Zurückgenommen')")
    go_offline(one, is_offline=False)
    assert here(two) == {}

    let_in(one, MUELLER)
    one.wait_for_selector(f"{ONLINE}:not(:has-text('Noch nicht'))")
    look_up(one, MUELLER)
    one.click("button:has-text('Versehen')")
    one.wait_for_selector("[data-said]:has-text('Zurückgenommen')")

    assert here(two) == {}


def test_session_that_ended_loses_nothing(phones: tuple[Page, Page], site: str) -> None:
    one, two = phones
    one.context.clear_cookies()
    let_in(one, MUELLER)
    one.wait_for_selector("[data-network]:has-text('Sitzung ist zu Ende')")
    assert here(two) == {}

    people.sign_in(one.context.new_page(), people.RELEASER, site)
    one.evaluate("dispatchEvent(new Event('online'))")
    one.wait_for_selector(f"{ONLINE}:not(:has-text('Noch nicht'))")

    assert here(two) == {MUELLER: "ist da"}


def test_device_holds_names_and_codes_only_and_forgets_them_on_the_button(phones: tuple[Page, Page]) -> None:
    one, _two = phones
    (name, listed), *more = kept(one).items()
    assert more == []
    assert re.fullmatch(r"andock:device:door:[0-9a-f-]{36}", name)
    assert set(listed) == {"people", "until"}
    assert {key for person in listed["people"] for key in person} == {
        "id",
        "name",
        "code",
        "seats",
        "companions",
        "state",
        "came",
    }
    assert not [word for word in ("example.org", "Vegetarisch", "Gang") if word in json.dumps(listed)]
    go_offline(one)
    let_in(one, MUELLER)

    one.click("[data-forget]")
    one.wait_for_selector("[data-said]:has-text('gelöscht')")

    left = kept(one)
    assert [key for key in left if "device" in key] == []
    assert [set(report) for report in left.values()] == [{"registration", "seat", "at"}]


def test_device_forgets_the_names_after_the_event(phones: tuple[Page, Page]) -> None:
    one, _two = phones
    assert len(kept(one)) == 1

    one.clock.set_fixed_time("2127-01-01T00:00:00Z")
    one.goto("/verwaltung/")

    assert kept(one) == {}


def test_device_forgets_the_names_when_somebody_signs_out(
    open_context: Callable[..., BrowserContext], site: str
) -> None:
    context = open_context(width=PHONE)
    people.sign_in(context.new_page(), people.RELEASER, site)
    page = at_the_door(context, site)
    assert len(kept(page)) == 1

    page.goto("/konto/abmelden/")
    with page.expect_navigation():
        page.click("main form[data-sign-out] [type=submit]")

    assert kept(page) == {}


def test_door_without_javascript_does_the_same(open_context: Callable[..., BrowserContext], crowd: None) -> None:
    page = open_context(people.RELEASER, width=PHONE, java_script_enabled=False).new_page()
    page.goto(DOOR)
    page.fill("[name=suche]", "muller")
    page.click(".door-search [type=submit]")
    page.click(".door-person button:has-text('Ist da')")

    assert f"{MUELLER} ist da." in page.inner_text("main")
    assert here(page) == {MUELLER: "ist da"}
