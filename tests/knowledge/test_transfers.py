"""Transfers: what the database refuses, the region's table, the page, the file and counting again."""

from __future__ import annotations

import csv
import html
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from andock.kernel.pagecache.models import Version
from andock.knowledge.choices import SizeClass
from andock.knowledge.loader import load_transfers
from andock.knowledge.models import Transfer, TransferStage
from andock.organisations.models import Municipality, Organisation, Term
from andock.organisations.region_folder import Refused, RegionFolder
from tests.accounts.cast import Cast
from tests.factories.accounts import organisation
from tests.factories.knowledge import reached, solution, transfer
from tests.knowledge.test_loader import REGION, load_all

pytestmark = pytest.mark.django_db
PAGE = "/nachnutzung/"
DAY = "2026-05-04"
HEAD = (REGION / "transfers.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def page(path: str = PAGE) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def figures(shown: str) -> list[str]:
    """The bold numbers of the figures, in order."""
    return re.findall(r"<dd><strong>([^<]+)</strong>", shown)


# --- the database -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"stage": "bald"}, "transfer_stage_known"),
        ({"source": ""}, "transfer_stage_report_has_source"),
        ({"first_day": date(2026, 1, 2), "last_day": date(2026, 1, 1)}, "transfer_stage_days_in_order"),
    ],
)
def test_database_refuses_a_stage_that_cannot_be(cast: Cast, values: dict, constraint: str) -> None:
    made = transfer(solution(cast.olpe), cast.soest)
    stage = TransferStage(transfer=made, stage="decided", date_text="2024", source="Zeitung")
    stage.put_days()
    for name, value in values.items():
        setattr(stage, name, value)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        stage.save(force_insert=True)


def test_database_keeps_what_was_told(cast: Cast) -> None:
    told = reached(transfer(solution(cast.olpe), cast.soest), "decided", "2024")

    for act in (lambda: TransferStage.objects.update(stage="ended"), TransferStage.objects.all().delete):
        with pytest.raises(Error, match="cannot change"), transaction.atomic():
            act()

    assert TransferStage.objects.get().stage == told.stage


def test_row_is_replaced_once_and_a_transfer_is_there_once(cast: Cast) -> None:
    card = solution(cast.olpe)
    made = transfer(card, cast.soest)
    first = reached(made, "decided", "2024")
    reached(made, "implementing", "2024", replaces=first)

    with pytest.raises(IntegrityError), transaction.atomic():
        reached(made, "ended", "2025", replaces=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        transfer(card, cast.soest)
    with pytest.raises(IntegrityError, match="transfer_from_somebody_else"), transaction.atomic():
        transfer(card, cast.agency, giver=cast.agency)


# --- the region's table -----------------------------------------------------------------------------------------------
def test_documented_transfers_are_reported_and_none_is_confirmed(settings: Any) -> None:
    settings.ANDOCK_DEMO = False
    load_all()

    found = {
        (stage.transfer.solution.code, stage.transfer.receiver.slug, stage.stage, stage.date_text)
        for stage in TransferStage.objects.select_related("transfer__solution", "transfer__receiver")
    }

    pioneers = ("arnsberg", "bad-berleburg", "menden", "olpe", "soest")
    assert {row[:3] for row in found} == {
        *(("P001", slug, "implementing") for slug in pioneers),
        ("P098", "olpe", "interested"),
        ("P098", "bamberg", "interested"),
        ("P036", "bad-berleburg", "interested"),
    }
    assert not TransferStage.objects.filter(is_confirmed=True).exists()
    assert not TransferStage.objects.filter(source="").exists()
    assert {made.giver.name for made in Transfer.objects.filter(solution__code="P001")} == {"Stadt Paderborn"}
    assert not Transfer.objects.get(receiver__slug="bamberg").receiver.inside_region

    versions = dict(Version.objects.values_list("scope", "stamp"))
    report = load_transfers(RegionFolder(REGION))
    assert (report.created, report.changed, report.unchanged) == (0, 0, 8)
    assert dict(Version.objects.values_list("scope", "stamp")) == versions


def write(folder: Path, *rows: dict[str, str]) -> RegionFolder:
    usual = {
        "id": "T1", "solution": "P1", "receiver": "soest", "stage": "decided", "date": "2024", "recorded_on": "2025-01-01",
        "source": "Zeitung",
    }  # fmt: skip
    with (folder / "transfers.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEAD, restval="")
        table.writeheader()
        table.writerows(usual | row for row in rows)
    return RegionFolder(folder)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"solution": "P9"}, "solution: „P9“ führt zu nichts"),
        ({"receiver": "niemand"}, "receiver: „niemand“ führt zu nichts"),
        ({"receiver": "olpe"}, "receiver: Niemand übernimmt eine Lösung von sich selbst"),
        ({"giver": "niemand"}, "giver: „niemand“ führt zu nichts"),
        ({"giver": "soest"}, "receiver: Niemand übernimmt eine Lösung von sich selbst"),
        ({"stage": "bald"}, "stage: „bald“"),
        ({"date": "bald"}, "date: "),
        ({"date": ""}, "date: Diese Zelle darf nicht leer sein"),
        ({"source": ""}, "source: Nennen Sie die Quelle"),
        ({"cost": "viel"}, "cost: „viel“ ist keine ganze Zahl"),
        ({"adapted": "ja"}, "adapted: "),
        ({"recorded_on": "2025"}, "recorded_on: „2025“ ist kein Tag"),
        ({"id": "T0"}, "id: Dieser Name steht in einer früheren Zeile"),
        ({"replaces": "T9"}, "replaces: „T9“ muss in einer früheren Zeile stehen"),
        ({"replaces": "T0", "receiver": "agentur"}, "replaces: „T0“ gehört zu einer anderen Übernahme"),
        ({"replaces": "T0", "recorded_on": "2024-12-31"}, "recorded_on: Das liegt vor dem Tag der Zeile"),
        ({"stage": "retracted"}, "replaces: Nennen Sie die Zeile, die sagt, was nie so war"),
        ({"receiver": "agentur", "giver": "bonn"}, "giver: Das geht im Kreis: von dort zurück zu Agentur"),
        ({"version": "2"}, "version: Die erste Zeile dieser Übernahme sagt etwas anderes"),
    ],
)
def test_line_that_does_not_fit_is_refused_with_its_column(
    cast: Cast, tmp_path: Path, values: dict, reason: str
) -> None:
    card = solution(cast.olpe, code="P1")
    transfer(card, organisation("bonn"), giver=organisation("ahaus"))
    transfer(card, Organisation.objects.get(slug="ahaus"), giver=cast.agency)

    with pytest.raises(Refused) as refused:
        load_transfers(write(tmp_path, {"id": "T0", "version": "1"}, values))

    assert TransferStage.objects.count() == 0
    assert "transfers.csv, Zeile 3, " in str(refused.value)
    assert reason in str(refused.value)


def test_correction_in_the_table_is_added_and_loading_twice_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    solution(cast.olpe, code="P1")
    load_transfers(write(tmp_path, {"version": "1", "adapted": "true"}))
    first = TransferStage.objects.get()

    rows = ({"version": "1", "adapted": "true"}, {"id": "T2", "stage": "implementing", "replaces": "T1"})
    reports = [load_transfers(write(tmp_path, *rows)) for _time in range(2)]

    assert [(report.created, report.unchanged) for report in reports] == [(1, 1), (0, 2)]
    assert TransferStage.objects.get(code="T2").replaces == first
    assert Transfer.objects.get().adapted


def test_circle_within_a_file_is_refused_at_the_line_that_closes_it(cast: Cast, tmp_path: Path) -> None:
    solution(cast.olpe, code="P1")
    rows = ({"giver": "agentur"}, {"id": "T2", "receiver": "agentur", "giver": "soest"})

    with pytest.raises(Refused, match="Zeile 3, giver: Das geht im Kreis"):
        load_transfers(write(tmp_path, *rows))


def test_row_that_comes_too_late_is_left_out_and_told_and_what_the_site_says_stays(cast: Cast, tmp_path: Path) -> None:
    solution(cast.olpe, code="P1")
    first = {"id": "T1"}
    load_transfers(write(tmp_path, first))
    told = TransferStage.objects.get()
    on_site = reached(told.transfer, "in_operation", "2024", is_confirmed=True, replaces=told)
    rows = (
        first,
        {"id": "T2", "stage": "implementing", "replaces": "T1"},
        {"id": "T3", "stage": "ended", "replaces": "T2"},
        {"id": "T4", "stage": "interested"},
    )

    reports = [load_transfers(write(tmp_path, *rows)) for _time in range(2)]

    assert [(report.created, report.unchanged, len(report.notes)) for report in reports] == [(1, 1, 2), (0, 2, 2)]
    assert reports[0].notes[0].startswith("transfers.csv, Zeile 3, replaces: Auf der Seite steht schon eine andere")
    assert {stage.code for stage in TransferStage.objects.all()} == {"T1", "", "T4"}
    assert TransferStage.objects.get(replaces=told) == on_site


def test_file_takes_back_what_never_happened(cast: Cast, tmp_path: Path) -> None:
    solution(cast.olpe, code="P1")

    load_transfers(write(tmp_path, {"stage": "in_operation"}, {"id": "T2", "stage": "retracted", "replaces": "T1"}))

    assert figures(page()) == ["0", "0"]


# --- the page ---------------------------------------------------------------------------------------------------------
def fill(cast: Cast) -> None:
    """Soest has confirmed, the agency is reported, the region has ended; one thing was corrected on 2025-06-01."""
    app, sensor = solution(cast.olpe, title="App"), solution(cast.soest, title="Sensor")
    soest = transfer(app, cast.soest)
    reached(soest, "interested", "2024-01-01")
    wrong = reached(soest, "decided", "2024-03-01", recorded_on=date(2025, 1, 1))
    reached(soest, "in_operation", "2024-03-01", recorded_on=date(2025, 6, 1), is_confirmed=True, replaces=wrong)
    reached(transfer(app, cast.agency, version="2.1"), "in_operation", "[..2024]")
    over = transfer(sensor, cast.agency)
    reached(over, "in_operation", "2020")
    reached(over, "ended", "2022", source="Zeitung")
    reached(transfer(sensor, cast.olpe), "in_operation", "2025")


def test_page_shows_the_figures_of_a_day_as_known_today_and_on_that_day(cast: Cast) -> None:
    fill(cast)

    shown = page(f"{PAGE}?am=2025-05-31")

    assert figures(shown) == ["1", "2–3", "60 Tage", "0", "1–2"]
    assert "Stand des Wissens heute" in shown
    assert "31. Mai 2025" in shown
    assert figures(page()) == ["1", "3", "60 Tage"]
    assert figures(page(f"{PAGE}?am=2019-12-31")) == ["0", "0–1", "0", "0"]


def test_page_lists_transfers_under_their_solution_with_stage_and_who_says_so(cast: Cast) -> None:
    fill(cast)

    shown = re.sub(r"\s+", " ", page())

    assert re.findall(r"<h2 id=\"l\d\"[^>]*><a[^>]*>([^<]+)</a>", shown) == ["App", "Sensor"]
    assert "in Betrieb, 1. März 2024" in shown
    assert "beendet, 2022" in shown
    assert shown.count("berichtet</span>") == 3
    assert shown.count("bestätigt</span>") == 1
    assert "2.1" in shown


def table(shown: str, number: int) -> list[tuple[str, ...]]:
    """The rows of a table of figures: word, confirmed, reported, time."""
    found = re.findall(r"<tbody>(.*?)</tbody>", shown, re.DOTALL)[number]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found.split("<tr>")[1:]]
    return [tuple(re.sub(r"<[^>]+>|\s", "", cell) for cell in row) for row in cells]


def peopled(place: Organisation, people: int, ags: str) -> None:
    """It is a town of so many people."""
    Municipality.objects.create(
        organisation=place, ags=ags, ars=f"{ags[:5]}0{ags[5:]}{ags[5:]}", kind="town", population=people,
        population_on=date(2023, 12, 31), area_km2=10, latitude=51.0, longitude=8.0,
    )  # fmt: skip


def by_topic_and_size(cast: Cast) -> None:
    """Soest (24,000) has an app and a sensor, Olpe (9,999) a sensor, both confirmed; the agency is reported."""
    peopled(cast.soest, 24_000, "05974040")
    peopled(cast.olpe, 9_999, "05966024")
    climate, green = (
        Term.objects.create(vocabulary="topics", slug=slug, labels={"de": slug.title()}, position=place)
        for place, slug in enumerate(("klima", "umwelt"))
    )
    field = Term.objects.create(vocabulary="fields", slug="klima", labels={"de": "Klima"})
    app, sensor = solution(cast.olpe), solution(cast.agency)
    app.terms.add(climate, field)
    sensor.terms.add(climate, green)
    for card, receiver in ((app, cast.soest), (sensor, cast.soest), (sensor, cast.olpe)):
        reached(transfer(card, receiver), "in_operation", "2024", is_confirmed=True)
    reached(Transfer.objects.get(solution=app), "interested", "2023-12-31")
    reached(transfer(app, cast.agency), "in_operation", "2026")
    reached(transfer(solution(cast.soest), cast.agency), "in_operation", "2024")


def test_page_counts_by_topic_and_by_size_of_the_receiver(cast: Cast) -> None:
    by_topic_and_size(cast)

    shown = page(f"{PAGE}?am=2025-05-31")

    assert table(shown, 0) == [("Klima", "2", "2", "1bis366Tage"), ("Umwelt", "2", "2", "–")]
    assert table(shown, 1) == [
        ("unter10.000Menschen", "1", "1", "–"),
        ("10.000bis25.000Menschen", "1", "1", "1bis366Tage"),
        ("Einwohnerzahlhiernichtbekannt", "0", "1", "–"),
    ]
    assert table(page(f"{PAGE}?am=2026-06-30"), 0)[0] == ("Klima", "2", "2–3", "1bis366Tage")
    assert "ergeben die Zeilen zusammen nicht das Ganze" in shown
    assert "<tbody>" not in page(f"{PAGE}?am=2000-01-01")


def test_file_tells_topic_and_size_so_that_a_stranger_counts_by_them(cast: Cast) -> None:
    by_topic_and_size(cast)

    answer = Client().get(f"{PAGE}uebernahmen.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(answer.splitlines(), delimiter=";"))

    climate = {row["receiver"] for row in rows if "klima" in row["topics"].split(";") and row["latest"] < "2025"}
    assert len(climate) == 2
    assert {row["size"] for row in rows} == {"up_to_10000", "up_to_25000", ""}
    assert {row["topics"] for row in rows} == {"klima", "klima;umwelt", ""}


@pytest.mark.parametrize(
    ("people", "size"),
    [
        (9_999, "up_to_10000"), (10_000, "up_to_25000"), (24_999, "up_to_25000"), (25_000, "up_to_50000"),
        (49_999, "up_to_50000"), (50_000, "from_50000"), (None, ""),
    ],
)  # fmt: skip
def test_size_class_begins_with_its_first_number(people: int | None, size: str) -> None:
    assert SizeClass.of(people) == size


def test_lines_to_count_again_speak_the_language_of_the_page(cast: Cast) -> None:
    assert "&quot;bestätigt,&quot;" in page()
    english = page(f"/en{PAGE}")
    assert "&quot;confirmed,&quot;" in english
    assert "bestätigt" not in re.search(r'<pre id="zeilen">(.*?)</pre>', english, re.DOTALL)[1]


def test_page_says_what_a_day_needs_and_keeps_what_was_typed(cast: Cast) -> None:
    shown = page(f"{PAGE}?am=gestern")

    assert "Das ist kein Tag im Kalender" in shown
    assert 'value="gestern"' in shown
    assert "An diesem Tag hatte" in shown


def test_transfers_of_drafts_are_not_shown(cast: Cast) -> None:
    card = solution(cast.olpe, title="Geheim", publication="draft")
    reached(transfer(card, cast.soest), "in_operation", "2024")

    assert "Geheim" not in page()
    assert "Geheim" not in page(f"{PAGE}uebernahmen.csv")
    assert figures(page()) == ["0", "0"]


def test_card_says_who_has_taken_it_over(cast: Cast) -> None:
    card = solution(cast.olpe, title="App")
    path = f"/loesungen/{card.slug}/"
    assert "Übernommen von" not in page(path)

    reached(transfer(card, cast.soest, giver=cast.agency), "decided", "2024-05")

    shown = page(path)
    assert "Übernommen von" in shown
    assert "beschlossen, Mai 2024" in shown
    assert f"von {cast.agency.name}" in shown


@pytest.mark.parametrize("query", ["", "?am=2025-05-31", "?am=2020-06-30", "?am=2021-12-31", "?am=2022-12-31"])
def test_stranger_counts_again_with_the_ten_lines_beside_the_file(cast: Cast, tmp_path: Path, query: str) -> None:
    fill(cast)
    (tmp_path / "uebernahmen.csv").write_bytes(Client().get(f"{PAGE}uebernahmen.csv").content)
    shown = page(f"{PAGE}{query}")
    lines = html.unescape(re.search(r'<pre id="zeilen"><code>(.*?)</code></pre>', shown, re.DOTALL)[1])
    assert len(lines.strip().splitlines()) == 10
    today = timezone.localdate().isoformat()
    known_today = re.sub(r'(day, known = "[^"]+", )"[^"]+"', rf'\1"{today}"', lines)

    counted = [_run(text, tmp_path) for text in dict.fromkeys((known_today, lines))]

    certain = [number.partition("–")[0] for number in figures(shown) if "Tag" not in number]
    assert counted == [f"{one} bestätigt,\n{two} berichtet\n" for one, two in zip(certain[::2], certain[1::2], strict=True)]  # fmt: skip


def _run(lines: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", lines], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def test_file_holds_replaced_rows_and_runs_nothing_in_a_spreadsheet(cast: Cast) -> None:
    first = reached(transfer(solution(cast.olpe, title="=1+1"), cast.soest), "decided", "2024-05")
    reached(first.transfer, "in_operation", "2024", replaces=first, recorded_on=first.recorded_on + timedelta(days=1))

    answer = Client().get(f"{PAGE}uebernahmen.csv")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))

    assert answer["Content-Disposition"] == 'attachment; filename="uebernahmen.csv"'
    assert [(row["stage"], row["earliest"], row["latest"]) for row in rows] == [
        ("decided", "2024-05-01", "2024-05-31"),
        ("in_operation", "2024-01-01", "2024-12-31"),
    ]
    assert [row["replaced_on"] for row in rows] == [(first.recorded_on + timedelta(days=1)).isoformat(), ""]
    assert {row["title"] for row in rows} == {"'=1+1"}
