"""Many requests in the same moment: one person counts once, one sheet is entered once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from andock.participation.models import Involvement
from andock.participation.services.people import Introduction
from andock.questionnaire.models import Submission
from andock.questionnaire.services.answering import Unfit, confirm, enter_paper, submit
from tests.accounts.cast import Cast
from tests.at_once import acting_at_once

from .scenes import asked, known, names

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_afterwards")]
TOGETHER, TIMES = 20, 10


def sums() -> tuple[int, int]:
    return Submission.objects.exclude(confirmed_at=None).count(), Involvement.objects.exclude(confirmed_at=None).count()


def test_person_answering_two_hundred_times_at_once_counts_once(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, person = asked(cast.olpe), Introduction(known=known("ada"))
    given = {"person": person, "questionnaire": found, "answers": {names(found)[0]: "a2"}}

    def press() -> list[Submission]:
        return [submit(**given, now=timezone.now(), request_key=uuid4()) for _time in range(TIMES)]

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*[press] * TOGETHER)

        assert [[type(one) for one in made] for made in results] == [[Submission] * TIMES] * TOGETHER
        assert at_once.look(sums) == (1, 1)


def test_two_links_confirmed_at_once_leave_one_submission(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, person = asked(cast.olpe), Introduction(email="ada@example.org", pseudonym="Ada")
    waiting = [
        submit(
            person=person, questionnaire=found, answers={names(found)[0]: way}, now=timezone.now(), request_key=uuid4()
        )
        for way in ("a2", "a3")
    ]
    acts = [partial(confirm, submission=one, now=timezone.now()) for one in waiting]

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*acts)

        assert {type(result) for result in results} == {Submission}
        assert at_once.look(sums) == (1, 1)


def test_sheet_entered_twice_at_once_is_one(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(cast.olpe)
    sheet = {"actor": cast.olpe_editor, "questionnaire": found, "number": 1, "answers": {names(found)[0]: "a2"}}

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*[partial(enter_paper, **sheet, now=timezone.now())] * 2)

        assert {type(result) for result in results} == {Submission, Unfit}
        assert at_once.look(sums) == (1, 1)
