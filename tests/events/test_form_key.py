"""The hidden key of a form, and the work that may come with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from andock.events.form_key import GOOD_FOR, FormKey, new_key, read_key
from andock.events.models import Event, Series
from tests.events.pages import work_for
from tests.factories.events import NOW

EVENT = Event()


def test_each_form_has_a_key_of_its_own() -> None:
    keys = [read_key(new_key(EVENT, NOW), EVENT) for _form in range(2)]

    assert [key.given_at for key in keys if key] == [NOW, NOW]
    assert len({key.request_key for key in keys if key}) == 2


def test_key_is_good_for_its_event_only() -> None:
    for thing in (Event(), Series(pk=EVENT.pk)):
        assert read_key(new_key(EVENT, NOW), thing) is None


def test_anything_else_is_no_key() -> None:
    for text in ("", "x", "a.b:c", new_key(EVENT, NOW)[:-1], "\x00", "🎉" * 1000):
        assert read_key(text, EVENT) is None


def test_work_is_good_for_two_hours_after_the_form_was_given_out() -> None:
    key = read_key(new_key(EVENT, NOW), EVENT)
    assert key
    work = work_for(key.text)

    assert key.is_worked_for(work, NOW)
    assert key.is_worked_for(work, NOW + GOOD_FOR)
    assert not key.is_worked_for(work, NOW + GOOD_FOR + timedelta(seconds=1))
    assert not key.is_worked_for(work, NOW - timedelta(seconds=1))


def test_work_for_one_key_is_none_for_another() -> None:
    """Fixed texts, so that what is tried here never fits by chance."""
    work = work_for("a form")
    other = FormKey("another form", uuid4(), NOW)

    assert FormKey("a form", uuid4(), NOW).is_worked_for(work, NOW)
    assert not any(other.is_worked_for(number, NOW) for number in (work, "", "-1", "1e3", "x", f"{work}0"))
