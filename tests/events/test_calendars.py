"""Calendar files and feeds, as a program gets them."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation
from ical.calendar_stream import IcsCalendarStream

from andock.events.addresses import token_of
from andock.events.calendar_links import google_link
from andock.events.models import Event
from andock.events.services.registering import cancel, confirm, register
from andock.organisations.models import FormerSlug, Term
from tests.accounts.cast import Cast
from tests.factories.events import VISITOR, confirmed, entry, event, registered

pytestmark = pytest.mark.django_db
ROOM = "https://raum.example/abc"


def now():
    return timezone.now()


def coming(cast: Cast, **values) -> Event:
    return event(values.pop("organisation", cast.olpe), starts_at=now() + timedelta(weeks=4), **values)


def titles(client: Client, address: str) -> list[str]:
    """What both readers find behind the address."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    text = answer.content.decode()
    found = sorted(str(one.summary) for one in icalendar.Calendar.from_ical(text).walk("VEVENT"))
    assert found == sorted(one.summary for one in IcsCalendarStream.calendar_from_ics(text).events)
    return found


def test_event_can_be_saved_by_everybody_without_the_room(client: Client, cast: Cast) -> None:
    made = coming(cast, title="Abend", format="online", online_url=ROOM)

    assert titles(client, f"/veranstaltungen/{made.slug}/termin.ics") == ["Abend"]
    assert "raum.example" not in client.get(f"/veranstaltungen/{made.slug}/termin.ics").content.decode()


def test_draft_and_date_without_a_day_have_no_file(client: Client, cast: Cast) -> None:
    draft = coming(cast, state="draft")
    vague = event(cast.olpe, starts_at=None, date_text="2026-10", door="none")

    for made in (draft, vague):
        assert client.get(f"/veranstaltungen/{made.slug}/termin.ics").status_code == 404


def test_feed_of_the_region_holds_what_is_to_come_and_the_last_year(client: Client, cast: Cast) -> None:
    coming(cast, title="Bald")
    coming(cast, title="Fällt aus", state="cancelled")
    coming(cast, title="Entwurf", state="draft")
    event(cast.olpe, title="Neulich", starts_at=now() - timedelta(days=300))
    event(cast.olpe, title="Lange her", starts_at=now() - timedelta(days=400))
    event(cast.olpe, title="Irgendwann", starts_at=None, date_text=f"{now().year + 1}", door="none")

    assert titles(client, "/veranstaltungen/kalender.ics") == ["Abgesagt: Fällt aus", "Bald", "Neulich"]


def test_feed_of_a_municipality_holds_what_it_holds_shares_or_houses(client: Client, cast: Cast) -> None:
    coming(cast, title="Eigene")
    coming(cast, title="In Olpe", organisation=cast.soest, municipality=cast.olpe)
    coming(cast, title="Zusammen", organisation=cast.soest).partners.add(cast.olpe)
    coming(cast, title="Fremde", organisation=cast.soest)

    assert titles(client, "/veranstaltungen/kalender/kommune/olpe.ics") == ["Eigene", "In Olpe", "Zusammen"]


def test_former_address_of_a_municipality_leads_to_its_feed(client: Client, cast: Cast) -> None:
    FormerSlug.objects.create(slug="alt-olpe", organisation=cast.olpe)

    answer = client.get("/veranstaltungen/kalender/kommune/alt-olpe.ics")

    assert (answer.status_code, answer.url) == (301, "/veranstaltungen/kalender/kommune/olpe.ics")


def test_feed_of_a_topic_holds_what_carries_it_once(client: Client, cast: Cast) -> None:
    both = [Term.objects.create(vocabulary=name, slug="klima", labels={"de": "Klima"}) for name in ("topics", "fields")]
    coming(cast, title="Mit").terms.set(both)
    coming(cast, title="Ohne")

    assert titles(client, "/veranstaltungen/kalender/thema/klima.ics") == ["Mit"]


@pytest.mark.parametrize("address", ["kommune/nirgends.ics", "thema/nichts.ics"])
def test_feed_of_nothing_is_not_found(client: Client, cast: Cast, address: str) -> None:
    assert client.get(f"/veranstaltungen/kalender/{address}").status_code == 404


def test_empty_feed_is_a_calendar(client: Client, cast: Cast) -> None:
    assert titles(client, "/veranstaltungen/kalender.ics") == []


def test_feed_in_another_language_links_to_pages_in_it(client: Client, cast: Cast) -> None:
    coming(cast)

    assert "/en/veranstaltungen/abend-" in client.get("/en/veranstaltungen/kalender.ics").content.decode()


def test_program_that_has_the_feed_is_not_sent_it_again(client: Client, cast: Cast) -> None:
    made = coming(cast)
    first = client.get("/veranstaltungen/kalender.ics")

    assert client.get("/veranstaltungen/kalender.ics", headers={"If-None-Match": first["ETag"]}).status_code == 304
    Event.objects.filter(pk=made.pk).update(title="Anders")
    assert client.get("/veranstaltungen/kalender.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_feed_asks_as_often_for_many_events_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    for _number in range(12):
        coming(cast)

    with django_assert_max_num_queries(4):
        client.get("/veranstaltungen/kalender.ics")


# --- one's own entry ------------------------------------------------------------------------------------------------------
def own(client: Client, registration) -> str | None:
    answer = client.get(f"/veranstaltungen/anmeldung/{token_of(registration)}/termin.ics")
    return answer.content.decode() if answer.status_code == 200 else None


def test_own_entry_has_the_room_for_those_who_attend_online(client: Client, cast: Cast) -> None:
    made = coming(cast, format="hybrid", online_url=ROOM)
    people = {}
    for way in ("room", "online"):
        allotment = made.allotments.get(attendance=way)
        one = register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(way), now=now())
        people[way] = confirm(actor=VISITOR, registration=one, now=now())

    assert ROOM in own(client, people["online"]).replace("\r\n ", "")
    assert ROOM not in own(client, people["room"]).replace("\r\n ", "")


def test_own_entry_is_for_confirmed_people_only_and_kept_nowhere(client: Client, cast: Cast) -> None:
    made = coming(cast, format="online", online_url=ROOM)
    ada, bob = confirmed(made, "Ada", now=now()), registered(made, "Bob", now=now())

    assert "no-store" in client.get(f"/veranstaltungen/anmeldung/{token_of(ada)}/termin.ics")["Cache-Control"]
    assert own(client, bob) is None
    cancel(actor=VISITOR, registration=ada, now=now())
    assert own(client, ada) is None


@pytest.mark.parametrize("token", ["x", "00000000000040008000000000000000.x"])
def test_made_up_token_opens_nothing(client: Client, cast: Cast, token: str) -> None:
    assert client.get(f"/veranstaltungen/anmeldung/{token}/termin.ics").status_code == 404


# --- ways in --------------------------------------------------------------------------------------------------------------
def test_page_offers_the_calendars_people_use_and_loads_nothing(cast: Cast) -> None:
    made = coming(cast, title="Grüße & mehr", venue="Rathaus", format="hybrid", online_url=ROOM)

    html = render_to_string("events/_calendar.html", {"event": made})

    assert [word for word in ("Outlook", "Apple", "Google") if f"{word}</a>" in html] == ["Outlook", "Apple", "Google"]
    assert html.count(f'href="/veranstaltungen/{made.slug}/termin.ics"') == 2
    assert "text=Gr%C3%BC%C3%9Fe+%26+mehr" in html
    assert "raum.example" not in html
    assert "src=" not in html


def test_page_of_somebody_registered_offers_their_own_file(cast: Cast) -> None:
    html = render_to_string("events/_calendar.html", {"event": coming(cast), "ics_url": "/own.ics"})

    assert html.count('href="/own.ics"') == 2


def test_page_of_a_date_without_a_day_offers_nothing(cast: Cast) -> None:
    made = event(cast.olpe, starts_at=None, date_text="2026-10", door="none")

    assert render_to_string("events/_calendar.html", {"event": made}).strip() == ""


def test_whole_day_is_a_whole_day_for_google_too(cast: Cast) -> None:
    made = event(cast.olpe, starts_at=None, date_text="2026-10-03", door="none")

    assert "dates=20261003%2F20261004" in google_link(made)


def test_feed_is_offered_to_subscribe_and_to_copy(cast: Cast, settings) -> None:
    settings.ANDOCK_BASE_URL = "https://region.example"
    with translation.override("de"):
        html = render_to_string("events/_subscribe.html", {"feed": "/veranstaltungen/kalender.ics"})

    assert 'href="webcal://region.example/veranstaltungen/kalender.ics"' in html
    assert ">https://region.example/veranstaltungen/kalender.ics</a>" in html
