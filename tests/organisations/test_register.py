"""New names and who follows whom."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from andock.audit.models import Entry
from andock.kernel.modules import loaders
from andock.kernel.permissions import Denied
from andock.organisations.models import Organisation, Region, Succession
from andock.organisations.queries import municipalities_on, named_organisation, region_figures
from andock.organisations.region_folder import RegionFolder
from andock.organisations.services.register import record_succession, rename_organisation
from tests.accounts.cast import Cast, cast
from tests.factories.organisations import municipality, region

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def towns() -> dict[str, Organisation]:
    """Alt and Klein merge into Neu; the three stand in the register."""
    region()
    keys = {"Alt": "05966001", "Klein": "05966002", "Neu": "05966003"}
    return {name: municipality(name, ags, population=500).organisation for name, ags in keys.items()}


def merge(towns: dict[str, Organisation], day: str = "2024-01-01", kind: str = "merger") -> None:
    for name in ("Alt", "Klein"):
        record_succession(actor=None, predecessor=towns[name], successor=towns["Neu"], kind=kind, date=day)


def names_on(day: date) -> set[str]:
    return {str(town) for town in municipalities_on(day)}


def test_renamed_town_keeps_all_former_addresses_in_every_language(client: Client) -> None:
    region()
    town = municipality("Olpe").organisation
    rename_organisation(actor=None, organisation=town, name="Olpe am See")
    rename_organisation(actor=None, organisation=town, name="Groß-Olpe")

    for old in ("/kommunen/olpe/", "/kommunen/olpe-am-see/"):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, "/kommunen/gross-olpe/")
    assert client.get("/en/kommunen/olpe/").headers["Location"] == "/en/kommunen/gross-olpe/"


def test_region_is_loaded_again_after_its_agency_and_itself_were_renamed(db: None) -> None:
    folder = RegionFolder(Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen")
    for load in loaders():
        load(folder)
    found = Region.objects.get()
    for organisation in (found.agency, found.organisation):
        rename_organisation(actor=None, organisation=organisation, name=f"{organisation.name} Neu")
    count = Organisation.objects.count()

    for load in loaders():
        load(folder)

    assert Organisation.objects.count() == count
    assert Region.objects.get().organisation.name == f"{found.organisation.name} Neu"


def test_name_going_back_takes_its_old_address_again(client: Client) -> None:
    region()
    town = municipality("Olpe").organisation
    rename_organisation(actor=None, organisation=town, name="Olpe am See")
    rename_organisation(actor=None, organisation=town, name="Olpe")

    assert client.get("/kommunen/olpe/").status_code == 200
    assert client.get("/kommunen/olpe-am-see/").headers["Location"] == "/kommunen/olpe/"


def test_former_address_is_never_given_to_another(towns: dict[str, Organisation]) -> None:
    rename_organisation(actor=None, organisation=towns["Alt"], name="Ganz Neu")

    with pytest.raises(ValidationError, match="führt zu Ganz Neu"):
        rename_organisation(actor=None, organisation=towns["Klein"], name="Alt")

    assert Organisation.objects.get(pk=towns["Klein"].pk).slug == "klein"


@pytest.mark.parametrize("name", ["", "   "])
def test_empty_name_is_refused(towns: dict[str, Organisation], name: str) -> None:
    with pytest.raises(ValidationError):
        rename_organisation(actor=None, organisation=towns["Alt"], name=name)


def test_merger_moves_lists_and_counts_on_its_day(towns: dict[str, Organisation]) -> None:
    merge(towns)

    assert names_on(date(2023, 12, 31)) == {"Alt", "Klein"}
    assert names_on(date(2024, 1, 1)) == {"Neu"}
    assert region_figures()["population"] == 500


def test_joining_an_existing_town_leaves_that_town_in_the_past(towns: dict[str, Organisation]) -> None:
    merge(towns, kind="absorbed")

    assert names_on(date(2023, 12, 31)) == {"Alt", "Klein", "Neu"}
    assert names_on(date(2024, 1, 1)) == {"Neu"}


def test_both_pages_tell_the_succession_with_its_precision(client: Client, towns: dict[str, Organisation]) -> None:
    merge(towns, "2024")

    old, new = (client.get(f"/kommunen/{slug}/").content.decode() for slug in ("alt", "neu"))

    assert 'Nachfolge: <a href="/kommunen/neu/">Neu</a> (Zusammenschluss, 2024).' in old
    assert 'Folgt auf <a href="/kommunen/alt/">Alt</a>' in new
    assert 'Folgt auf <a href="/kommunen/klein/">Klein</a>' in new


def test_succeeded_town_is_still_found_by_its_name(client: Client, towns: dict[str, Organisation]) -> None:
    merge(towns)

    assert client.get("/kommunen/", {"ort": "Klein"}).headers["Location"] == "/kommunen/klein/"


def test_succession_stands_in_the_trail_of_both(cast: Cast) -> None:
    record_succession(
        actor=cast.coordinator, predecessor=cast.olpe, successor=cast.soest, kind="absorbed", date="2024-01"
    )

    assert set(Entry.objects.values_list("organisation__slug", "action")) == {
        ("olpe", "organisations.succeeded"),
        ("soest", "organisations.succeeded"),
    }


def test_only_the_agency_keeps_the_register(cast: Cast) -> None:
    with pytest.raises(Denied):
        rename_organisation(actor=cast.olpe_releaser, organisation=cast.olpe, name="Groß-Olpe")
    with pytest.raises(Denied):
        record_succession(
            actor=cast.olpe_releaser, predecessor=cast.olpe, successor=cast.soest, kind="merger", date="2024"
        )

    assert not Succession.objects.exists()


def test_circle_is_refused(towns: dict[str, Organisation]) -> None:
    merge(towns)

    for predecessor, successor in (("Neu", "Alt"), ("Alt", "Alt")):
        with pytest.raises(ValidationError, match="kann nicht auf"):
            record_succession(
                actor=None, predecessor=towns[predecessor], successor=towns[successor], kind="split", date="2025"
            )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("alt", "neu", "--kind=merger", "--date=2024-13-01"), "steht in keinem Kalender"),
        (("alt", "neu", "--kind=merger", "--date=gestern"), "kein Datum"),
        (("alt", "nirgends", "--kind=merger", "--date=2024"), "keine Organisation „nirgends“"),
    ],
)
def test_command_refuses_bad_input_with_a_sentence(
    towns: dict[str, Organisation], arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("record_succession", *arguments)

    assert not Succession.objects.exists()


def test_same_act_twice_is_refused(towns: dict[str, Organisation]) -> None:
    call_command("record_succession", "05966001", "neu", "--kind=merger", "--date=2024", stdout=None)

    with pytest.raises(CommandError):
        call_command("record_succession", "alt", "neu", "--kind=merger", "--date=2025")


def test_command_renames_by_official_key(towns: dict[str, Organisation], capsys: pytest.CaptureFixture) -> None:
    call_command("rename_organisation", "05966001", "Uralt", "--slug", "uralt-ort")

    assert "/kommunen/uralt-ort/" in capsys.readouterr().out
    assert named_organisation("alt").name == "Uralt"
