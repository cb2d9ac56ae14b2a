"""Personal data end when their time is over; figures and texts of consent stay."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from andock.audit.models import Entry
from andock.events import checks
from andock.events.choices import RegistrationState as State
from andock.events.models import Allotment, ConsentText, Event, Registration
from andock.events.services import registering, seats
from andock.events.services.forgetting import NOBODY, forget_due
from andock.notifications.models import Message
from tests.accounts.cast import Cast
from tests.factories.events import NOW, VISITOR, confirmed, event, registered

from .post import run_jobs

pytestmark = pytest.mark.django_db

STAYS = {
    "id", "event", "allotment", "state", "seats", "uses_reserve", "email_bounced_at", "language", "consent",
    "consented_at", "origin", "code", "ticket", "request_key", "created_at", "confirmed_at", "seated_at", "expires_at", "changed_at",
    "arrived", "arrived_at", "anonymised_at",
}  # fmt: skip
"""What may stay of a registration: nothing of it leads to a person."""


def at(day: object, hours: int = 3) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=hours)


def full(made: Event, name: str = "Ada") -> Registration:
    """Somebody of whom everything is known that can be."""
    ada = confirmed(
        made, name, companions=["Bob"], answers={"q1": "Ada's answer"}, access_needs="Sign language",
        catering_needs="Vegan", consent="I agree.",
    )  # fmt: skip
    Registration.objects.filter(pk=ada.pk).update(
        note="Ada owes us a book", reason="Ada is ill", arrived=1, origin_hash="abc"
    )
    return ada


def test_every_field_of_a_registration_is_either_forgotten_or_says_nothing() -> None:
    fields = {field.name for field in Registration._meta.concrete_fields}

    assert fields == STAYS | set(NOBODY)


def test_names_are_kept_until_the_stated_day_and_gone_on_it(cast: Cast) -> None:
    made = event(cast.olpe, keep_days=30)
    ada = full(made)

    forget_due(now=at(made.last_day + timedelta(days=29), hours=23))
    ada.refresh_from_db()
    assert (ada.name, ada.email) == ("Ada", "ada@example.org")

    forget_due(now=at(made.last_day + timedelta(days=30)))
    ada.refresh_from_db()
    assert {name: getattr(ada, name) for name in NOBODY} == NOBODY
    assert ada.anonymised_at


def test_figures_and_texts_of_consent_stay(cast: Cast) -> None:
    made = event(cast.olpe, seats=5)
    ada = full(made)
    registering.cancel(actor=VISITOR, registration=full(made, "Bob"), now=NOW)
    before = list(
        Registration.objects.order_by("pk").values_list("state", "seats", "arrived", "confirmed_at", "consent")
    )

    forget_due(now=at(made.forgets_on))

    after = list(
        Registration.objects.order_by("pk").values_list("state", "seats", "arrived", "confirmed_at", "consent")
    )
    assert after == before
    assert ConsentText.objects.get().text == "I agree."
    allotment = made.allotments.get()
    assert (allotment.taken, allotment.waiting) == seats.recount(allotment) == (1, 0)
    assert Registration.objects.get(pk=ada.pk).state == State.CONFIRMED


def test_trail_says_how_many_and_not_who(cast: Cast) -> None:
    made = event(cast.olpe, seats=5)
    full(made), full(made, "Bob")

    forget_due(now=at(made.forgets_on))

    entries = [(entry.action, entry.organisation, entry.data) for entry in Entry.objects.order_by("pk")]
    assert entries == [("events.forgotten", cast.olpe, {"registrations": 2})]


def test_second_run_does_nothing(cast: Cast) -> None:
    made = event(cast.olpe)
    full(made)
    for _run in range(2):
        forget_due(now=at(made.forgets_on))

    assert Entry.objects.count() == 1


def test_needs_go_a_week_after_the_event(cast: Cast) -> None:
    made = event(cast.olpe)
    ada = full(made)

    forget_due(now=at(made.last_day + timedelta(days=6)))
    ada.refresh_from_db()
    assert ada.access_needs

    forget_due(now=at(made.last_day + timedelta(days=7)))
    ada.refresh_from_db()
    assert (ada.access_needs, ada.catering_needs, ada.name) == ("", "", "Ada")
    assert Entry.objects.get().data == {"needs": 1}


def test_needs_never_outlive_the_rest(cast: Cast) -> None:
    made = event(cast.olpe, keep_days=2)

    assert made.forgets_needs_on == made.forgets_on == made.last_day + timedelta(days=2)


def test_event_to_come_keeps_everything(cast: Cast) -> None:
    made = event(cast.olpe, keep_days=1)
    ada = full(made)

    forget_due(now=made.starts_at)
    ada.refresh_from_db()

    assert (ada.name, ada.access_needs) == ("Ada", "Sign language")


def mails_kept() -> list[str]:
    return list(Message.objects.exclude(to="").order_by("to").values_list("to", flat=True))


def test_mails_are_kept_no_longer_than_the_person_they_are_about(cast: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    soon, later = event(cast.olpe, seats=5, keep_days=1), event(cast.olpe, keep_days=90)
    for made, name in ((soon, "Ada"), (soon, "Bob"), (later, "Cem")):
        full(made, name)
    run_jobs()
    assert mails_kept() == ["ada@example.org", "bob@example.org", "cem@example.org"]

    forget_due(now=at(soon.forgets_on))

    assert mails_kept() == ["cem@example.org"]
    assert "Ada" not in str(list(Message.objects.values()))


def test_mail_that_was_never_answered_goes_with_the_registration(cast: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    made = event(cast.olpe, seats=5)
    registered(made, "Ada"), registered(made, "Bob")
    run_jobs()
    registering.confirm(actor=VISITOR, registration=Registration.objects.get(name="Bob"), now=NOW)
    registering.expire_due(now=NOW + timedelta(hours=1))

    forget_due(now=NOW + timedelta(days=8))

    assert mails_kept() == ["bob@example.org"]


def test_postponed_event_keeps_its_people_until_after_the_new_day(cast: Cast) -> None:
    made = event(cast.olpe, keep_days=10)
    ada = full(made)
    old_day = made.forgets_on
    Event.objects.filter(pk=made.pk).update(last_day=made.last_day + timedelta(days=60))

    forget_due(now=at(old_day))
    ada.refresh_from_db()

    assert ada.name == "Ada"


def test_unconfirmed_registration_is_gone_after_a_week(cast: Cast) -> None:
    made = event(cast.olpe, seats=5)
    ada, bob = registered(made), confirmed(made, "Bob")
    registering.expire_due(now=NOW + timedelta(hours=1))

    forget_due(now=NOW + timedelta(days=7))
    assert Registration.objects.filter(pk=ada.pk).exists()
    forget_due(now=NOW + timedelta(days=7, hours=2))

    assert list(Registration.objects.all()) == [bob]
    assert Entry.objects.get().data == {"never_confirmed": 1}


def test_lapsed_offer_and_entries_by_hand_are_not_taken_for_unconfirmed(cast: Cast) -> None:
    made = event(cast.olpe)
    lapsed, by_hand = confirmed(made), registered(made, "Bob")
    Registration.objects.filter(pk=lapsed.pk).update(state=State.EXPIRED)
    Registration.objects.filter(pk=by_hand.pk).update(state=State.CANCELLED, origin="by_hand")

    forget_due(now=NOW + timedelta(days=20))

    assert Registration.objects.count() == 2


def test_place_on_the_network_is_forgotten_after_a_day(cast: Cast) -> None:
    ada = full(event(cast.olpe))

    forget_due(now=NOW + timedelta(hours=23))
    assert Registration.objects.get(pk=ada.pk).origin_hash
    forget_due(now=NOW + timedelta(hours=25))

    assert not Registration.objects.get(pk=ada.pk).origin_hash


def test_doctor_is_content_with_what_services_did(cast: Cast) -> None:
    made = event(cast.olpe)
    confirmed(made), confirmed(made, "Bob"), confirmed(made, "Cem")
    event(cast.olpe)

    assert [finding.is_good for check in (checks.seats_are_counted,) for finding in check()] == [True]


def test_doctor_names_events_that_are_counted_wrongly(cast: Cast) -> None:
    made = event(cast.olpe)
    confirmed(made)
    Allotment.objects.filter(event=made).update(taken=2)

    (finding,) = checks.seats_are_counted()

    assert not finding.is_good
    assert made.slug in finding.mend


@pytest.mark.parametrize(("days", "is_good"), [(90, True), (91, True), (93, False)])
def test_doctor_names_events_whose_people_should_be_forgotten(cast: Cast, days: int, is_good: bool) -> None:
    made = event(cast.olpe, starts_at=timezone.now() - timedelta(days=days))
    Registration.objects.create(
        event=made, allotment=made.allotments.get(), state=State.CONFIRMED, name="Ada", code="A"
    )

    (finding,) = checks.data_are_forgotten()

    assert finding.is_good is is_good
