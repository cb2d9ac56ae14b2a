"""Learning groups of a region's folder: loaded once, refused with every problem, invented ones only in demo mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from andock.colleagues.loader import load_demonstration, load_groups
from andock.colleagues.models import Group
from andock.organisations.models import Term
from andock.organisations.region_folder import Refused, RegionFolder
from tests.accounts.cast import Cast
from tests.factories.events import event

pytestmark = pytest.mark.django_db
HEAD = "slug,title,summary,text,organisation,members,events,terms,source\n"


def folder(path: Path, rows: str, name: str = "groups.csv") -> RegionFolder:
    (path / name).parent.mkdir(exist_ok=True)
    (path / name).write_text(HEAD + rows, encoding="utf-8")
    return RegionFolder(path)


def test_group_is_loaded_with_all_that_hangs_on_it_and_once(cast: Cast, tmp_path: Path) -> None:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    evening = event(cast.olpe, slug="abend")
    given = folder(tmp_path, "sensoren,Sensoren,Kurz,Lang,olpe,soest,abend,topics/klima,https://q.example\n")

    first, second = load_groups(given), load_groups(given)

    assert (first.created, first.unchanged, second.created, second.unchanged) == (1, 0, 0, 1)
    made = Group.objects.get()
    assert (made.title, made.organisation, made.is_demonstration) == ("Sensoren", cast.olpe, False)
    assert sorted(member.organisation.slug for member in made.memberships.all()) == ["olpe", "soest"]
    assert list(made.events.all()) == [evening]


def test_agency_keeps_what_names_nobody(cast: Cast, tmp_path: Path) -> None:
    load_groups(folder(tmp_path, "sensoren,Sensoren,,,,soest,,,\n"))

    assert Group.objects.get().organisation == cast.agency
    assert Group.objects.get().has_member(cast.agency)


def test_every_problem_of_a_file_is_named_and_nothing_is_written(cast: Cast, tmp_path: Path) -> None:
    rows = "neu,A,,,olpe,,,,\nb,,,,olpe,,,,\nc,C,,,olpe,narnia,,,\n"

    with pytest.raises(Refused) as refused:
        load_groups(folder(tmp_path, rows))

    assert [problem.line for problem in refused.value.problems] == [2, 3]
    with pytest.raises(Refused, match="narnia"):
        load_groups(folder(tmp_path, "c,C,,,olpe,narnia,,,\n"))
    with pytest.raises(Refused, match="2"):
        load_groups(folder(tmp_path, "c,C,,,olpe,,,,\nc,C,,,olpe,,,,\n"))
    assert not Group.objects.exists()


def test_invented_groups_are_marked_and_stay_out_of_a_real_site(cast: Cast, tmp_path: Path, settings) -> None:
    given = folder(tmp_path, "sensoren,Sensoren,,,olpe,,,,\n", "demonstration/groups.csv")
    settings.ANDOCK_DEMO = False
    load_demonstration(given)
    assert not Group.objects.exists()

    settings.ANDOCK_DEMO = True
    load_demonstration(given)
    assert Group.objects.get().is_demonstration
