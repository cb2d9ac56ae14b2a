"""Events that deal with a passage of the strategy: they hang on it while they are to come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from andock.events.attached import on_elements
from andock.events.models import Event
from andock.kernel.modules import attached_to
from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.factories.events import event
from tests.factories.strategy import block, document, element, identity

pytestmark = pytest.mark.django_db
G7, G8 = identity("g7"), identity("g8")


@pytest.fixture
def strategy(cast: Cast) -> Cast:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(
        document=document(element("g7", block("a")), element("g8", block("b")), state="in_force"), actor=None
    )
    return cast


def about(cast: Cast, *elements: str, days: int = 9, **values: object) -> Event:
    made = event(cast.olpe, starts_at=timezone.now() + timedelta(days=days), **values)
    made.elements.add(*elements)
    return made


def titles(*identities: str) -> dict[str, list[str]]:
    """What hangs on them, without the date."""
    found = attached_to(identities)
    return {element: [name.partition(", ")[0] for name in names] for element, names in found.items()}


def test_event_hangs_on_each_passage_it_deals_with_the_next_first(strategy: Cast) -> None:
    about(strategy, G7, G8, days=20, title="Werkstatt")
    about(strategy, G7, days=5, title="Abend")

    assert titles(G7, G8) == {
        G7: ["Veranstaltung: Abend", "Veranstaltung: Werkstatt"],
        G8: ["Veranstaltung: Werkstatt"],
    }
    assert titles(G8) == {G8: ["Veranstaltung: Werkstatt"]}


def test_it_is_named_with_its_date(strategy: Cast) -> None:
    made = event(
        strategy.olpe, title="Abend", starts_at=None, date_text="2126-06-01", door="none"
    )  # fmt: skip
    made.elements.add(G7)

    assert attached_to([G7]) == {G7: ["Veranstaltung: Abend, Samstag, 1. Juni 2126"]}


@pytest.mark.parametrize("values", [{"days": -2}, {"state": "draft"}, {"state": "cancelled"}])
def test_what_is_over_cancelled_or_not_public_hangs_on_nothing(strategy: Cast, values: dict) -> None:
    about(strategy, G7, **values)

    assert attached_to([G7]) == {}


def test_it_takes_one_query_however_many_there_are(strategy: Cast, django_assert_num_queries) -> None:
    for _number in range(3):
        about(strategy, G7, G8)

    with django_assert_num_queries(1):
        on_elements([G7, G8, identity("nichts")])
