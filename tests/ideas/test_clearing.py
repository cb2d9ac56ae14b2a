"""What was taken back leaves no photo and no place behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from andock.ideas.models import Idea
from andock.ideas.photos import as_jpeg, set_aside
from andock.ideas.services import clearing, supporting
from andock.participation.models import Process
from andock.participation.own_data import own_data
from andock.participation.services import contributing, forgetting
from tests.ideas.scenes import idea, known, picture

LATER = timedelta(days=2)


def test_photo_and_place_go_with_the_words(park: Process, django_capture_on_commit_callbacks) -> None:
    ada = known()
    one = idea(park, "", ada, photo=picture(), photo_alt="Bank", place="am Teich", latitude=51.5, longitude=7.5)
    kept = idea(park, photo=picture(), photo_alt="Bank")

    with django_capture_on_commit_callbacks(execute=True):
        contributing.withdraw(participant=ada, contribution=one.contribution)

    gone = Idea.objects.get(pk=one.pk)
    assert (gone.photo.name, gone.photo_alt, gone.place) == ("", "", "")
    assert (gone.latitude, gone.longitude) == (None, None)
    assert not default_storage.exists(one.photo.name)
    assert default_storage.exists(kept.photo.name)
    assert "am Teich" not in Client().get(f"/beteiligung/{park.slug}/ideen/{one.pk}/").content.decode()
    assert Client().get(f"/beteiligung/{park.slug}/ideen/{one.pk}/foto.jpg").status_code == 404


def test_photo_is_deleted_later_where_the_store_does_not_answer(
    park: Process, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    ada = known()
    one = idea(park, "", ada, photo=picture(), photo_alt="Bank")
    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "delete", _does_not_answer)
        with django_capture_on_commit_callbacks(execute=True):
            contributing.withdraw(participant=ada, contribution=one.contribution)

    assert Idea.objects.get(pk=one.pk).photo.name == ""
    assert clearing.delete_files(now=timezone.now() + LATER) == 1
    assert not default_storage.exists(one.photo.name)


def _does_not_answer(name: str) -> None:
    raise OSError(name)


def test_photo_of_somebody_who_was_erased_goes_where_they_wished_it(
    park: Process, django_capture_on_commit_callbacks
) -> None:
    ada, bob = known(), known("Bob")
    one, kept = (idea(park, "", who, photo=picture(), photo_alt="Bank", place="am Teich") for who in (ada, bob))
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.erase(participant=ada, keeps_words=False)
        forgetting.erase(participant=bob, keeps_words=True)

    gone, stays = Idea.objects.get(pk=one.pk), Idea.objects.get(pk=kept.pk)
    assert (gone.photo.name, gone.photo_alt, gone.place) == ("", "", "")
    assert not default_storage.exists(one.photo.name)
    assert (stays.photo_alt, stays.place, default_storage.exists(stays.photo.name)) == ("Bank", "am Teich", True)


def test_everything_kept_is_taken_along(park: Process) -> None:
    ada = known()
    own, other = idea(park, "", ada, place="am Teich"), idea(park, "Schattige Bank")
    supporting.support(participant=ada, idea=other, now=timezone.now())

    data = own_data(ada)["ideas"]

    assert [(one["number"], one["title"]) for one in data["supported"]] == [(other.pk, "Schattige Bank")]
    assert [(one["number"], one["place"]) for one in data["own"]] == [(own.pk, "am Teich")]


def test_photo_that_was_never_sent_goes_after_a_day(park: Process) -> None:
    set_aside(as_jpeg(picture()))

    assert clearing.delete_files(now=timezone.now()) == 0
    assert clearing.delete_files(now=timezone.now() + LATER) == 1
