"""The same form, link and answer many times in the same moment."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from andock.notifications.models import Message
from andock.participation.models import Contribution, Involvement, Participant
from andock.participation.services.contributing import confirm
from andock.participation.services.people import Introduction
from tests.accounts.cast import Cast
from tests.at_once import acting_at_once
from tests.factories.participation import NOW, participant, phase, process

from .test_contributing import send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_afterwards")]
STRANGER = Introduction(email="ada@example.org", pseudonym="Ada")


def sums() -> tuple[int, ...]:
    sure = Involvement.objects.exclude(confirmed_at=None)
    return tuple(found.count() for found in (Contribution.objects, Participant.objects, sure, Message.objects))


@pytest.mark.parametrize(("is_known", "told"), [(False, (1, 1, 0, 1)), (True, (1, 1, 1, 0))])
def test_form_sent_many_times_at_once_is_one_contribution(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool, told: tuple[int, ...]
) -> None:
    where, key = phase(process(cast.olpe)), uuid4()
    person = Introduction(known=participant("Ada")) if is_known else STRANGER
    acts = [partial(send, where, person, key=key) for _time in range(8)]

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*acts)

        assert {type(result) for result in results} == {Contribution}
        assert at_once.look(sums) == told


def test_link_pressed_many_times_at_once_counts_once(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(phase(process(cast.olpe)), STRANGER)
    acts = [partial(confirm, contribution=sent, now=NOW) for _time in range(8)]

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*acts)

        assert {type(result) for result in results} == {Contribution}
        assert at_once.look(sums) == (1, 1, 1, 1)
