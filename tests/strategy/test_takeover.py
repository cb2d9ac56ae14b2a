"""Who follows whom, and what becomes of the docking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client

from andock.audit.models import Entry
from andock.kernel.pagecache.models import Version
from andock.kernel.permissions import Denied
from andock.organisations.models import Organisation, Succession
from andock.organisations.queries import municipalities_on
from andock.organisations.region_folder import RegionFolder
from andock.strategy.loader import load_dockings
from andock.strategy.models import Docking, DockingPeriod, Framework
from andock.strategy.queries import participation_on, pauses_on, periods_on, signatories_on
from andock.strategy.services.takeover import follow
from tests.accounts.cast import Cast, cast
from tests.factories.organisations import docked, municipality

__all__ = ["cast"]
DAY = "2027-01-01"
BEFORE, ON, LATER = date(2026, 12, 31), date(2027, 1, 1), date(2028, 5, 1)
PAGE = "/verwaltung/organisationen/nachfolge/"


class Towns:
    """Alt, a pioneer, and Klein, which participates, become Neu; Fern stays and participates."""

    def __init__(self, cast: Cast) -> None:
        Framework.objects.create(slug="rahmen", title="Rahmen", owner=cast.agency)
        keys = {"Alt": "05966001", "Klein": "05966002", "Neu": "05966003", "Fern": "05966004"}
        found = {name: municipality(name, ags, population=1000) for name, ags in keys.items()}
        docked(found["Alt"], "2019-07-09", "pioneer", basis="funder_selection")
        docked(found["Klein"], "[..2021-23]", basis="council_resolution")
        docked(found["Fern"], "2020")
        self.alt, self.klein, self.neu, self.fern = (town.organisation for town in found.values())


@pytest.fixture
def towns(cast: Cast) -> Towns:
    return Towns(cast)


def act(towns: Towns, docking: str = "taken_over", day: str = DAY, **changed: object) -> object:
    return follow(
        **{
            "actor": None, "predecessors": [towns.alt, towns.klein], "successor": towns.neu, "kind": "merger",
            "date": day, "docking": docking, "source": "https://example.org/gesetz",
        } | changed
    )  # fmt: skip


def figures(day: date) -> tuple[int, int, int, int]:
    """Certain, possible and all municipalities of a day, and the people of the certain ones."""
    found = participation_on(day, municipalities_on(day), periods_on(day))
    return found.certain, found.possible, found.total, found.population_certain


def periods(organisation: Organisation) -> list[tuple[str, str, str, str]]:
    return list(
        DockingPeriod.objects.filter(docking__organisation=organisation).values_list(
            "role", "basis", "since_text", "until_text"
        )
    )


def test_successor_takes_over_in_the_foremost_role_and_history_stays(towns: Towns) -> None:
    act(towns)

    assert periods(towns.neu) == [("pioneer", "taken_over", DAY, "")]
    assert periods(towns.alt) == [("pioneer", "funder_selection", "2019-07-09", DAY)]
    assert periods(towns.klein) == [("participating", "council_resolution", "[..2021-23]", DAY)]
    period = DockingPeriod.objects.get(docking__organisation=towns.neu)
    assert (period.note, period.source) == ("Übernimmt von Alt, Klein.", "https://example.org/gesetz")


def test_nothing_is_taken_over_unless_the_agency_says_so(towns: Towns) -> None:
    act(towns, docking="ended")

    assert periods(towns.neu) == []
    assert periods(towns.alt) == [("pioneer", "funder_selection", "2019-07-09", DAY)]
    assert [figures(day) for day in (BEFORE, ON, LATER)] == [(3, 3, 3, 3000), (1, 1, 2, 1000), (1, 1, 2, 1000)]


def test_nobody_is_counted_twice_on_any_day(towns: Towns) -> None:
    act(towns)

    assert [figures(day) for day in (BEFORE, ON, LATER)] == [(3, 3, 3, 3000), (2, 2, 2, 2000), (2, 2, 2, 2000)]


def test_predecessor_that_paused_does_not_go_on_pausing(towns: Towns) -> None:
    DockingPeriod.objects.filter(docking__organisation=towns.klein).update(
        until_text="2026", until_earliest=date(2026, 1, 1), until_latest=date(2026, 6, 1), ending="paused"
    )
    act(towns)

    assert [str(found.docking.organisation) for found in pauses_on(BEFORE)] == ["Klein"]
    assert pauses_on(ON) == []


@pytest.mark.parametrize("day", ["2026", "[..2026]", "[2026-03..2026]", "2026-12-31"])
def test_imprecise_date_leaves_every_day_certain(towns: Towns, day: str) -> None:
    act(towns, day=day)

    days = [date(2025, 12, 31), date(2026, 6, 1), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)]
    assert [figures(each)[:3] for each in days] == [(3, 3, 3)] * 3 + [(2, 2, 2)] * 2
    assert [len(signatories_on(each, Framework.objects.get())) for each in days] == [3, 3, 3, 2, 2]
    assert periods(towns.neu)[0][2] == day


def test_same_act_again_changes_nothing(towns: Towns) -> None:
    act(towns)
    rows = (DockingPeriod.objects.count(), Succession.objects.count(), Entry.objects.count())
    stamps = dict(Version.objects.values_list("scope", "stamp"))

    assert not act(towns)

    assert (DockingPeriod.objects.count(), Succession.objects.count(), Entry.objects.count()) == rows
    assert dict(Version.objects.values_list("scope", "stamp")) == stamps


def test_taking_over_can_be_added_to_an_act_recorded_before(towns: Towns) -> None:
    act(towns, docking="ended")

    followed = act(towns)

    assert (followed.acts, followed.ended, len(followed.begun)) == ([], [], 1)
    assert [figures(day)[0] for day in (BEFORE, ON)] == [3, 2]


def test_each_part_of_a_split_can_take_over(towns: Towns) -> None:
    parts = [municipality(name, ags).organisation for name, ags in (("Ost", "05966011"), ("West", "05966012"))]
    for part in parts:
        act(towns, predecessors=[towns.alt], successor=part, kind="split")

    assert [periods(part) for part in parts] == [[("pioneer", "taken_over", DAY, "")]] * 2
    assert periods(towns.alt) == [("pioneer", "funder_selection", "2019-07-09", DAY)]


def test_agreed_end_goes_over_with_the_docking(towns: Towns) -> None:
    DockingPeriod.objects.filter(docking__organisation=towns.alt).update(
        until_text="2029", until_earliest=date(2029, 1, 1), until_latest=date(2029, 12, 31)
    )
    act(towns, predecessors=[towns.alt], kind="new_key")

    assert periods(towns.neu) == [("pioneer", "taken_over", DAY, "2029")]
    assert periods(towns.alt)[0][3] == DAY


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"predecessors": ["olpe"], "kind": "new_key"}, "nichts zu übernehmen"),
        ({"successor": "fern", "kind": "absorbed"}, "ohnehin dabei"),
        ({"successor": "fern"}, "gab es also schon"),
        ({"day": "2018"}, "erst seit"),
        ({"day": "gestern"}, "kein Datum"),
        ({"predecessors": ["alt"], "successor": "alt"}, "kann nicht auf"),
        ({"successor": "agentur"}, "unterschiedlicher Art"),
    ],
)
def test_act_that_makes_no_sense_is_refused_with_a_sentence_and_leaves_nothing(
    towns: Towns, changed: dict, sentence: str
) -> None:
    named = dict(changed)
    if "predecessors" in named:
        named["predecessors"] = [Organisation.objects.get(slug=slug) for slug in named["predecessors"]]
    if "successor" in named:
        named["successor"] = Organisation.objects.get(slug=named["successor"])

    with pytest.raises(ValidationError, match=sentence):
        act(towns, **named)

    assert not Succession.objects.exists()
    assert not DockingPeriod.objects.exclude(until_text="").exists()
    assert Docking.objects.count() == 3


def test_second_and_contrary_act_is_refused(towns: Towns) -> None:
    act(towns)

    for changed in ({"day": "2028"}, {"kind": "absorbed"}, {"successor": towns.fern, "day": "2029"}):
        with pytest.raises(ValidationError, match="widerspricht"):
            act(towns, **changed)


def test_only_the_keeper_of_the_framework_ends_a_docking(cast: Cast, towns: Towns) -> None:
    with pytest.raises(Denied):
        act(towns, actor=cast.olpe_releaser)
    Framework.objects.update(owner=cast.soest)
    with pytest.raises(Denied, match="Soest"):
        act(towns, actor=cast.coordinator)

    assert not Succession.objects.exists()


def test_act_stands_in_the_trail_of_all(cast: Cast, towns: Towns) -> None:
    act(towns, actor=cast.coordinator)

    assert set(Entry.objects.filter(actor=cast.coordinator).values_list("organisation__slug", "action")) == {
        *((slug, "organisations.succeeded") for slug in ("alt", "klein", "neu")),
        ("alt", "strategy.docking_ended"),
        ("klein", "strategy.docking_ended"),
        ("neu", "strategy.docking_taken_over"),
    }


def test_loading_the_region_again_does_not_dock_the_predecessor_anew(towns: Towns, tmp_path: Path) -> None:
    act(towns)
    (tmp_path / "dockings.csv").write_text(
        "organisation,role,since,until,basis,verified,source,note\n05966001,pioneer,2019-07-09,,funder_selection,,,\n",
        encoding="utf-8",
    )

    load_dockings(RegionFolder(tmp_path))

    assert periods(towns.alt)[0][3] == DAY
    assert figures(ON)[:3] == (2, 2, 2)


def test_public_pages_of_both_tell_what_happened(client: Client, towns: Towns) -> None:
    act(towns)

    new, old = (client.get(f"/kommunen/{slug}/").content.decode() for slug in ("neu", "alt"))

    assert "Übernommen von der Vorgängerin" in new
    assert "Übernimmt von Alt, Klein." in new
    assert "bis 1. Januar 2027" in old


# --- the page ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def agency(cast: Cast, settings) -> Client:
    settings.ANDOCK_DEMO = True
    client = Client()
    client.force_login(cast.coordinator)
    return client


def filled(towns: Towns, **changed: object) -> dict[str, object]:
    return {
        "kind": "merger", "date": DAY, "successor": towns.neu.pk, "predecessors": [towns.alt.pk, towns.klein.pk],
        "docking": "taken_over", "source": "Gesetz vom 1. Mai 2026",
    } | changed  # fmt: skip


def test_page_shows_what_the_act_does_before_anything_is_recorded(agency: Client, towns: Towns) -> None:
    page = agency.post(PAGE, filled(towns)).content.decode()

    assert "2 von 2 Kommunen dabei, statt 3 von 4" in page  # the successor was loaded before
    assert "Übernimmt von Alt, Klein." in page
    assert not Succession.objects.exists()
    assert not DockingPeriod.objects.filter(docking__organisation=towns.neu).exists()
    assert not Entry.objects.exists()


def test_page_records_what_was_confirmed_and_leads_to_the_successor(agency: Client, towns: Towns) -> None:
    answer = agency.post(PAGE, filled(towns, step="record"))

    assert answer.url == "/kommunen/neu/"
    assert Succession.objects.count() == 2
    assert periods(towns.neu) == [("pioneer", "taken_over", DAY, "")]


def test_going_back_keeps_what_was_chosen(agency: Client, towns: Towns) -> None:
    page = agency.post(PAGE, filled(towns, step="back")).content.decode()

    assert page.count("checked") == 4  # the kind, two predecessors, the docking
    assert "Gesetz vom 1. Mai 2026" in page
    assert not Succession.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"date": "bald"}, "kein Datum"),
        ({"predecessors": []}, "Diese Angabe fehlt noch."),
        ({"docking": ""}, "Diese Angabe fehlt noch."),
        ({"kind": "new_key"}, "nur eine Vorgängerin"),
        ({"date": "2018"}, "erst seit"),
    ],
)
def test_page_says_what_does_not_fit(agency: Client, towns: Towns, changed: dict, sentence: str) -> None:
    answer = agency.post(PAGE, filled(towns, step="record") | changed)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Succession.objects.exists()


def test_merger_of_one_is_refused(agency: Client, towns: Towns) -> None:
    page = agency.post(PAGE, filled(towns, predecessors=[towns.alt.pk])).content.decode()

    assert "mindestens zwei" in page


def test_command_takes_several_predecessors_and_the_choice(towns: Towns, capsys: pytest.CaptureFixture) -> None:
    arguments = ("alt", "05966002", "neu", "--kind=merger", f"--date={DAY}", "--docking=taken_over")
    call_command("record_succession", *arguments)
    call_command("record_succession", *arguments)

    out = capsys.readouterr().out
    assert "Neu ist dabei seit 1. Januar 2027." in out
    assert "war schon eingetragen" in out
    with pytest.raises(CommandError, match="ohnehin dabei"):
        call_command("record_succession", "neu", "fern", "--kind=absorbed", "--date=2028", "--docking=taken_over")


def test_ended_periods_never_end_before_they_begin(towns: Towns) -> None:
    act(towns)

    assert not DockingPeriod.objects.filter(until_latest__lt=F("since_latest")).exists()
