"""When a card is re-usable: the list of questions, asked in Python and in SQL."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from andock.knowledge.choices import DocumentKind, SolutionKind
from andock.knowledge.models import Solution, SolutionDocument
from andock.knowledge.reuse import CONDITIONS, reusable_on, reuse_of
from tests.accounts.cast import Cast
from tests.factories.knowledge import ANSWERED, TODAY, complete, solution

pytestmark = pytest.mark.django_db


def missing(made: Solution) -> list[str]:
    return [condition.key for condition in reuse_of(made, TODAY).missing]


def test_card_with_a_title_alone_lacks_every_answer(cast: Cast) -> None:
    made = solution(cast.olpe, kind="software")

    assert missing(made) == [condition.key for condition in CONDITIONS]
    assert not reuse_of(made, TODAY).is_reusable
    assert reuse_of(made, TODAY).words == "0 von 16 Angaben"


def test_card_with_every_answer_is_reusable(cast: Cast) -> None:
    made = complete(cast.olpe, kind="software")

    assert missing(made) == []
    assert reuse_of(made, TODAY).words == "nachnutzbar"


@pytest.mark.parametrize("column", [name for name in ANSWERED if not name.endswith("_to")])
def test_each_answer_that_is_taken_away_makes_it_an_inspiration(cast: Cast, column: str) -> None:
    values = {column: None if ANSWERED[column] != str(ANSWERED[column]) else ""}
    if column.endswith("_from"):
        values[column.replace("_from", "_to")] = None

    made = complete(cast.olpe, kind="software", **values)

    assert len(missing(made)) == 1
    assert not Solution.objects.filter(reusable_on(TODAY)).exists()


def test_cost_of_nothing_is_an_answer(cast: Cast) -> None:
    assert missing(complete(cast.olpe, cost_once_from=0, cost_once_to=0)) == []


def test_place_is_not_asked_for_code_and_interfaces(cast: Cast) -> None:
    made = complete(cast.olpe, kind="place", repository_url="", standards="")

    assert missing(made) == []
    assert Solution.objects.filter(reusable_on(TODAY)).count() == 1


def test_paper_answers_what_a_sentence_answers_too(cast: Cast) -> None:
    made = complete(cast.olpe, data_protection="")
    assert missing(made) == ["data_protection"]

    SolutionDocument.objects.create(solution=made, kind="data_protection", title="DSFA", url="https://a.example")

    assert missing(Solution.objects.get()) == []


def test_office_that_no_longer_answers_ends_it(cast: Cast) -> None:
    made = complete(cast.olpe, answers_until=TODAY)

    assert reuse_of(made, TODAY).is_reusable
    assert [condition.key for condition in reuse_of(made, TODAY + timedelta(days=1)).missing] == ["contact"]
    assert not Solution.objects.filter(reusable_on(TODAY + timedelta(days=1))).exists()


def test_filter_finds_exactly_what_the_checklist_says(cast: Cast) -> None:
    """Two hundred cards of every kind, from each of which a few answers are taken away."""
    random = Random(7)
    for _number in range(200):
        values = dict(ANSWERED)
        for column in random.sample(sorted(values), random.choice((0, 0, 1, 2))):
            base = column.removesuffix("_from").removesuffix("_to")
            for name in {column, f"{base}_from", f"{base}_to"} & values.keys():
                del values[name]
        made = solution(cast.olpe, **values | {"kind": random.choice(SolutionKind.values)})
        for kind in random.sample(DocumentKind.values, 4):
            SolutionDocument.objects.create(solution=made, kind=kind, title="x", url="https://a.example")

    said = {made.pk for made in Solution.objects.prefetch_related("documents") if reuse_of(made, TODAY).is_reusable}
    found = set(Solution.objects.filter(reusable_on(TODAY)).values_list("pk", flat=True))

    assert said == found
    assert 10 < len(found) < 190
