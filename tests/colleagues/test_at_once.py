"""A double click, and two workers in the same moment: one question, one mail, one reminder."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from andock.colleagues.models import Contribution, Enquiry, Post
from andock.colleagues.services import board, enquiries, groups
from andock.colleagues.services.reminding import remind_due
from andock.notifications.models import Message
from tests.accounts.cast import Cast
from tests.at_once import acting_at_once

from .scenes import card

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_afterwards")]


@pytest.fixture
def question(cast: Cast) -> dict:
    """A form filled in by Soest about a card of Olpe."""
    return {
        "actor": cast.soest_releaser, "solution": card(cast), "organisation": cast.soest, "text": "Was kostet das?",
        "key": uuid4(), "now": timezone.now(),
    }  # fmt: skip


def sums() -> tuple[int, int, int]:
    return Enquiry.objects.count(), Contribution.objects.count(), Message.objects.count()


def test_question_sent_twice_at_once_is_one(
    cast: Cast, question: dict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*[partial(enquiries.ask, **question)] * 2)

        assert [type(result) for result in results] == [Enquiry, Enquiry]
        assert at_once.look(sums) == (1, 1, 2)


def test_answer_sent_twice_at_once_is_one(
    cast: Cast, question: dict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = enquiries.ask(**question)
    answer = {"actor": cast.olpe_editor, "enquiry": asked, "organisation": cast.olpe, "text": "Wenig.", "key": uuid4()}
    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*[partial(enquiries.contribute, **answer, now=timezone.now())] * 2)

        assert [type(result) for result in results] == [Contribution, Contribution]
        assert at_once.look(sums) == (1, 2, 3)


def test_two_workers_remind_once(cast: Cast, question: dict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enquiries.ask(**question)
    late = question["now"] + timedelta(days=8)
    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*[partial(remind_due, now=late)] * 2)

        assert sorted(results) == [0, 1]
        assert at_once.look(sums) == (1, 1, 4)


def test_post_sent_twice_at_once_is_one(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    made = groups.found(
        actor=cast.olpe_editor, organisation=cast.olpe, now=now, today=now.date(), terms=(), events=(), title="Sensoren",
        summary="", text="",
    )  # fmt: skip
    post = {
        "actor": cast.olpe_editor, "group": made, "organisation": cast.olpe, "text": "Guten Tag", "link": "",
        "solution": None, "answers_to": None, "key": uuid4(), "now": now,
    }  # fmt: skip
    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*[partial(board.write, **post)] * 2)

        assert [type(result) for result in results] == [Post, Post]
        assert at_once.look(Post.objects.count) == 1
