"""What the search says has happened: new, reading differently, or neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from andock.kernel.jobs import queue
from andock.search import services
from andock.search.source import Entry

pytestmark = pytest.mark.django_db
BEE = Entry("1", "project", "/bienen/", "Bienenstöcke", "Kinder werten Daten aus.", year=2022)
TREE = Entry("2", "project", "/baeume/", "Straßenbäume", "Sensoren melden Durst.", year=2024)


def heard() -> list[tuple[list[str], list[str]]]:
    """What the job that listens was given, in order: what is added, what is changed."""
    jobs = queue.jobs().filter(task_path="andock.following.tasks.renewed").order_by("enqueued_at")
    return [(job.args_kwargs["kwargs"]["added"], job.args_kwargs["kwargs"]["changed"]) for job in jobs]


def put(*entries: Entry) -> None:
    services.put_all(source="trial", groups={"all": entries}, is_told=True)


def test_new_thing_is_added_once() -> None:
    put(BEE)
    put(BEE, TREE)
    put(BEE, TREE)

    assert heard() == [(["1"], []), (["2"], [])]


def test_other_words_are_a_change_and_another_place_in_the_index_is_none() -> None:
    put(BEE)
    put(replace(BEE, topics=("klima",), share=50))
    put(replace(BEE, text="Kinder messen."))
    put(replace(BEE, title="Bienen", text="Kinder messen."))

    assert heard() == [(["1"], []), ([], ["1"]), ([], ["1"])]


def test_wording_that_has_moved_to_another_key_is_nothing_new() -> None:
    put(BEE)
    put(replace(BEE, key="3"))

    assert heard() == [(["1"], [])]


def test_translation_of_what_is_known_is_nothing_new() -> None:
    put(BEE)
    put(BEE, replace(BEE, language="en", title="Hives", text="Children."))

    assert heard() == [(["1"], [])]


def test_what_is_gone_is_told_to_nobody() -> None:
    put(BEE)
    put()

    assert heard() == [(["1"], [])]


def test_making_the_index_anew_is_told_to_nobody() -> None:
    services.put_all(source="trial", groups={"all": [BEE]})

    assert heard() == []
