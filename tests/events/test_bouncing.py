"""Addresses that take no mail: over a real mail server, and by the report of another one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from andock.events.models import Event, Registration
from andock.events.services.registering import confirm
from andock.notifications.bounces import receive
from andock.notifications.checks import all_delivered
from andock.notifications.delivery import message_id_of
from andock.notifications.models import Message
from andock.notifications.services import send_message
from tests.accounts.cast import Cast
from tests.factories.events import VISITOR, confirmed, event, registered
from tests.notifications.conftest import Postmaster, mail_server
from tests.notifications.test_bounces import report

from .post import last_mail, run_jobs

__all__ = ["mail_server"]
pytestmark = pytest.mark.django_db


def coming(cast: Cast, **values) -> Event:
    return event(cast.olpe, starts_at=timezone.now() + timedelta(weeks=4), **values)


def is_marked(registration: Registration) -> bool:
    return Registration.objects.get(pk=registration.pk).email_bounced_at is not None


def told_about_it(cast: Cast) -> list[str]:
    found = Message.objects.filter(key__startswith="event-desk-bounce-").order_by("to")
    return list(found.values_list("to", flat=True))


def test_address_refused_at_delivery_is_marked_and_the_organiser_told_once(cast: Cast, mail_server: Postmaster) -> None:
    ada = confirmed(coming(cast), now=timezone.now())
    mail_server.refused = {ada.email}
    run_jobs()
    run_jobs()

    assert is_marked(ada)
    assert told_about_it(cast) == sorted([cast.olpe_editor.email, cast.olpe_releaser.email])
    assert all(finding.is_good for finding in all_delivered())


def test_address_reported_later_is_marked_and_the_organiser_told_once(cast: Cast, mail_server: Postmaster) -> None:
    ada = confirmed(coming(cast), now=timezone.now())
    run_jobs()
    raw = report(message_id_of(last_mail(ada)))
    for _twice in range(2):
        receive(raw)
        run_jobs()

    assert is_marked(ada)
    assert len(told_about_it(cast)) == 2


def test_mail_to_the_organiser_names_nobody(cast: Cast, mail_server: Postmaster) -> None:
    ada = confirmed(coming(cast), now=timezone.now())
    mail_server.refused = {ada.email}
    run_jobs()

    found = Message.objects.filter(key__startswith="event-desk-bounce-").first()
    assert found is not None
    assert ada.email not in found.text + found.subject
    assert ada.name not in found.text + found.subject
    assert f"/verwaltung/olpe/veranstaltungen/{ada.event.slug}/teilnehmende/" in found.text


def test_address_nobody_has_confirmed_is_marked_and_the_organiser_left_in_peace(
    cast: Cast, mail_server: Postmaster
) -> None:
    ada = registered(coming(cast), now=timezone.now())
    mail_server.refused = {ada.email}
    run_jobs()

    assert is_marked(ada)
    assert told_about_it(cast) == []


def test_address_that_was_corrected_meanwhile_is_not_marked(cast: Cast, mail_server: Postmaster) -> None:
    ada = confirmed(coming(cast), now=timezone.now())
    run_jobs()
    raw = report(message_id_of(last_mail(ada)))
    Registration.objects.filter(pk=ada.pk).update(email="ada@new.example", email_key="ada@new.example")

    receive(raw)
    run_jobs()

    assert not is_marked(ada)


def test_mail_of_another_module_that_comes_back_marks_nobody(cast: Cast, mail_server: Postmaster) -> None:
    ada = confirmed(coming(cast), now=timezone.now())
    run_jobs()
    other = send_message(to=ada.email, subject="x", text="x", key="account-1")
    run_jobs()

    receive(report(message_id_of(other)))
    run_jobs()

    assert not is_marked(ada)


def test_mail_to_the_organiser_that_comes_back_marks_nobody(cast: Cast, mail_server: Postmaster) -> None:
    ada = confirmed(coming(cast), now=timezone.now())
    mail_server.refused = {ada.email}
    run_jobs()
    Registration.objects.update(email_bounced_at=None)

    receive(report(message_id_of(Message.objects.filter(key__startswith="event-desk-bounce-").first())))
    run_jobs()

    assert not is_marked(ada)


def test_seat_stays_theirs_whatever_the_mail_server_says(cast: Cast, mail_server: Postmaster) -> None:
    made = coming(cast)
    ada = registered(made, now=timezone.now())
    mail_server.refused = {ada.email}
    run_jobs()

    assert confirm(actor=VISITOR, registration=ada, now=timezone.now()).state == "confirmed"
