"""The same form, link and answer many times in the same moment."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from andock.notifications.models import Message
from andock.participation.models import Contribution, Involvement, Participant, ResidenceCode, ResidenceProof
from andock.participation.services.contributing import confirm
from andock.participation.services.people import Introduction
from andock.participation.services.residence import CodeRefused
from tests.accounts.cast import Cast
from tests.at_once import acting_at_once
from tests.factories.participation import NOW, participant, phase, process

from .test_contributing import send
from .test_residence import asking, codes_for

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


def proofs() -> tuple[int, int, int]:
    public = Contribution.objects.filter(state="public")
    used = ResidenceCode.objects.exclude(used_on=None)
    return ResidenceProof.objects.count(), used.count(), public.count()


def test_one_code_of_many_people_counts_for_exactly_one(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = asking(cast.olpe)
    [code] = codes_for(cast, made)
    strangers = [Introduction(email=f"{name}@example.org", pseudonym=name, code=code) for name in "abcd"]
    sent = [send(phase(made), person) for person in strangers]
    known = [Introduction(known=participant(name), code=code) for name in ("Eva", "Fred", "Gül", "Hans")]
    acts = [partial(confirm, contribution=one, now=NOW) for one in sent]
    acts += [partial(send, phase(made), person) for person in known]

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*acts)

        assert sorted(type(result).__name__ for result in results) == ["CodeRefused"] * 7 + ["Contribution"]
        assert all("schon benutzt" in str(result) for result in results if isinstance(result, CodeRefused))
        assert at_once.look(proofs) == (1, 1, 1)


def test_one_person_with_two_codes_at_once_uses_one(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, ada = asking(cast.olpe), participant("Ada")
    acts = [
        partial(send, phase(made), Introduction(known=ada, code=code), text=code)
        for code in codes_for(cast, made, 4)
    ]  # fmt: skip

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        results = at_once(*acts)

        assert {type(result) for result in results} == {Contribution}
        assert at_once.look(proofs) == (1, 1, 4)
