"""Loading a region: whole files or nothing, and every refusal says where."""

import io
import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client

from andock.organisations.models import Municipality, Organisation, Region
from andock.strategy.models import DockingPeriod, Edition

pytestmark = pytest.mark.django_db
SUEDWESTFALEN = Path(__file__).parents[2] / "regions" / "suedwestfalen"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SUEDWESTFALEN, tmp_path / "region"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


def load(folder: Path) -> None:
    call_command("load_region", folder, verbosity=0)


def test_region_is_loaded_with_its_people_and_editions(folder: Path) -> None:
    load(folder)

    assert Municipality.objects.count() == 59
    assert sum(town.population for town in Municipality.objects.all()) == 1_387_984
    assert list(Edition.objects.values_list("ordinal", "state")) == [
        (1, "superseded"),
        (2, "superseded"),
        (3, "in_force"),
        (4, "consultation"),
    ]
    assert DockingPeriod.objects.filter(role="participating").count() == 14


def test_loading_twice_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(folder)

    call_command("load_region", folder)

    said = [line for line in capsys.readouterr().out.splitlines() if ": " in line and "." in line.split(":")[0]]
    assert len(said) == 38
    assert not [line for line in said if " 0 neu, 0 geändert" not in line]


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("municipalities.csv", "05966024,059660024024", "05966024,059660024025", "municipalities.csv, Zeile 34, ars"),
        ("municipalities.csv", "05966024,059660024024", "0596602,059660024024", "municipalities.csv, Zeile 34, ags"),
        ("municipalities.csv", ",24961,", ",viele,", "municipalities.csv, Zeile 34, population"),
        ("districts.csv", "05966,", "5966,", "districts.csv"),
        ("dockings.csv", "2019-07-09", "09.07.2019", "dockings.csv, Zeile 2, since"),
        ("dockings.csv", "pioneer", "pionier", "dockings.csv, Zeile 2, role"),
        ("tiles.csv", "05958004", "05958005", "tiles.csv, Zeile 2, ags"),
        ("editions/1.yaml", "format: andock-edition/1", "format: andock-edition/9", "editions/1.yaml"),
        ("region.yaml", "slug: ", "slug: [", "region.yaml, Zeile"),
    ],
)
def test_bad_row_is_refused_with_its_place(folder: Path, name: str, old: str, new: str, place: str) -> None:
    spoil(folder, name, old, new)

    with pytest.raises(CommandError, match=place.replace(".", r"\.")):
        load(folder)


def test_bad_row_leaves_nothing_of_its_file(folder: Path) -> None:
    spoil(folder, "municipalities.csv", ",24961,", ",viele,")

    with pytest.raises(CommandError):
        load(folder)

    assert not Municipality.objects.exists()
    assert Organisation.objects.filter(kind="district").count() == 5
    assert not Region.objects.exists()


def test_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"region\.yaml"):
        load(tmp_path / "nowhere")


def test_edition_in_force_that_reads_differently_stays_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(folder)
    spoil(folder, "editions/3.yaml", "Gesamtziel", "Gesamtzweck")

    call_command("load_region", folder)

    assert "3. Auflage" in capsys.readouterr().out
    assert Edition.objects.get(ordinal=3).versions.filter(title="Gesamtziel").exists()


def test_region_without_tiles_gets_computed_places(folder: Path) -> None:
    (folder / "tiles.csv").unlink()

    load(folder)

    places = set(Municipality.objects.values_list("tile_column", "tile_row"))
    assert len(places) == 59
    assert (None, None) not in places


def test_region_without_words_of_its_own_is_loaded_and_shown(folder: Path, client: Client) -> None:
    content = yaml.safe_load((folder / "region.yaml").read_text())
    for key in ("labels", "sources", "home", "joining"):
        del content[key]
    (folder / "region.yaml").write_text(yaml.safe_dump(content, allow_unicode=True))

    load(folder)

    assert client.get("/").status_code == 200
    assert Region.objects.get().label("strategy") == ""


def test_new_name_in_the_file_moves_the_town_and_its_old_address_leads_on(folder: Path, client: Client) -> None:
    load(folder)
    spoil(folder, "municipalities.csv", ",Olpe,", ",Olpe am See,")

    load(folder)

    assert Municipality.objects.get(ags="05966024").organisation.name == "Olpe am See"
    assert Municipality.objects.count() == 59
    assert client.get("/kommunen/olpe/").headers["Location"] == "/kommunen/olpe-am-see/"


def test_file_that_still_has_the_old_name_does_not_undo_a_renaming(folder: Path) -> None:
    load(folder)
    call_command("rename_organisation", "olpe", "Olpe am See", stdout=io.StringIO())

    load(folder)

    assert Municipality.objects.get(ags="05966024").organisation.name == "Olpe am See"
    assert Municipality.objects.count() == 59
