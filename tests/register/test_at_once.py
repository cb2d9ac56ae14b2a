"""Two people of one town, or of the agency, write in the same moment, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from andock.register.models import Approach, Declaration
from andock.register.services.approaches import keep_notes, notes_of
from andock.register.services.declarations import fields_of, prepare
from andock.strategy.models import Framework
from tests.accounts.cast import Cast
from tests.at_once import AtOnce, acting_at_once
from tests.factories.pdfs import upload
from tests.register.scenes import LETTER, locked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_afterwards")]


DAYS = ("2026-03-12", "2026-03-13")


def numbers() -> list[int]:
    return list(Declaration.objects.values_list("pk", flat=True))


def place(cast: Cast, framework: Framework) -> dict[str, Any]:
    return {"actor": cast.olpe_editor, "organisation": cast.olpe, "framework": framework}


@pytest.fixture
def at_once(cast: Cast, framework: Framework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtOnce]:
    with acting_at_once(tmp_path, monkeypatch) as found:
        yield found


def test_first_declaration_begun_twice_at_once_is_one(at_once: AtOnce, cast: Cast, framework: Framework) -> None:
    """Who comes second sees both, unless both say the same."""
    letters = [locked(fields_of(None), LETTER | {"day": day, "evidence": upload()}) for day in DAYS]

    results = at_once(*[partial(prepare, **place(cast, framework), fields=fields) for fields in letters])

    assert {result.declaration.pk for result in results if not result.conflicts} == set(at_once.look(numbers))
    [conflict] = [one for result in results for name, one in result.conflicts.items() if name == "day"]
    assert {conflict.mine, conflict.theirs} == set(DAYS)
    assert at_once.look(lambda: len(numbers())) == 1


def test_same_declaration_begun_twice_at_once_is_the_same(at_once: AtOnce, cast: Cast, framework: Framework) -> None:
    letters = [locked(fields_of(None), LETTER | {"evidence": upload()}) for _person in range(2)]

    results = at_once(*[partial(prepare, **place(cast, framework), fields=fields) for fields in letters])

    assert [(result.declaration.pk, result.conflicts) for result in results] == [(at_once.look(numbers)[0], {})] * 2


def test_notes_begun_twice_at_once_are_one(at_once: AtOnce, cast: Cast, framework: Framework) -> None:
    notes = [locked(notes_of(None), {"state": "in_talks", "note": text}) for text in ("Von A.", "Von B.")]
    of_agency = {"actor": cast.coordinator, "organisation": cast.olpe, "framework": framework}

    results = at_once(*[partial(keep_notes, **of_agency, fields=fields) for fields in notes])

    [conflict] = [one for found in results for one in found.values()]
    assert {conflict.mine, conflict.theirs} == {"Von A.", "Von B."}
    assert at_once.look(lambda: list(Approach.objects.values_list("note", flat=True))) == [conflict.theirs]
