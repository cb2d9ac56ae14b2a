"""Owners of cards that nobody has confirmed for a year are asked once; the cards stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from andock.knowledge.models import Solution
from andock.knowledge.services.reminding import remind_due
from andock.knowledge.services.solutions import confirm
from andock.knowledge.tasks import remind
from andock.notifications.models import Message
from andock.organisations.models import Organisation
from tests.accounts.cast import Cast
from tests.factories.knowledge import solution

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=366)


def old(owner: Organisation, **values: object) -> Solution:
    return solution(owner, **{"confirmed_on": LONG_AGO.date(), "published_at": LONG_AGO} | values)


def test_editors_and_releasers_get_one_mail_about_all_their_cards(cast: Cast) -> None:
    old(cast.olpe, title="Bäume")
    old(cast.olpe, title="Laternen")
    old(cast.soest, title="Fremd")

    assert remind_due(now=NOW) == 3

    mails = {message.to: message for message in Message.objects.all()}
    assert mails.keys() == {cast.olpe_editor.email, cast.olpe_releaser.email, cast.soest_releaser.email}
    mail = mails[cast.olpe_editor.email]
    assert mail.subject == "Stimmen diese 2 Karten noch?"
    assert "- Bäume\n- Laternen" in mail.text
    assert "Fremd" not in mail.text
    assert "/verwaltung/olpe/loesungen/" in mail.text


def test_nobody_is_asked_twice_until_the_card_was_confirmed_and_a_year_has_passed(cast: Cast) -> None:
    made = old(cast.olpe)
    remind_due(now=NOW)

    assert remind_due(now=NOW + timedelta(days=400)) == 0
    assert Message.objects.count() == 2

    day = NOW + timedelta(days=10)
    confirm(actor=cast.olpe_editor, solution=made, now=day, today=day.date())
    assert remind_due(now=day + timedelta(days=365)) == 0
    assert remind_due(now=day + timedelta(days=366)) == 1
    assert Message.objects.count() == 4


@pytest.mark.parametrize(
    "values",
    [
        {"confirmed_on": (NOW - timedelta(days=365)).date()},
        {"confirmed_on": None, "published_at": NOW - timedelta(days=300)},
        {"publication": "draft"},
        {"publication": "archived"},
        {"is_demonstration": True},
    ],
    ids=["fresh", "never confirmed, new", "draft", "archived", "demonstration"],
)
def test_what_need_not_be_asked_is_not(cast: Cast, values: dict) -> None:
    old(cast.olpe, **values)

    assert remind_due(now=NOW) == 0


def test_card_never_confirmed_is_asked_about_a_year_after_it_was_published(cast: Cast) -> None:
    old(cast.olpe, confirmed_on=None)

    assert remind_due(now=NOW) == 1


def test_owner_without_people_is_asked_when_somebody_is_there(cast: Cast) -> None:
    town = Organisation.objects.create(slug="wenden", name="Wenden", kind="municipality")
    made = old(town)

    assert remind_due(now=NOW) == 0
    made.refresh_from_db()
    assert made.reminded_at is None


def test_agency_is_asked_about_the_cards_of_the_region(cast: Cast) -> None:
    old(Organisation.objects.get(slug="region"))

    assert remind_due(now=NOW) == 1
    assert Message.objects.get().to == cast.coordinator.email
    assert "/verwaltung/region/loesungen/" in Message.objects.get().text


def test_long_list_is_shortened_in_the_mail(cast: Cast) -> None:
    for _number in range(23):
        old(cast.soest)

    remind_due(now=NOW)

    assert "… und 3 weitere" in Message.objects.get().text


def test_job_runs_and_hides_nothing(cast: Cast) -> None:
    made = old(cast.olpe, confirmed_on=(timezone.now() - timedelta(days=500)).date())

    remind.call()

    assert Message.objects.count() == 2
    made.refresh_from_db()
    assert made.publication == "published"
