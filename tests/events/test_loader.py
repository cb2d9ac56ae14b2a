"""The events of a region's folder, and the invented ones of the demonstration."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from andock.events import figures, people_pdf, people_queries
from andock.events.choices import RegistrationState, Room
from andock.events.loader import load_demonstration, load_events
from andock.events.models import Allotment, Event, Registration, Series
from andock.events.queries import room_of
from andock.events.services import seats
from andock.events.standing import standing
from andock.kernel.modules import loaders
from andock.organisations.models import Organisation, Region
from andock.organisations.region_folder import Refused, RegionFolder

REGION = Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"
HEAD = (REGION / "events.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.fixture
def suedwestfalen(db: None, settings: Any) -> None:
    """Südwestfalen as the demo has it: who there is, the strategy, the events."""
    settings.ANDOCK_DEMO = True
    load_all()


def load_all() -> None:
    for load in loaders():
        if load.__module__.split(".")[1] in {"organisations", "strategy", "events"}:
            load(RegionFolder(REGION))


@pytest.fixture
def small(db: None, tmp_path: Path) -> Path:
    """A folder with one line of the table, and who may be named in it."""
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    region = Organisation.objects.create(slug="region", name="Region", kind="region")
    Region.objects.create(organisation=region, agency=agency)
    return tmp_path


def write(folder: Path, **values: str) -> RegionFolder:
    row = {"slug": "abend", "title": "Abend", "kind": "talk", "start": "2030-05-08T18:00"} | values
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEAD.split(","))
        table.writeheader()
        table.writerow(row)
    return RegionFolder(folder)


# --- the real events --------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("suedwestfalen")
def test_real_events_are_there_with_their_precision() -> None:
    real = Event.objects.filter(is_demonstration=False)

    assert real.count() == 47
    assert Counter(event.partial_date.precision if event.partial_date else "minute" for event in real) == {
        "minute": 24, "day": 18, "month": 5,
    }  # fmt: skip
    assert not real.filter(last_day__gte=date(2026, 1, 1)).exists()
    assert not real.exclude(door="none").exists()
    assert real.filter(verified=False).count() == 9
    assert not real.filter(verified=False, note="").exists()
    assert not real.filter(source="").exists()


@pytest.mark.usefixtures("suedwestfalen")
def test_real_event_says_who_holds_it_and_what_it_presents() -> None:
    ministry, five = Event.objects.get(slug="modellprojekte-2019"), Event.objects.get(slug="rathausspitzen-2020")
    assert ministry.organisation.slug == five.organisation.slug == "suedwestfalen-agentur"
    assert ministry.host == "Bundesministerium des Innern, für Bau und Heimat"
    pioneers = ["arnsberg", "bad-berleburg", "menden", "olpe", "soest"]
    assert sorted(five.partners.values_list("slug", flat=True)) == pioneers

    shown = Event.objects.get(slug="vorstellung-der-rahmenstrategie")

    assert timezone.localtime(shown.starts_at).isoformat() == "2020-11-18T14:00:00+01:00"
    assert timezone.localtime(shown.ends_at).isoformat() == "2020-11-18T15:30:00+01:00"
    assert (shown.edition.ordinal, shown.format, shown.organisation.slug) == (1, "online", "suedwestfalen-agentur")


@pytest.mark.usefixtures("suedwestfalen")
def test_loading_twice_keeps_what_was_entered() -> None:
    Event.objects.filter(slug="konferenz-2022").update(title="Anders")
    Series.objects.filter(slug="konferenz").update(title="Auch anders")
    before = list(Event.objects.order_by("pk").values_list("pk", "changed_at"))

    reports = [*load_events(RegionFolder(REGION)), load_demonstration(RegionFolder(REGION))]

    assert [(report.created, report.changed) for report in reports] == [(0, 0)] * 3
    assert list(Event.objects.order_by("pk").values_list("pk", "changed_at")) == before
    assert Event.objects.get(slug="konferenz-2022").title == "Anders"
    assert Series.objects.get(slug="konferenz").title == "Auch anders"


# --- the demonstration ------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("suedwestfalen")
def test_demonstration_shows_every_state_at_its_distance_from_today() -> None:
    now = timezone.now()
    invented = Event.objects.filter(is_demonstration=True).prefetch_related("allotments")

    found = {event.slug: (standing(event, now).value, event.first_day - timezone.localdate()) for event in invented}

    assert found == {
        "werkstatt-marktplatz": ("free", timedelta(days=16)),
        "klassentreffen-wissen-weitergeben": ("few", timedelta(days=9)),
        "sensoren-fuer-den-garten": ("waiting_list", timedelta(days=12)),
        "austausch-in-der-pause": ("free", timedelta(days=5)),
        "spaziergang-barrieren-im-quartier": ("cancelled", timedelta(days=7)),
        "buergerabend-olpe-2030": ("over", timedelta(days=-1)),
    }


@pytest.mark.usefixtures("suedwestfalen")
def test_seats_of_the_demonstration_are_really_taken_and_counted() -> None:
    for allotment in Allotment.objects.all():
        assert seats.recount(allotment) == (allotment.taken, allotment.waiting), allotment
    waiting = Registration.objects.filter(state=RegistrationState.WAITING)
    assert list(waiting.order_by("ticket").values_list("ticket", flat=True)) == [1, 2, 3, 4, 5]
    assert Registration.objects.filter(arrived__gt=0).count() == 27
    garden = Allotment.objects.select_related("event").get(event__slug="sensoren-fuer-den-garten")
    assert room_of(garden) == Room.WAITING_LIST


@pytest.mark.usefixtures("suedwestfalen")
def test_figures_of_the_demonstration_count_its_people() -> None:
    for event in Event.objects.filter(is_demonstration=True):
        sums = figures.total(people_queries.movements(event))
        came = Registration.objects.filter(event=event, arrived__gt=0)
        assert sums.registered == sum(event.allotments.values_list("taken", flat=True)), event
        assert sums.waiting == sum(event.allotments.values_list("waiting", flat=True)), event
        assert sums.came == came.count(), event
        seats_of = people_queries.seats_taken_up(came)
        assert len(people_pdf.names_of_those_who_came(came, seats_of)) == came.count(), event


@pytest.mark.usefixtures("suedwestfalen")
def test_invented_people_are_recognisable_and_get_no_mail() -> None:
    people = yaml.safe_load((REGION / "demonstration" / "events.yaml").read_text(encoding="utf-8"))["people"]

    for registration in Registration.objects.all():
        given, family = registration.name.split(" ")
        assert given in people["first"]
        assert family in people["last"]
        assert registration.email.endswith("@demo.example")
    assert not DBTaskResult.objects.filter(task_path="andock.events.tasks.tell").exists()


@pytest.mark.django_db
def test_demonstration_is_for_the_demo_only(settings: Any) -> None:
    settings.ANDOCK_DEMO = False

    load_all()

    assert not Event.objects.filter(is_demonstration=True).exists()
    assert not Registration.objects.exists()


# --- what does not fit ------------------------------------------------------------------------------------------------
def test_event_without_organiser_is_the_agencys(small: Path) -> None:
    load_events(write(small))

    assert Event.objects.get().organisation.slug == "agentur"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"organiser": "niemand"}, "„niemand“ führt zu nichts"),
        ({"municipality": "99999999"}, "führt zu nichts"),
        ({"partners": "agentur;niemand"}, "„niemand“ führt zu nichts"),
        ({"series": "reihe"}, "„reihe“ führt zu nichts"),
        ({"edition": "7"}, "„7“ führt zu nichts"),
        ({"terms": "topics/x"}, "„topics/x“ führt zu nichts"),
        ({"elements": "00000000-0000-4000-8000-000000000000"}, "führt zu nichts"),
        ({"elements": "x"}, "UUID"),
        ({"kind": "party"}, "party"),
        ({"start": "gestern"}, "gestern"),
        ({"start": "2030-05-08T18"}, ""),
        ({"start": "2030-05-08Tabends"}, "kein Zeitpunkt. Schreiben Sie ihn so: 2026-05-04T18:00"),
        ({"end": "2030-05-09"}, "beide"),
        ({"end": "2030-05-08T17:00"}, "event_ends_later"),
        ({"start": "2030-05-08", "end": "2030-05-07"}, "event_days_in_order"),
        ({"slug": "monat"}, "event_slug_not_reserved"),
        ({"slug": "Ein Abend"}, "Kürzel"),
        ({"title": ""}, "leer"),
        ({"source": "irgendwo"}, "gültige Adresse"),
    ],
)
def test_line_that_does_not_fit_is_refused_with_its_reason(small: Path, values: dict, reason: str) -> None:
    if not reason:  # the hour alone is a time
        load_events(write(small, **values))
        assert Event.objects.count() == 1
        return
    with pytest.raises(Refused) as refused:
        load_events(write(small, **values))

    assert Event.objects.count() == 0
    assert "events.csv, Zeile 2" in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.django_db
def test_region_without_events_has_none(tmp_path: Path) -> None:
    assert load_events(RegionFolder(tmp_path)) == []
