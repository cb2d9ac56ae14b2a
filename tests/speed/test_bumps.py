"""Loading and importing tell the page cache exactly when readers see something new."""

from __future__ import annotations

from pathlib import Path

import pytest

from andock.kernel.modules import loaders
from andock.kernel.pagecache.models import Version
from andock.organisations.models import Organisation
from andock.organisations.region_folder import RegionFolder
from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import block, document, element

pytestmark = pytest.mark.django_db
REGION = Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"


def stamps() -> dict[str, int]:
    return dict(Version.objects.values_list("scope", "stamp"))


def test_loading_a_region_twice_bumps_only_the_first_time() -> None:
    for load in loaders():
        load(RegionFolder(REGION))
    first = stamps()
    assert {"site", "organisations", "strategy"} <= first.keys()

    for load in loaders():
        load(RegionFolder(REGION))

    assert stamps() == first


@pytest.fixture
def framework(db: None) -> Framework:
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    return Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)


def test_import_of_a_draft_shows_readers_nothing(framework: Framework) -> None:
    import_edition(document=document(), actor=None)
    import_edition(document=document(element("g7", block("g7-b1", "Neu."))), actor=None)

    assert stamps() == {}


@pytest.mark.parametrize("state", ["consultation", "in_force", "superseded"])
def test_import_of_a_public_edition_shows_it(framework: Framework, state: str) -> None:
    import_edition(document=document(state=state), actor=None)

    assert stamps().keys() == {"strategy"}


def test_consultation_taken_back_to_draft_vanishes(framework: Framework) -> None:
    import_edition(document=document(state="consultation"), actor=None)
    before = stamps()

    import_edition(document=document(element("g7", block("g7-b1", "Neu."))), actor=None)

    assert stamps() != before
