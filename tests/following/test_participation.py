"""What people are told who follow a process, or the municipality that holds it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from andock.following.models import News
from andock.kernel.jobs.worker import Worker
from andock.participation.documents import NAME, idea_group
from andock.participation.models import Phase, Process
from andock.participation.services import answering, processes, telling
from andock.search.services import renew
from tests.accounts.cast import Cast
from tests.factories.participation import process, said

from .people import MONDAY, TUESDAY, digests, follows, noted, send, thing

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def park(cast: Cast) -> Process:
    """It runs for four weeks from a week before on, and has been told."""
    made = process(cast.olpe, starts=MONDAY - 7 * DAY, slug="park", title="Ein Park für alle")
    renew(NAME, str(made.pk))
    noted(MONDAY - 7 * DAY)
    return made


def answered(cast: Cast, park: Process, at: datetime) -> None:
    """An office answers twenty contributions, one act for each half, and the job notes it."""
    found = [said(park, f"Bank {number}", now=MONDAY) for number in range(20)]
    for half in (found[:10], found[10:]):
        answering.answer(
            actor=cast.olpe_editor, process=park, office=cast.olpe, contribution_ids=[one.pk for one in half],
            stance="not", reason="Danke.", now=at,
        )  # fmt: skip
    noted(at)


def whats() -> list[str]:
    return list(News.objects.filter(at__gt=MONDAY - DAY).values_list("what", flat=True))


def test_new_process_is_told_to_who_follows_its_municipality(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    made = process(cast.olpe, starts=MONDAY - 7 * DAY, title="Ein Park für alle")
    renew(NAME, str(made.pk))
    noted(MONDAY + HOUR)

    assert send(TUESDAY) == 1
    assert "Neu, Beteiligung: Ein Park für alle\nhttp" in digests()[0].text


@pytest.mark.parametrize(("word", "identity"), [("verfahren", "park"), ("kommune", "olpe")])
def test_many_answers_of_a_day_are_one_piece_of_news(cast: Cast, park: Process, word: str, identity: str) -> None:
    follows(thing(word, identity))
    answered(cast, park, MONDAY + HOUR)

    assert whats() == ["answered"]
    assert [send(TUESDAY + step) for step in (0 * HOUR, HOUR, DAY)] == [1, 0, 0]
    [mail] = digests()
    assert mail.text.count("Es gibt Antworten der Verwaltung, Beteiligung: Ein Park für alle\nhttp") == 1
    assert "/beteiligung/park/" in mail.text
    answered(cast, park, TUESDAY + 2 * DAY)
    assert send(TUESDAY + 3 * DAY) == 1


def test_answers_of_a_process_that_is_not_public_are_told_to_nobody(cast: Cast, park: Process) -> None:
    follows(thing("verfahren", "park"), thing("kommune", "olpe"))
    answered(cast, park, MONDAY + HOUR)
    Process.objects.update(publication="draft", published_at=None)
    renew(NAME, str(park.pk))

    assert send(TUESDAY) == 0


def test_what_people_send_is_no_news(cast: Cast, park: Process) -> None:
    follows(thing("verfahren", "park"), thing("kommune", "olpe"), thing("suche", q="Bank"))
    one = said(park, "Eine Bank am Ufer.", title="Bank", now=MONDAY)
    renew(NAME, idea_group(one.pk))
    noted(MONDAY + HOUR)

    assert whats() == []
    assert send(TUESDAY) == 0


def test_phase_that_begins_and_ends_is_told_once_each_however_often_the_job_runs(cast: Cast, park: Process) -> None:
    follows(thing("verfahren", "park"))
    Phase.objects.create(process=park, kind="questions", title="Fragen", starts_at=MONDAY, ends_at=MONDAY + 21 * DAY)

    def a_day_of(begin: datetime) -> list[str]:
        known = set(News.objects.values_list("pk", flat=True))
        for hour in range(-3, 30, 3):
            telling.announce_phases(now=begin + hour * HOUR)
        Worker().run_until_idle()
        new = News.objects.exclude(pk__in=known)
        found = list(new.values_list("what", flat=True))
        new.update(at=begin + HOUR, day=(begin + HOUR).date())
        return found

    assert a_day_of(MONDAY) == ["opened"]
    assert a_day_of(MONDAY) == [], "the job ran again on another day"
    assert send(TUESDAY) == 1
    assert "Ein Abschnitt beginnt, Beteiligung: Ein Park für alle" in digests()[-1].text
    assert a_day_of(MONDAY + 18 * DAY) == ["closing"]
    assert send(TUESDAY + 18 * DAY) == 1
    assert "Ein Abschnitt endet bald, Beteiligung: Ein Park für alle" in digests()[-1].text


def test_phase_that_ran_when_the_process_was_published_does_not_begin_once_more(cast: Cast, park: Process) -> None:
    Phase.objects.create(
        process=park, kind="questions", title="Fragen", starts_at=MONDAY - 2 * HOUR, ends_at=MONDAY + DAY
    )
    Phase.objects.create(process=park, kind="information", title="Lesen", starts_at=MONDAY, ends_at=MONDAY + DAY)
    Process.objects.update(published_at=MONDAY - HOUR)

    telling.announce_phases(now=MONDAY + HOUR)
    Worker().run_until_idle()

    assert whats() == []


def test_what_came_of_it_is_told_when_it_is_there(cast: Cast, park: Process) -> None:
    follows(thing("kommune", "olpe"))

    def write(result: str) -> None:
        park.refresh_from_db()
        fields = {name: getattr(park, name) for name in processes.FIELDS} | {"result": result}
        processes.change(
            actor=cast.olpe_editor, process=park, seen=park.changed_at.isoformat(), now=MONDAY, terms=(), events=(),
            phases=[processes.PhaseEntry(one.pk, one.title, one.text, one.starts_at, one.ends_at) for one in park.phases.all()],
            **fields,
        )  # fmt: skip

    write("Es wird gebaut.")
    write("Es wird gebaut, im Mai.")
    noted(MONDAY + HOUR)

    assert sorted(whats()) == ["changed", "result"]
    assert send(TUESDAY) == 1
    assert "Was daraus wurde, Beteiligung: Ein Park für alle" in digests()[0].text


def test_page_of_a_process_leads_to_following_it(park: Process) -> None:
    page = Client().get("/beteiligung/park/").content.decode()
    assert "/folgen/?was=verfahren&amp;id=park" in page
    assert "Ein Park für alle" in Client().get("/folgen/?was=verfahren&id=park").content.decode()
    Process.objects.update(publication="draft", published_at=None)
    assert Client().get("/folgen/?was=verfahren&id=park").status_code == 404
