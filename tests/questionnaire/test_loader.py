"""The demonstration: over, answered by thirty invented people, marked, loaded once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from andock.organisations.choices import VocabularyName
from andock.organisations.models import Term
from andock.organisations.region_folder import Refused, RegionFolder
from andock.participation.models import Process
from andock.questionnaire.loader import load_demonstration
from andock.questionnaire.models import Submission
from tests.factories.organisations import municipality, region

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

FOLDER = Path(__file__).parents[2] / "regions/suedwestfalen"


@pytest.fixture
def folder(db: None) -> RegionFolder:
    region()
    municipality("Olpe")
    for slug in ("mobilitaet", "teilhabe"):
        Term.objects.create(vocabulary=VocabularyName.TOPICS, slug=slug)
    return RegionFolder(FOLDER)


def test_demonstration_loaded_twice_changes_nothing(folder: RegionFolder) -> None:
    first, second = load_demonstration(folder), load_demonstration(folder)

    assert (first.created, second.created, second.unchanged) == (1, 0, 1)
    assert Submission.objects.count() == 30
    assert Submission.objects.filter(is_on_paper=True).count() == 4


def test_demonstration_is_marked_over_and_has_something_to_see(folder: RegionFolder) -> None:
    load_demonstration(folder)

    page = Client().get("/beteiligung/nach-der-werkstatt-bahnhof/fragen/ergebnis/").content.decode()

    assert Process.objects.get().is_demonstration
    assert page.count('class="b-share"') > 15
    assert "(Demonstration)" in page
    assert 'aside class="demo"' in page


def test_demonstration_is_not_loaded_into_a_real_site(folder: RegionFolder, settings: SettingsWrapper) -> None:
    settings.ANDOCK_DEMO = False

    assert load_demonstration(folder).created == 0


@pytest.mark.parametrize(
    ("old", "new"), [("organisation:", "verein:"), ("topics/mobilitaet", "topics/anderes"), ("high: 5", "high: 50")]
)
def test_file_that_does_not_fit_is_refused_with_the_place(
    folder: RegionFolder, tmp_path: Path, old: str, new: str
) -> None:
    text = (FOLDER / "demonstration/questionnaires.yaml").read_text(encoding="utf-8")
    (tmp_path / "demonstration").mkdir()
    (tmp_path / "demonstration/questionnaires.yaml").write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        load_demonstration(RegionFolder(tmp_path))

    assert "1." in str(refused.value.problems[0])
    assert not Process.objects.exists()
