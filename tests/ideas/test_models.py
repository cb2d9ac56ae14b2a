"""What must hold in every row."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from andock.ideas.models import Idea, Support
from andock.participation.models import Process
from andock.participation.services import forgetting
from tests.ideas.scenes import idea, known


@pytest.mark.parametrize(
    "values",
    [
        {"latitude": 51.4},
        {"longitude": 7.8},
        {"latitude": 0, "longitude": 0},
        {"latitude": 91, "longitude": 7},
        {"latitude": 51, "longitude": 181},
        {"photo": "ideas/x.jpg"},
        {"status": "unsinn"},
    ],
)  # fmt: skip
def test_row_that_makes_no_sense_is_refused(park: Process, values: dict) -> None:
    made = idea(park)

    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=made.pk).update(**values)


def test_idea_joined_with_itself_is_refused(park: Process) -> None:
    made = idea(park)

    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=made.pk).update(merged_into=made, merged_at=made.contribution.sent_at)


def test_same_person_twice_for_one_idea_is_refused(park: Process) -> None:
    made, ada = idea(park), known()
    Support.objects.create(idea=made, participant=ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(idea=made, participant=ada)


def test_supports_of_two_erased_people_stay_counted(park: Process) -> None:
    made = idea(park)
    for name in ("Ada", "Bo"):
        person = known(name)
        Support.objects.create(idea=made, participant=person)
        forgetting.erase(participant=person, keeps_words=True)

    assert list(Support.objects.filter(idea=made).values_list("participant", flat=True)) == [None, None]
