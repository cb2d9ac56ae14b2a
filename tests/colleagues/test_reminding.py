"""An office that owes an answer is reminded after a week and after three, each time exactly once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from andock.accounts.models import Membership
from andock.colleagues.models import Enquiry
from andock.colleagues.services.reminding import remind_due
from andock.colleagues.tasks import remind
from andock.notifications.models import Message
from tests.accounts.cast import Cast

from .scenes import asked, client, page_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(cast: Cast) -> Enquiry:
    made = asked(cast)
    Message.objects.all().delete()
    return made


def after(enquiry: Enquiry, days: float) -> datetime:
    return enquiry.opened_at + timedelta(days=days)


def test_owner_is_reminded_after_a_week_and_after_three_and_never_again(enquiry: Enquiry) -> None:
    days = [6.9, 7.1, 7.1, 8, 20.9, 21.1, 21.1, 30, 400]

    assert [remind_due(now=after(enquiry, day)) for day in days] == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert Message.objects.count() == 4  # to the editor and the releaser, twice


def test_reminder_leads_to_the_thread_and_names_no_person(cast: Cast, enquiry: Enquiry) -> None:
    remind_due(now=after(enquiry, 8))

    mail = Message.objects.get(to=cast.olpe_editor.email)
    assert mail.subject == "Soest wartet auf Ihre Antwort zu „Bodenfeuchte“"
    assert page_of(enquiry) in mail.text
    assert cast.soest_releaser.email not in mail.text


def test_job_that_stood_still_for_weeks_reminds_once(enquiry: Enquiry) -> None:
    assert [remind_due(now=after(enquiry, day)) for day in (30, 31, 60)] == [1, 0, 0]


@pytest.mark.parametrize("act", ["answer", "close"])
def test_what_is_answered_or_closed_is_not_reminded_of(cast: Cast, enquiry: Enquiry, act: str) -> None:
    if act == "answer":
        write(cast, enquiry, "Ja.")
    else:
        client(cast, "soest_releaser").post(page_of(enquiry, "soest", "schliessen/"))
    Message.objects.all().delete()

    assert remind_due(now=after(enquiry, 30)) == 0
    assert not Message.objects.exists()


def test_next_question_is_reminded_of_anew(cast: Cast, enquiry: Enquiry) -> None:
    remind_due(now=after(enquiry, 8))
    write(cast, enquiry, "Ja.")
    write(cast, enquiry, "Und der Strom?", "soest_releaser", "soest")
    enquiry.refresh_from_db()

    assert enquiry.reminded_at is None
    assert remind_due(now=enquiry.waits_since + timedelta(days=8)) == 1


def test_owner_whose_people_have_left_is_reminded_when_somebody_is_there(cast: Cast, enquiry: Enquiry) -> None:
    Membership.objects.filter(organisation=cast.olpe).update(until=timezone.localdate())

    assert remind_due(now=after(enquiry, 8)) == 0
    enquiry.refresh_from_db()
    assert enquiry.reminded_at is None


def test_job_runs(enquiry: Enquiry) -> None:
    Enquiry.objects.update(waits_since=timezone.now() - timedelta(days=10))

    remind.call()

    assert Message.objects.count() == 2
