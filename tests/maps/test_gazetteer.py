"""Places by name: read in, found as people write them, offered in a form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict

from andock.maps.forms import LocatedForm
from andock.maps.models import NamedPlace
from andock.maps.queries import places_named
from andock.maps.services.places import replace_gazetteer
from tests.factories.organisations import municipality

if TYPE_CHECKING:
    from andock.organisations.models import Municipality

CSV = 'name,kind,point\nLindenstraße,Straße,"51.03, 7.84"\n"Am Kühlen Grunde",,51.04 7.85\n'


def load(*places: tuple[str, str, tuple[float, float]]) -> None:
    replace_gazetteer(places=places, attribution="© Amt")


def test_file_replaces_all_places(db: None, tmp_path: Path, capsys) -> None:
    load(("Alte Gasse", "", (51, 7)))
    (tmp_path / "orte.csv").write_text(CSV, encoding="utf-8-sig")

    call_command("import_gazetteer", tmp_path / "orte.csv", attribution="© Kreis Olpe")

    assert set(NamedPlace.objects.values_list("name", "kind", "latitude", "longitude", "attribution")) == {
        ("Lindenstraße", "Straße", 51.03, 7.84, "© Kreis Olpe"), ("Am Kühlen Grunde", "", 51.04, 7.85, "© Kreis Olpe"),
    }  # fmt: skip
    assert "2 Orte" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name,kind,point\n,,"51, 7"\n', "line 2|Zeile 2"),
        ("name,kind,point\nGasse,,hier\n", "Breite und Länge"),
        ('name,kind,point\nGasse,,"0, 0"\n', "Breite und Länge"),
        ("name,kind\nGasse,\n", "point"),
        (f'name,kind,point\n{"x" * 201},,"51, 7"\n', "200"),
        (b"\xff\xfe".decode("latin-1"), "name"),
    ],
)
def test_file_with_a_mistake_changes_nothing_and_says_where(db: None, tmp_path: Path, text: str, said: str) -> None:
    load(("Alte Gasse", "", (51, 7)))
    (tmp_path / "orte.csv").write_text(text)

    with pytest.raises(CommandError, match=said):
        call_command("import_gazetteer", tmp_path / "orte.csv", attribution="©")

    assert NamedPlace.objects.get().name == "Alte Gasse"


@pytest.mark.parametrize(
    "asked", ["Lindenstraße", "lindenstr.", "LINDENSTRASSE", "linden", "Lindenstr. 5a", "Olpe Linden"]
)
def test_street_is_found_as_people_write_it(db: None, asked: str) -> None:
    load(("Lindenstraße", "Straße in Olpe", (51.03, 7.84)), ("Unter den Eichen", "", (51, 7)))

    assert [place.name for place in places_named(asked)] == ["Lindenstraße"]


@pytest.mark.parametrize("asked", ["", " ", "straße", "12", "Ulmenweg", "%", "_", "…"])
def test_what_no_name_begins_with_is_not_found(db: None, asked: str) -> None:
    load(("Lindenstraße", "", (51.03, 7.84)))

    assert places_named(asked) == []


def test_same_name_comes_before_a_longer_one_and_the_nearest_first(olpe: Municipality) -> None:
    soest = municipality("Soest", "05974040", latitude=51.57, longitude=8.1)
    load(
        ("Markt am Wasser", "", (51.03, 7.84)), ("Markt", "in Soest", (51.571, 8.101)), ("Markt", "in Olpe", (51.028, 7.844)),
    )  # fmt: skip

    assert [place.kind for place in places_named("markt", olpe.organisation)] == ["in Olpe", "in Soest", ""]
    assert [place.kind for place in places_named("markt", soest.organisation)] == ["in Soest", "in Olpe", ""]


def test_municipalities_are_places_too(olpe: Municipality) -> None:
    assert [(place.name, place.latitude) for place in places_named("olp")] == [("Olpe", 51.0276)]


def test_number_of_questions_is_the_same_for_many_places(olpe: Municipality, django_assert_num_queries) -> None:
    for number in (1, 300):
        load(*[(f"Weg {one}", "", (51, 7)) for one in range(number)])
        with django_assert_num_queries(3):
            assert places_named("weg", olpe.organisation)


# --- the form ---------------------------------------------------------------------------------------------------------
def filled_in(text: str) -> LocatedForm:
    form = LocatedForm(QueryDict(text))
    form.offer_places(None, lambda: None)
    return form


def test_place_is_chosen_by_its_name(db: None) -> None:
    load(("Lindenstraße", "Straße", (51.03, 7.84)))

    asked = filled_in("place=linden&find=1")
    asked.show_found()
    chosen = filled_in("place=linden&found=51.03000, 7.84000&point=50, 8")

    assert asked.is_searching
    assert asked.fields["found"].widget.choices == [("51.03000, 7.84000", "Lindenstraße, Straße (© Amt)")]
    assert not asked.errors
    assert chosen.is_valid()
    assert chosen.cleaned_data["point"] == (51.03, 7.84)


def test_unknown_name_is_said_and_may_be_sent_all_the_same(db: None) -> None:
    asked = filled_in("place=Ulmenweg&find=1")
    asked.show_found()
    sent = filled_in("place=Ulmenweg&point=")

    assert "kennen wir nicht" in asked.errors["place"][0]
    assert "found" not in asked.fields
    assert sent.is_valid()
    assert sent.cleaned_data["point"] is None


def test_very_long_place_is_looked_for_as_far_as_it_goes(db: None) -> None:
    load(("Lindenstraße", "Straße", (51.03, 7.84)))

    asked = filled_in(f"place={'l+' * 50_000}&find=1")
    asked.show_found()

    assert "found" in asked.fields


def test_place_that_was_not_offered_must_be_one_all_the_same(db: None) -> None:
    assert "found" not in filled_in("found=hier").fields
    load(("Lindenstraße", "", (51.03, 7.84)))

    assert "Breite und Länge" in str(filled_in("place=linden&found=hier").errors["found"])
