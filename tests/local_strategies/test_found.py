"""What of a local strategy the search finds: what is in force and reads differently from the region's."""

from __future__ import annotations

import pytest

from andock.accounts.models import User
from andock.local_strategies.models import Version
from andock.organisations.models import Organisation
from andock.search import building
from andock.search.models import Document
from andock.search.queries import find
from tests.factories.strategy import identity

from .scenes import choose, in_force, write

pytestmark = pytest.mark.django_db

OLPE = "/kommunen/olpe/strategie/"


def found(question: str) -> list[str]:
    return [Document.objects.get(pk=hit.document).url for hit in find(question).hits]


@pytest.fixture
def written(editor: User, draft: Version) -> Version:
    choose(editor, draft, "adopted", "g1")
    write(editor, draft, "g1", block__b1="Wir zählen Bienenstöcke.")
    return draft


def test_own_words_are_found_from_the_day_they_are_in_force(written: Version, releaser: User) -> None:
    assert found("Bienenstock") == []

    in_force(releaser, written)

    assert found("Bienenstock") == [f"{OLPE}#s-{identity('g1')}"]


def test_words_taken_over_are_found_once_in_the_regions_strategy(written: Version, releaser: User) -> None:
    in_force(releaser, written)

    assert found("M01") == [f"/strategie/auflagen/1/#s-{identity('m1')}"]


def test_index_written_with_the_decision_is_the_one_that_is_made_anew(
    written: Version, releaser: User, olpe: Organisation
) -> None:
    in_force(releaser, written)

    assert [name for name in building.differing() if not name.startswith("organisations")] == []
