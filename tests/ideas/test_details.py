"""Ideas and remarks in open data: out, and in again."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from andock.ideas.models import Idea, Remark
from andock.ideas.services.supporting import support
from andock.participation.models import Contribution, Process
from tests.accounts.cast import Cast
from tests.ideas.scenes import collecting, idea, known, remark

pytestmark = pytest.mark.django_db

HEAD = "url;phase;kind;text"


def taken(client: Client, process: Process, suffix: str = "csv") -> bytes:
    return client.get(f"/beteiligung/{process.slug}/beitraege.{suffix}").content


def rows(client: Client, process: Process) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken(client, process).decode("utf-8-sig")), delimiter=";"))


def read_in(cast: Cast, process: Process, content: str | bytes, name: str = "x.csv"):
    desk = Client()
    desk.force_login(cast.olpe_editor)
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, raw)
    return desk.post(f"/verwaltung/olpe/beteiligung/verfahren/{process.slug}/einspielen/", {"file": file})


def test_row_says_place_supports_and_status(park: Process, client: Client) -> None:
    made = idea(park, place="Am Teich", latitude=51.1, longitude=7.9)
    Idea.objects.filter(pk=made.pk).update(status="checking")
    support(participant=known("Ada"), idea=made, now=made.contribution.sent_at)

    (row,) = rows(client, park)

    assert (row["place"], row["latitude"], row["longitude"]) == ("Am Teich", "51.1", "7.9")
    assert (row["supports"], row["status"]) == ("1", "checking")


def test_unknown_place_has_no_coordinates(park: Process, client: Client) -> None:
    idea(park)

    assert (rows(client, park)[0]["latitude"], rows(client, park)[0]["longitude"]) == ("", "")


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_ideas_and_remarks_come_in_with_their_own_rows(cast: Cast, park: Process, client: Client, suffix: str) -> None:
    made = idea(park, place="Am Teich", latitude=51.1, longitude=7.9)
    first = remark(made, "Warum dort?", "question")
    remark(made, "Weil Schatten ist.", "pro", first)
    other = collecting(cast.olpe, slug="anderswo")

    answer = read_in(cast, other, taken(client, park, suffix), f"x.{suffix}")

    assert answer.status_code == 302, answer.content.decode()
    there = Idea.objects.get(contribution__process=other)
    assert (there.place, there.latitude, there.longitude) == ("Am Teich", 51.1, 7.9)
    assert there.contribution.address == f"/beteiligung/anderswo/ideen/{there.pk}/"
    asked, said = Remark.objects.filter(idea=there)
    assert (asked.stand, said.stand, said.answers_to) == ("question", "pro", asked)
    assert client.get(there.contribution.address).status_code == 200


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("latitude;longitude", "95;7"), ("latitude;longitude", "51;"), ("latitude;longitude", "0;0"),
        ("latitude;longitude", "x;7"), ("latitude;longitude", "nan;7"), ("topic", "topics/nirgends"),
    ],
)  # fmt: skip
def test_place_or_topic_that_does_not_fit_is_refused(cast: Cast, park: Process, more: str, reason: str) -> None:
    answer = read_in(cast, park, f"{HEAD};{more}\n1;ideas;idea;x;{reason}\n")

    assert answer.status_code == 400
    assert "Zeile 2: " in answer.content.decode()
    assert not Contribution.objects.exists()


def test_remark_without_its_idea_is_refused(cast: Cast, park: Process) -> None:
    assert read_in(cast, park, f"{HEAD};idea;stand\n1;ideas;remark;x;fehlt;pro\n").status_code == 400


def test_details_take_as_many_queries_for_three_as_for_one(
    park: Process, client: Client, django_assert_max_num_queries
) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            remark(idea(park))
        with django_assert_max_num_queries(9) as asked:
            taken(client, park)
        counts.append(len(asked))
    assert counts[0] == counts[1]
