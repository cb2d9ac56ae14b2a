"""Two people tell of the same take-over in the same moment, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from andock.kernel.permissions import Denied
from andock.knowledge import transfer_sheet
from andock.knowledge.models import Solution, Transfer, TransferStage
from andock.knowledge.services import stages, transfers
from andock.knowledge.services.desk import Unfit
from andock.strategy.field_lock import Submitted, fingerprint
from tests.accounts.cast import Cast
from tests.at_once import AtOnce, acting_at_once
from tests.factories.knowledge import TODAY, reached, solution, transfer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_afterwards")]


@pytest.fixture
def card(cast: Cast) -> Solution:
    return solution(cast.olpe)


@pytest.fixture
def row(cast: Cast, card: Solution) -> TransferStage:
    """Soest is reported to have decided."""
    return reached(transfer(card, cast.soest), "decided", "2024")


@pytest.fixture
def at_once(card: Solution, row: TransferStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtOnce]:
    with acting_at_once(tmp_path, monkeypatch) as found:
        yield found


def said(**values: str) -> dict[str, str]:
    return {"stage": "in_operation", "date_text": "2025", "source": "Zeitung", "note": ""} | values


def standing() -> list[str]:
    return sorted(TransferStage.objects.filter(replaced_by=None).values_list("stage", flat=True))


def outcomes(results: list[object], refusal: type[Exception]) -> tuple[int, int]:
    """How many were done, and how many refused in words."""
    assert all(not isinstance(one, Exception) or isinstance(one, refusal) for one in results), results
    return sum(not isinstance(one, Exception) for one in results), sum(isinstance(one, refusal) for one in results)


def test_same_transfer_begun_twice_at_once_is_one(at_once: AtOnce, cast: Cast, card: Solution) -> None:
    begin = partial(transfers.begin, solution=card, receiver=cast.agency, said=said(), today=TODAY)

    results = at_once(partial(begin, actor=cast.coordinator), partial(begin, actor=cast.olpe_editor))

    assert outcomes(results, Unfit) == (1, 1)
    assert at_once.look(lambda: Transfer.objects.filter(receiver=cast.agency).count()) == 1
    assert at_once.look(lambda: TransferStage.objects.filter(transfer__receiver=cast.agency).count()) == 1


def test_same_stage_told_twice_at_once_stands_once(at_once: AtOnce, cast: Cast, row: TransferStage) -> None:
    tell = partial(stages.tell, transfer=row.transfer, said=said(), today=TODAY)

    results = at_once(partial(tell, actor=cast.soest_releaser), partial(tell, actor=cast.olpe_editor))

    assert outcomes(results, Unfit) == (1, 1)
    assert at_once.look(standing) == ["decided", "in_operation"]


def test_row_confirmed_and_corrected_at_once_is_replaced_once(at_once: AtOnce, cast: Cast, row: TransferStage) -> None:
    confirm = partial(stages.confirm, actor=cast.soest_releaser, stage=row, said=said(date_text="2024-05"), today=TODAY)
    correct = partial(stages.correct, actor=cast.olpe_editor, stage=row, said=said(stage="interested"), today=TODAY)

    results = at_once(confirm, correct)

    assert outcomes(results, Denied) == (1, 1)
    assert at_once.look(lambda: TransferStage.objects.filter(replaces=row).count()) == 1
    assert len(at_once.look(standing)) == 1


def test_two_stages_that_contradict_each_other_never_both_stand(
    at_once: AtOnce, cast: Cast, row: TransferStage
) -> None:
    tell = partial(stages.tell, actor=cast.soest_releaser, transfer=row.transfer, today=TODAY)

    results = at_once(
        partial(tell, said=said(stage="in_operation", date_text="2024-12")),
        partial(tell, said=said(stage="implementing", date_text="2025-06")),
    )

    assert outcomes(results, Unfit) == (1, 1)


def test_two_givers_chosen_at_once_close_no_circle(at_once: AtOnce, cast: Cast, card: Solution) -> None:
    soest, agency = at_once.look(partial(_two, card, cast))

    results = at_once(
        partial(transfers.describe, actor=cast.soest_releaser, transfer=soest, fields=giver(soest, "agentur")),
        partial(transfers.describe, actor=cast.coordinator, transfer=agency, fields=giver(agency, "soest")),
    )

    assert outcomes(results, Unfit) == (1, 1)
    assert at_once.look(lambda: Transfer.objects.exclude(giver=None).count()) == 1


def _two(card: Solution, cast: Cast) -> tuple[Transfer, Transfer]:
    whole = Transfer.objects.select_related("solution", "receiver", "giver")
    return whole.get(solution=card, receiver=cast.soest), transfer(card, cast.agency)


def giver(made: Transfer, slug: str) -> dict[str, Any]:
    return {"giver": Submitted(slug, fingerprint(transfer_sheet.read(made)["giver"]))}


def test_fields_described_at_once_both_land(at_once: AtOnce, cast: Cast, row: TransferStage) -> None:
    describe = partial(transfers.describe, actor=cast.soest_releaser, transfer=row.transfer)

    results = at_once(
        partial(describe, fields={"version": Submitted("2", fingerprint(""))}),
        partial(describe, fields={"cost": Submitted(5, fingerprint(None))}),
    )

    assert results == [{}, {}]
    assert at_once.look(lambda: list(Transfer.objects.values_list("version", "cost"))) == [("2", 5)]
