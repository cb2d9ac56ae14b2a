"""What everybody sees of events."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from andock.events.choices import RESERVED_SLUGS, Door, EventState, Format
from andock.events.models import Document, Event, ProgrammeItem, Series
from andock.organisations.models import Term
from andock.strategy.models import Edition, Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.events import confirmed, event
from tests.factories.strategy import block, document, element, identity

pytestmark = pytest.mark.django_db
LIST = "/veranstaltungen/"
ROOM = "https://raum.example/geheim"


def soon(**ahead: float) -> Any:
    return timezone.now() + timedelta(**(ahead or {"days": 20}))


def dated(cast: Cast, text: str, **values: Any) -> Event:
    """An event of which no time is known."""
    return event(cast.olpe, starts_at=None, date_text=text, door=Door.NONE, **values)


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def titles(path: str) -> list[str]:
    """The events a list shows, in order."""
    return re.findall(r"<h3[^>]*><a href=\"/veranstaltungen/[^\"]+\">([^<]+)</a></h3>", page(path))


def linked_data(path: str) -> dict | None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(path))
    return json.loads(found[1]) if found else None


# --- the list --------------------------------------------------------------------------------------------------------
def test_list_shows_what_comes_by_month_and_past_what_is_over(cast: Cast) -> None:
    event(cast.olpe, title="Spät", starts_at=soon(days=60))
    event(cast.olpe, title="Früh", starts_at=soon(days=2))
    dated(cast, "2021-04", title="April")
    event(cast.olpe, title="Entwurf", starts_at=soon(), state=EventState.DRAFT)

    assert titles(LIST) == ["Früh", "Spät"]
    assert titles(f"{LIST}?zeit=vergangen") == ["April"]
    assert "im April 2021" in page(f"{LIST}?zeit=vergangen")


def test_list_is_narrowed_by_municipality_topic_format_and_series(cast: Cast) -> None:
    series = Series.objects.create(organisation=cast.olpe, slug="abende", title="Abende")
    klima = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    here = event(cast.olpe, title="Hier", municipality=cast.soest, series=series, starts_at=soon())
    here.terms.add(klima)
    event(cast.agency, title="Dort", format=Format.ONLINE, starts_at=soon())

    for query in ("kommune=olpe", "kommune=soest", "thema=klima", "format=vor-ort", "reihe=abende"):
        assert titles(f"{LIST}?{query}") == ["Hier"], query
    assert titles(f"{LIST}?format=online") == ["Dort"]
    assert titles(f"{LIST}?kommune=olpe&format=online") == []
    assert titles(f"{LIST}?kommune=nirgends&thema=x&format=x&reihe=x&zeit=x&seite=x") == ["Hier", "Dort"]


@pytest.mark.parametrize("query", ["kommune=%00", "thema=%00", "reihe=%00", "seite=%00", "format=%00"])
def test_list_survives_nonsense(cast: Cast, query: str) -> None:
    assert Client().get(f"{LIST}?{query}").status_code == 200


def test_list_says_what_to_do_where_it_is_empty(cast: Cast) -> None:
    assert "Zurzeit ist keine Veranstaltung geplant" in page(LIST)
    assert "Es hat noch nichts stattgefunden" in page(f"{LIST}?zeit=vergangen")
    assert "Zu dieser Auswahl steht noch nichts an" in page(f"{LIST}?format=online")


def test_list_of_many_has_pages_that_keep_the_choice(cast: Cast) -> None:
    for _number in range(31):
        event(cast.olpe, starts_at=soon())

    first = page(f"{LIST}?format=vor-ort")

    assert 'href="?format=vor-ort&amp;seite=2"' in first
    assert len(titles(f"{LIST}?format=vor-ort&seite=2")) == 1


def test_list_shows_seats_in_steps_only(cast: Cast) -> None:
    full = event(cast.olpe, seats=1, starts_at=soon())
    confirmed(full, "Ada", now=timezone.now())
    event(cast.olpe, seats=40, starts_at=soon())
    event(cast.olpe, seats=4, starts_at=soon())
    event(cast.olpe, seats=4, starts_at=soon(), state=EventState.CANCELLED)
    event(cast.olpe, seats=4, starts_at=soon(), opens_at=soon(days=3))
    event(cast.olpe, seats=4, starts_at=soon(), closes_at=soon(days=-1))

    shown = page(LIST)

    for word in ("Warteliste", "Plätze frei", "Wenige Plätze", "Abgesagt", "öffnet später", "Anmeldung geschlossen"):
        assert shown.count(f"<span>{word}") + shown.count(f"<span>Anmeldung {word}") == 1, word
    assert "Ada" not in shown


# --- the month -------------------------------------------------------------------------------------------------------
def test_month_is_a_table_with_days_and_what_has_none_below(cast: Cast) -> None:
    event(cast.olpe, title="Abend", starts_at=timezone.make_aware(timezone.datetime(2030, 5, 8, 18)))
    dated(cast, "2030-05-30", end_text="2030-06-02", title="Tagung")
    dated(cast, "2030-05", title="Irgendwann")

    may, june = page(f"{LIST}monat/?monat=2030-05"), page(f"{LIST}monat/?monat=2030-06")

    assert re.search(r'<time datetime="2030-05-08">.*?</p><ul class="plain"><li><span class="num small">18:00', may)
    assert may.count(">Tagung</a>") == 2
    assert june.count(">Tagung</a>") == 2
    assert "Ohne festen Tag" in may
    assert "Irgendwann" not in june


def test_month_leads_on_only_where_there_is_something(cast: Cast) -> None:
    dated(cast, "2019-07-09")
    today = timezone.localdate()

    oldest, present = page(f"{LIST}monat/?monat=2019-07"), page(f"{LIST}monat/")

    assert 'rel="prev"' not in oldest
    assert 'href="?monat=2019-08"' in oldest
    assert 'rel="next"' not in present
    assert f'<time datetime="{today.isoformat()}">' in present


@pytest.mark.parametrize("text", ["x", "2030-13", "0-1", "99999-01", "2030", "-", "%00", "2199-12", "1900-01"])
def test_month_that_makes_no_sense_or_is_far_away_still_answers(cast: Cast, text: str) -> None:
    assert Client().get(f"{LIST}monat/?monat={text}").status_code == 200


# --- one event -------------------------------------------------------------------------------------------------------
def test_event_shows_what_it_is_about(cast: Cast) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b"), label="2.3"), state="superseded"), actor=None)
    import_edition(document=document(element("g7", block("b"), label="2.4"), ordinal=2, state="in_force"), actor=None)
    import_edition(document=document(element("g7", block("b"), label="3.1"), ordinal=3, state="consultation"), actor=None)  # fmt: skip
    made = event(
        cast.olpe, title="Abend", starts_at=soon(), venue="Rathaus", town="Olpe", step_free="partly", access_note="Rampe am Hof.",
        edition=Edition.objects.get(ordinal=1), municipality=cast.olpe, online_url=ROOM, format=Format.HYBRID,
    )  # fmt: skip
    made.partners.add(cast.soest)
    made.elements.add(identity("g7"))
    ProgrammeItem.objects.create(event=made, title="Begrüßung", speakers="Kim Beispiel, Rathaus")
    Document.objects.create(event=made, title="Ablauf", url="https://example.org/ablauf.pdf")

    shown = page(f"{LIST}{made.slug}/")

    for words in ("Rathaus", "Rampe am Hof.", "Teilweise stufenlos", "Begrüßung", "Kim Beispiel", "Ablauf", ">Soest</a>"):  # fmt: skip
        assert words in shown, words
    assert '<span class="num muted">2.4</span>' in shown
    assert 'href="/strategie/auflagen/1/"' in shown
    assert ROOM not in shown
    assert f'href="{LIST}{made.slug}/"' in page("/strategie/auflagen/1/")
    assert f'href="{LIST}{made.slug}/"' in page(f"/strategie/stelle/{identity('g7')}/")


def test_event_of_which_something_is_unsure_says_so(cast: Cast) -> None:
    made = dated(cast, "2021-05", verified=False, note="Durchführung nicht belegt.", source="https://example.org/x")

    shown = page(f"{LIST}{made.slug}/")

    assert "Nicht belegt." in shown
    assert "Durchführung nicht belegt." in shown
    assert 'href="https://example.org/x"' in shown
    assert "Nicht belegt." in page(f"{LIST}?zeit=vergangen")


def test_cancelled_and_postponed_events_say_why(cast: Cast) -> None:
    off = event(cast.olpe, starts_at=soon(), state=EventState.CANCELLED, reason="Die Leitung ist krank.")
    moved = event(cast.olpe, starts_at=soon(), postponed_from="3. Mai 2026, 18:00", reason="Der Saal war belegt.")

    assert "abgesagt.</strong> <span>Die Leitung ist krank." in page(f"{LIST}{off.slug}/")
    assert "Geplant war: 3. Mai 2026, 18:00." in page(f"{LIST}{moved.slug}/")
    assert "Geplant war: 3. Mai 2026, 18:00." in page(LIST)


@pytest.mark.parametrize("kind", ["milestone", "deadline", "committee"])
def test_mere_dates_ask_nobody_to_register(cast: Cast, kind: str) -> None:
    made = dated(cast, f"{timezone.localdate().year + 1}-03-01", kind=kind)

    shown = page(f"{LIST}{made.slug}/")

    assert 'class="register"' not in shown
    assert linked_data(f"{LIST}{made.slug}/") is None


def test_draft_is_seen_by_the_organisers_people_only(cast: Cast) -> None:
    made = event(cast.olpe, state=EventState.DRAFT, starts_at=soon())
    path = f"{LIST}{made.slug}/"

    assert Client().get(path).status_code == 404
    assert client_of(cast, "soest_releaser").get(path).status_code == 404
    preview = client_of(cast, "olpe_reader").get(path)
    assert "Nur Menschen aus Olpe sehen diese Seite" in preview.content.decode()
    assert "private" in preview["Cache-Control"]


def test_unknown_event_and_series_are_not_there(cast: Cast) -> None:
    Series.objects.create(organisation=cast.olpe, slug="leer", title="Leer")

    for path in ("gibt-es-nicht/", "reihen/gibt-es-nicht/", "reihen/leer/"):
        assert Client().get(f"{LIST}{path}").status_code == 404


@pytest.mark.parametrize("slug", RESERVED_SLUGS)
def test_no_event_takes_a_word_of_the_addresses(cast: Cast, slug: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        event(cast.olpe, slug=slug)


def test_document_of_a_public_event_is_handed_out_as_a_download(cast: Cast, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    made, draft = event(cast.olpe), event(cast.olpe, state=EventState.DRAFT)
    files = [
        Document.objects.create(event=one, title="Folien", kind="slides", file=ContentFile(b"%PDF-1.7", "x.pdf"))
        for one in (made, draft)
    ]

    answer = Client().get(f"{LIST}{made.slug}/unterlagen/{files[0].pk}.pdf")

    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Disposition"] == f'attachment; filename="{made.slug}-slides-{files[0].pk}.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Client().get(f"{LIST}{draft.slug}/unterlagen/{files[1].pk}.pdf").status_code == 404
    assert Client().get(f"{LIST}{made.slug}/unterlagen/{files[1].pk}.pdf").status_code == 404


# --- for machines ----------------------------------------------------------------------------------------------------
def test_linked_data_is_an_event_of_schema_org_without_the_online_room(cast: Cast) -> None:
    begins = timezone.make_aware(timezone.datetime(2030, 5, 8, 18))
    made = event(
        cast.olpe, title='</script><b>"', starts_at=begins, format=Format.HYBRID, venue="Rathaus", town="Olpe", online_url=ROOM,
    )  # fmt: skip

    data = linked_data(f"{LIST}{made.slug}/")

    assert data is not None
    assert (data["@type"], data["name"]) == ("Event", '</script><b>"')
    assert (data["startDate"], data["eventStatus"]) == ("2030-05-08T18:00+02:00", "https://schema.org/EventScheduled")
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert ROOM not in json.dumps(data)


@pytest.mark.parametrize(
    ("values", "status"),
    [({"state": EventState.CANCELLED}, "EventCancelled"), ({"postponed_from": "gestern"}, "EventRescheduled")],
)
def test_linked_data_tells_what_became_of_it(cast: Cast, values: dict, status: str) -> None:
    data = linked_data(f"{LIST}{event(cast.olpe, starts_at=soon(), **values).slug}/")

    assert data is not None
    assert data["eventStatus"] == f"https://schema.org/{status}"


def test_feed_tells_what_is_new_and_comes(cast: Cast) -> None:
    event(cast.olpe, title="Alt", starts_at=soon(), published_at=soon(days=-9))
    event(cast.olpe, title="Neu", starts_at=soon(), published_at=soon(days=-1), online_url=ROOM)
    event(cast.olpe, title="Vorbei", starts_at=soon(days=-3), published_at=soon(days=-1))

    answer = Client().get(f"{LIST}neu.atom")

    assert answer["Content-Type"].startswith("application/atom+xml")
    found = re.findall("<title>([^<]+)</title>", answer.content.decode())
    assert found[1:] == ["Neu", "Alt"]
    assert ROOM not in answer.content.decode()


def test_feed_shows_words_and_no_markup(cast: Cast) -> None:
    event(cast.olpe, summary="Zwei < drei <script>alert(1)</script>", venue="Saal", starts_at=soon())

    feed = Client().get(f"{LIST}neu.atom").content.decode()

    [summary] = re.findall('<summary type="html">(.*?)</summary>', feed, re.DOTALL)
    assert html.unescape(summary).endswith("Saal<br>Zwei &lt; drei &lt;script&gt;alert(1)&lt;/script&gt;")


def test_sitemap_names_events_and_series(cast: Cast) -> None:
    series = Series.objects.create(organisation=cast.olpe, slug="abende", title="Abende")
    made = event(cast.olpe, series=series)
    draft = event(cast.olpe, state=EventState.DRAFT)

    found = page("/sitemap.xml")

    assert f"{LIST}{made.slug}/" in found
    assert f"{LIST}reihen/abende/" in found
    assert draft.slug not in found


# --- on other pages --------------------------------------------------------------------------------------------------
def test_home_shows_the_next_three(cast: Cast) -> None:
    for number in (4, 1, 3, 2):
        event(cast.olpe, title=f"Abend in {number}", starts_at=soon(days=number))
    event(cast.olpe, title="Vorbei", starts_at=soon(days=-2))  # yesterday's may have ended after midnight: today

    assert titles("/") == ["Abend in 1", "Abend in 2", "Abend in 3"]


def test_municipality_shows_what_it_holds_shares_or_houses_and_where_nothing_comes_the_latest(cast: Cast) -> None:
    event(cast.agency, title="Zu Gast", municipality=cast.olpe, starts_at=soon())
    shared = event(cast.agency, title="Gemeinsam", starts_at=soon())
    shared.partners.add(cast.olpe)
    event(cast.soest, title="Gewesen", starts_at=soon(days=-9))

    assert titles("/kommunen/olpe/") == ["Zu Gast", "Gemeinsam"]
    assert "?kommune=olpe" in page("/kommunen/olpe/")
    assert "?zeit=vergangen&amp;kommune=soest" in page("/kommunen/soest/")
    assert "Gewesen" in page("/kommunen/soest/")


def test_topic_shows_its_events(cast: Cast) -> None:
    klima = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    event(cast.olpe, title="Klimaabend", starts_at=soon()).terms.add(klima)

    assert titles("/themen/klima/") == ["Klimaabend"]


def test_desk_leads_those_who_keep_events_to_theirs(cast: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    event(cast.olpe, title="Abend", starts_at=soon())

    assert "Abend" in client_of(cast, "olpe_editor").get("/verwaltung/").content.decode()
    assert "Abend" not in client_of(cast, "olpe_reader").get("/verwaltung/").content.decode()
