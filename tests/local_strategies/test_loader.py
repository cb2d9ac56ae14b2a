"""Local strategies of a region folder: what the files say stands in the versions, and one take-over is open."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from andock.docking.items import KINDS
from andock.kernel.modules import loaders
from andock.local_strategies.loader import load_local_strategies
from andock.local_strategies.models import LocalStrategy, Run, Version
from andock.local_strategies.queries import run_value
from andock.organisations.models import Organisation
from andock.organisations.region_folder import Refused, RegionFolder
from andock.strategy.models import Edition

pytestmark = pytest.mark.django_db
REGION = Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"

SMALL = """
format: andock-local-strategy/1
organisation: olpe
versions:
  - number: 1
    title: Olpe
    edition: 1
    in_force_on: "2026-01-20"
    otherwise: adopted
    decisions:
      "2": {state: declined, reason: Zu teuer., reason_public: true}
      "1":
        blocks: {1: "Offene Daten für Olpe.", 2: ""}
        additions: [{after: 1, text: Jeden Tag.}]
"""


def load(folder: Path, text: str) -> list[str]:
    """Load one file; returns what was refused."""
    (folder / "local-strategies").mkdir(exist_ok=True)
    (folder / "local-strategies/olpe.yaml").write_text(text, encoding="utf-8")
    try:
        load_local_strategies(RegionFolder(folder))
    except Refused as refused:
        return [str(problem) for problem in refused.problems]
    return []


def test_shipped_region_has_an_open_take_over_with_every_kind_of_question() -> None:
    folder = RegionFolder(REGION)
    for loader in loaders():
        loader(folder)

    run = Run.objects.get()

    assert run.strategy.organisation.slug == "olpe"
    assert {item.kind for item in run_value(run).items} == set(KINDS)
    followed = Version.objects.filter(state="in_force").values_list("strategy__organisation__slug", "edition__ordinal")
    assert dict(followed) == {"arnsberg": 3, "bad-berleburg": 2, "menden": 1, "olpe": 2, "soest": 3}
    assert all(Version.objects.values_list("demonstration", flat=True))
    before = Counter(Version.objects.values_list("content_hash", flat=True))
    assert [report.unchanged for report in load_local_strategies(folder)] == [1] * 5
    assert Counter(Version.objects.values_list("content_hash", flat=True)) == before


def test_file_becomes_a_version_in_force(olpe: Organisation, edition: Edition, tmp_path: Path) -> None:
    assert load(tmp_path, SMALL) == []

    version = Version.objects.get()
    assert (version.state, str(version.in_force_on), version.edition.ordinal) == ("in_force", "2026-01-20", 1)
    shown = {row.base["label"]: (row.shown, row.reason_public) for row in version.decisions.all()}
    assert shown == {"1": ("adapted", False), "2": ("declined", True), "M01": ("adopted", False)}
    first = version.resolved["passages"][0]["element"]
    assert [block["text"] for block in first["blocks"]] == ["Offene Daten für Olpe.", "Jeden Tag."]


def test_strategy_people_have_begun_stays_theirs(
    draft: Version, olpe: Organisation, edition: Edition, tmp_path: Path
) -> None:
    load(tmp_path, SMALL)

    assert list(Version.objects.values_list("pk", "state")) == [(draft.pk, "drafting")]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (("olpe", "nirgends"), "organisation: Name a municipality"),
        (("edition: 1", "edition: 7"), "versions[0].edition: There is no such edition in force."),
        (('"2": {', '"9.9": {'), "versions[0].decisions[9.9]: There is no such element in edition 1."),
        (("reason: Zu teuer.", 'reason: ""'), "versions[0].decisions[2].reason: What is declined"),
        (('2: ""', '7: ""'), "versions[0].decisions[1].blocks: The element has no paragraph “7”"),
        (("otherwise: adopted", "otherwize: adopted"), "versions[0].otherwize: Nobody knows this name"),
        (("otherwise: adopted", "otherwise: undecided"), "versions: 1 core elements"),
        (("2026-01-20", "20. Januar"), "versions[0].in_force_on: “20. Januar” is not a day"),
    ],
)
def test_bad_file_is_refused_with_place_and_reason(
    olpe: Organisation, edition: Edition, tmp_path: Path, change: tuple[str, str], refused: str
) -> None:
    text = SMALL.replace(*change, 1)
    if change[1].endswith("undecided"):
        text = text.replace('"1":', '"M01":').replace('blocks: {1: "Offene Daten für Olpe.", 2: ""}', "title: X")
        text = text.replace("additions: [{after: 1, text: Jeden Tag.}]", "")

    found = load(tmp_path, text)

    assert found, "The file was accepted."
    assert f"local-strategies/olpe.yaml, {refused}" in found[0]
    assert not LocalStrategy.objects.exists()
