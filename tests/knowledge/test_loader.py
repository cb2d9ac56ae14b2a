"""The solutions and guides of a region's folder."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from andock.kernel.modules import loaders
from andock.knowledge.loader import load_guides, load_solutions
from andock.knowledge.models import Guide, Solution
from andock.organisations.models import Organisation, Region
from andock.organisations.region_folder import Refused, RegionFolder

REGION = Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"
HEADS = {name: (REGION / name).read_text(encoding="utf-8").splitlines()[0] for name in ("solutions.csv", "guides.csv")}


def load_all() -> None:
    for load in loaders():
        if load.__module__.split(".")[1] in {"organisations", "strategy", "events", "knowledge"}:
            load(RegionFolder(REGION))


@pytest.fixture
def suedwestfalen(db: None, settings: Any) -> None:
    settings.ANDOCK_DEMO = False
    load_all()


@pytest.fixture
def small(db: None, tmp_path: Path) -> Path:
    """A folder with one line of a table, and who may be named in it."""
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    region = Organisation.objects.create(slug="region", name="Region", kind="region")
    Region.objects.create(organisation=region, agency=agency)
    return tmp_path


def write(folder: Path, name: str = "solutions.csv", **values: str) -> RegionFolder:
    row = {"id": "P1", "title": "Sensoren", "kind": "sensors", "organisation": "agentur"} | values
    if name == "guides.csv":
        row = {"id": "G1", "title": "So geht es"} | values
    columns = list(dict.fromkeys([*HEADS[name].split(","), *row]))
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        table.writerow(row)
    return RegionFolder(folder)


# --- the real ones ----------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("suedwestfalen")
def test_hundred_real_projects_are_cards_that_say_only_what_is_known() -> None:
    cards = Solution.objects.filter(is_demonstration=False)

    assert cards.count() == 100
    assert Counter(cards.values_list("state", flat=True)) == {
        "operation": 37, "implementing": 31, "planned": 19, "finished": 10, "idea": 1, "": 2,
    }  # fmt: skip
    assert not cards.exclude(confirmed_on=None).exists()
    assert not cards.filter(source="").exists()
    assert not cards.exclude(cost_once_from=None).exists()
    assert cards.filter(budget__isnull=False).count() == 6
    assert cards.filter(verified=False).count() == 6
    assert not cards.filter(verified=False, note="").exists()


@pytest.mark.usefixtures("suedwestfalen")
def test_real_card_names_its_owner_its_passage_and_what_it_belongs_to() -> None:
    platform, menden = Solution.objects.get(code="P001"), Solution.objects.get(code="P098")

    assert platform.organisation.slug == "suedwestfalen"
    assert sorted(platform.partners.values_list("slug", flat=True)) == [
        "arnsberg", "bad-berleburg", "menden", "olpe", "soest",
    ]  # fmt: skip
    assert [str(element) for element in platform.elements.values_list("pk", flat=True)] == [
        "bae88387-de31-4401-b5b9-b8825d04e0f3"
    ]
    assert (menden.slug, menden.organisation.slug, str(menden.start)) == ("erlebnisstadt-menden", "menden", "Dezember 2025")  # fmt: skip
    assert [other.code for other in menden.related.all()] == ["P052"]
    assert Solution.objects.get(code="P065").budget == 731_000


@pytest.mark.usefixtures("suedwestfalen")
def test_twenty_five_guides_are_there_with_the_cards_they_are_about() -> None:
    assert Guide.objects.count() == 25
    assert Guide.objects.filter(verified=False).count() == 1
    about = Guide.objects.get(code="G21")
    assert (about.number, [one.code for one in about.solutions.all()]) == ("13-1", ["P050"])
    assert str(Guide.objects.get(code="G16").date) == "Februar 2022"
    assert Guide.objects.get(code="G01").organisation.slug == "suedwestfalen-agentur"


@pytest.mark.usefixtures("suedwestfalen")
def test_loading_twice_keeps_what_was_written() -> None:
    Solution.objects.filter(code="P001").update(title="Anders")
    Guide.objects.filter(code="G01").update(title="Auch anders")
    before = list(Solution.objects.order_by("pk").values_list("pk", "changed_at"))

    reports = [load_solutions(RegionFolder(REGION)), load_guides(RegionFolder(REGION))]

    assert [(report.created, report.changed, report.unchanged) for report in reports] == [(0, 0, 100), (0, 0, 25)]
    assert list(Solution.objects.order_by("pk").values_list("pk", "changed_at")) == before
    assert Solution.objects.get(code="P001").title == "Anders"
    assert Guide.objects.get(code="G01").title == "Auch anders"


# --- what does not fit ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"organisation": "niemand"}, "organisation: „niemand“ führt zu nichts"),
        ({"organisation": ""}, "organisation: "),
        ({"partners": "agentur;niemand"}, "„niemand“ führt zu nichts"),
        ({"terms": "topics/x"}, "terms: „topics/x“ führt zu nichts"),
        ({"elements": "00000000-0000-4000-8000-000000000000"}, "elements: "),
        ({"elements": "x"}, "elements: „x“ führt zu nichts"),
        ({"events": "x"}, "events: „x“ führt zu nichts"),
        ({"kind": "zauberei"}, "kind: „zauberei“"),
        ({"state": "bald"}, "state: „bald“"),
        ({"start": "gestern"}, "start: "),
        ({"start": "2024", "end": "2023"}, "end: Das Ende liegt vor dem Beginn"),
        ({"slug": "neu"}, "slug: „neu“ ist ein Wort unserer Adressen"),
        ({"slug": "zwei worte"}, "slug: "),
        ({"title": ""}, "title: "),
        ({"title": "x" * 201}, "title: Das ist länger als 200 Zeichen"),
        ({"id": ""}, "id: "),
        ({"id": "a;b"}, "id: „a;b“ ist kein Name"),
        ({"evidence_url": "irgendwo"}, "evidence_url: „irgendwo“ ist keine Webadresse"),
        ({"website": "javascript:alert(1)"}, "website: „javascript:alert(1)“ ist keine Webadresse"),
        ({"opencode_url": "ftp://a.example"}, "opencode_url: "),
        ({"cost_once": "viel"}, "cost_once: „viel“ ist keine Spanne"),
        ({"cost_once": "5-2"}, "cost_once: „5-2“ endet, bevor es beginnt"),
        ({"cost_once": "99999999999"}, "cost_once: "),
        ({"budget": "-4"}, "budget: "),
        ({"verified": "nein"}, "verified: "),
        ({"answers_until": "bald"}, "answers_until: "),
        ({"documents": "["}, "documents: "),
        ({"documents": '[{"kind": "x", "title": "y", "url": "https://a.example"}]'}, "documents: "),
        ({"documents": '[{"kind": "tender", "title": "y", "url": "javascript:x"}]'}, "documents: "),
        ({"documents": '[{"kind": "tender"}]'}, "documents: "),
        ({"text": "x" * 20_001}, "text: Das ist länger als 20000 Zeichen"),
    ],
)
def test_line_that_does_not_fit_is_refused_with_its_column_and_reason(small: Path, values: dict, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        load_solutions(write(small, **values))

    assert Solution.objects.count() == 0
    assert "solutions.csv, Zeile 2, " in str(refused.value)
    assert reason in str(refused.value)


def test_card_named_twice_is_refused(small: Path) -> None:
    folder = write(small)
    path = small / "solutions.csv"
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")

    with pytest.raises(Refused) as refused:
        load_solutions(folder)

    assert "Zeile 3, id: Das steht schon in Zeile 2" in str(refused.value)


def test_megabyte_of_text_in_a_cell_is_refused_in_a_sentence(small: Path) -> None:
    with pytest.raises(Refused) as refused:
        load_solutions(write(small, text="x" * 1_000_000))

    assert "Eine Zelle enthält mehr als 131072 Zeichen" in str(refused.value)
    assert Solution.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"organisation": "niemand"}, "„niemand“ führt zu nichts"),
        ({"solutions": "P999"}, "„P999“ führt zu nichts"),
        ({"terms": "topics/x"}, "„topics/x“ führt zu nichts"),
        ({"date": "bald"}, "date: "),
        ({"url": "irgendwo"}, "url: „irgendwo“ ist keine Webadresse"),
        ({"slug": "Zwei Worte"}, "Kürzel"),
    ],
)
def test_guide_that_does_not_fit_is_refused(small: Path, values: dict, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        load_guides(write(small, "guides.csv", **values))

    assert Guide.objects.count() == 0
    assert "guides.csv, Zeile 2" in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.django_db
def test_region_without_solutions_and_guides_has_none(tmp_path: Path) -> None:
    assert [load_solutions(RegionFolder(tmp_path)).created, load_guides(RegionFolder(tmp_path)).created] == [0, 0]
