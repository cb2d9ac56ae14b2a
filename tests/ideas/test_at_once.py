"""Somebody presses the button two hundred times in the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from andock.ideas.models import Idea, Support
from andock.ideas.services import merging, supporting
from andock.participation.models import Involvement, Participant, Process
from tests.accounts.cast import Cast
from tests.at_once import AtOnce, acting_at_once
from tests.ideas.scenes import idea, known

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_afterwards")]
TOGETHER, TIMES = 20, 10


@pytest.fixture
def one(park: Process) -> Idea:
    return idea(park)


@pytest.fixture
def ada(one: Idea) -> Participant:
    return known()


@pytest.fixture
def at_once(one: Idea, ada: Participant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtOnce]:
    with acting_at_once(tmp_path, monkeypatch) as found:
        yield found


def test_two_hundred_supports_of_one_person_count_one(at_once: AtOnce, one: Idea, ada: Participant) -> None:
    def press() -> None:
        for _ in range(TIMES):
            supporting.support(participant=ada, idea=one, now=timezone.now())

    results = at_once(*[press] * TOGETHER)

    assert [result for result in results if result] == []
    assert at_once.look(lambda: Support.objects.filter(idea=one).count()) == 1
    assert at_once.look(lambda: Involvement.objects.filter(participant=ada).count()) == 1


def test_support_while_ideas_are_joined_is_never_lost(at_once: AtOnce, cast: Cast, one: Idea, ada: Participant) -> None:
    other = at_once.look(lambda: idea(one.contribution.process, author=one.contribution.participant))
    assert isinstance(other, Idea)

    at_once(
        partial(supporting.support, participant=ada, idea=one, now=timezone.now()),
        partial(merging.propose, actor=cast.olpe_editor, idea=one, target=other, now=timezone.now()),
    )

    left = at_once.look(lambda: list(Support.objects.values_list("idea", flat=True)))
    assert left in ([], [other.pk])
