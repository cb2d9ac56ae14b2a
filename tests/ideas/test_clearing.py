"""What was taken back leaves no photo and no place behind."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from andock.ideas.models import Idea
from andock.ideas.photos import as_jpeg, set_aside
from andock.ideas.services import clearing, supporting
from andock.participation.models import Process
from andock.participation.own_data import own_data
from andock.participation.services import contributing, forgetting
from tests.ideas.scenes import idea, known, picture

LATER = timedelta(days=2)


def test_photo_and_place_go_with_the_words(park: Process) -> None:
    ada = known()
    one = idea(park, "", ada, photo=picture(), photo_alt="Bank", place="am Teich", latitude=51.5, longitude=7.5)
    kept = idea(park, photo=picture(), photo_alt="Bank")
    contributing.withdraw(participant=ada, contribution=one.contribution)

    assert clearing.strip_withdrawn() == 1
    assert clearing.strip_withdrawn() == 0
    assert clearing.delete_files(now=timezone.now() + LATER) == 1

    gone = Idea.objects.get(pk=one.pk)
    assert (gone.photo.name, gone.photo_alt, gone.place, gone.latitude) == ("", "", "", None)
    assert not default_storage.exists(one.photo.name)
    assert default_storage.exists(kept.photo.name)


def test_photo_of_somebody_who_was_erased_goes_where_they_wished_it(park: Process) -> None:
    ada = known()
    one = idea(park, "", ada, photo=picture(), photo_alt="Bank", place="am Teich")
    forgetting.erase(participant=ada, keeps_words=False)

    gone = Idea.objects.get(pk=one.pk)
    assert (gone.photo.name, gone.photo_alt, gone.place) == ("", "", "")


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
