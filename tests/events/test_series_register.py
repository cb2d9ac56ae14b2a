"""A whole series at once: one form, one mail, one button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.events.choices import Occasion
from andock.events.choices import RegistrationState as State
from andock.events.letters import letter
from andock.events.models import Event, Question, Registration, Series
from tests.accounts.cast import Cast
from tests.events.pages import ADA, coming, key_in, link_of, text
from tests.events.test_registering import told
from tests.factories.events import confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
FORM = "/en/veranstaltungen/reihen/kurs/anmelden/"


@pytest.fixture
def course(cast: Cast) -> list[Event]:
    """Three evenings to come, one that is over, one that is a draft."""
    series = Series.objects.create(organisation=cast.olpe, slug="kurs", title="Course", at_once=True)
    for values in ({"starts_at": timezone.now() - timedelta(days=3)}, {"state": "draft"}):
        coming(cast.olpe, series=series, **values)
    return [
        coming(cast.olpe, series=series, starts_at=timezone.now() + timedelta(weeks=week), title=f"Evening {week}")
        for week in (1, 2, 3)
    ]


def send(dates: list[Event], client: Client | None = None, **more: str):
    return (client or Client()).post(FORM, ADA | {"dates": [str(event.pk) for event in dates]} | more)


def mails() -> list[str]:
    return sorted(occasion for registration in Registration.objects.all() for occasion in told(registration))


def test_form_offers_the_dates_to_come_those_with_seats_ticked(course: list[Event]) -> None:
    confirmed(course[1], "Bob", seats=2, now=timezone.now())

    page = Client().get(FORM)

    assert [event.title in text(page) for event in course] == [True, True, True]
    assert page.content.decode().count('name="dates"') == 3
    assert page.content.decode().count(" checked") == 2


def test_series_is_one_registration_a_date_and_one_mail(course: list[Event]) -> None:
    answer = send(course)

    registrations = Registration.objects.all()
    assert answer.url == "/en/veranstaltungen/reihen/kurs/danke/"
    assert {one.event for one in registrations} == set(course)
    assert len({one.group for one in registrations}) == 1
    assert mails() == ["confirm"]
    assert "With one button you confirm all dates" in text(Client().get(answer.url))


def test_mail_names_all_dates_its_link_confirms(course: list[Event]) -> None:
    send(course)
    told_of = next(one for one in Registration.objects.all() if told(one))

    _subject, words = letter(told_of, Occasion.CONFIRM, timezone.now())

    assert all(event.title in words for event in course)
    assert words.count("/veranstaltungen/anmeldung/") == 1


def test_one_button_confirms_all_dates(course: list[Event]) -> None:
    send(course)
    told_of = next(one for one in Registration.objects.all() if told(one))

    Client().post(link_of(told_of), {"act": "confirm"})

    assert set(Registration.objects.values_list("state", flat=True)) == {State.CONFIRMED}
    page = Client().get(link_of(told_of))
    assert page.content.decode().count("/veranstaltungen/anmeldung/") > 2
    assert "Your other dates of this series" in text(page)


def test_only_ticked_dates_are_taken(course: list[Event]) -> None:
    send(course[:2])

    assert Registration.objects.count() == 2
    assert "Please tick at least one date" in text(send([]))


def test_full_date_without_waiting_list_takes_none_and_is_named(course: list[Event]) -> None:
    Event.objects.filter(pk=course[1].pk).update(has_waiting_list=False)
    confirmed(course[1], "Bob", seats=2, now=timezone.now())

    page = send(course)

    assert page.status_code == 409
    assert "Evening 2: All seats are taken" in text(page)
    assert not Registration.objects.filter(name="Ada Lovelace").exists()
    assert "Ada Lovelace" in page.content.decode()


def test_double_click_is_once(course: list[Event]) -> None:
    key = key_in(Client().get(FORM))

    assert [send(course, key=key).status_code for _click in range(2)] == [302, 302]
    assert Registration.objects.count() == 3
    assert mails() == ["confirm"]


def test_date_that_is_registered_already_stays_as_it_is(course: list[Event]) -> None:
    ada = confirmed(course[0], "Ada", now=timezone.now())

    send(course)

    assert Registration.objects.count() == 3
    assert told(ada) == ["confirm", "confirmed", "again"]


def test_twelve_dates_are_one_mail_and_within_the_limit(course: list[Event]) -> None:
    more = [coming(course[0].organisation, series=course[0].series) for _number in range(9)]

    assert send([*course, *more]).status_code == 302
    assert Registration.objects.count() == 12


def test_question_of_several_dates_is_asked_once_and_answered_for_each(course: list[Event]) -> None:
    first, second = (Question.objects.create(event=event, label="Why?", is_required=True) for event in course[:2])

    page = Client().get(FORM).content.decode()
    send(course, **{first.field: "Because"})

    assert page.count("Why?") == 1
    answers = dict(Registration.objects.values_list("event", "answers"))
    assert answers == {
        course[0].pk: {first.field: "Because"}, course[1].pk: {second.field: "Because"}, course[2].pk: {},
    }  # fmt: skip


def test_hybrid_date_is_taken_the_way_that_was_chosen(course: list[Event]) -> None:
    hybrid = coming(course[0].organisation, series=course[0].series, format="hybrid")

    send([course[0], hybrid], attendance="online")

    ways = dict(Registration.objects.values_list("event", "allotment__attendance"))
    assert ways == {course[0].pk: "room", hybrid.pk: "online"}


def test_series_without_open_dates_says_so(course: list[Event]) -> None:
    Event.objects.update(closes_at=timezone.now() - timedelta(hours=1))

    assert "There is no date of this series" in text(Client().get(FORM))


def test_series_that_is_not_taken_at_once_is_not_found(course: list[Event]) -> None:
    Series.objects.update(at_once=False)

    assert Client().get(FORM).status_code == 404


def test_erased_date_of_a_series_leaves_the_others(course: list[Event]) -> None:
    send(course)
    gone = Registration.objects.first()

    assert "Your other dates of this series stay" in text(Client().get(link_of(gone, "loeschen/")))
    Client().post(link_of(gone, "loeschen/"))

    assert Registration.objects.filter(name="Ada Lovelace").count() == 2
