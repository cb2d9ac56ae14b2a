"""Comments and other wordings in open data and in the table for the council."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from andock.consultation.models import Anchor
from andock.participation.models import Phase
from tests.accounts.cast import Cast
from tests.consultation.scenes import consulted, edition, path, spoken
from tests.factories.strategy import identity

pytestmark = pytest.mark.django_db


def taken(client: Client, where: Phase, suffix: str = "csv") -> bytes:
    return client.get(f"/beteiligung/{where.process.slug}/beitraege.{suffix}").content


def desk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.coordinator)
    return client


def address(where: Phase, page: str) -> str:
    return f"/verwaltung/{where.process.organisation.slug}/beteiligung/verfahren/{where.process.slug}/{page}"


def test_row_says_passage_and_the_wording_referred_to(cast: Cast, client: Client) -> None:
    where = consulted(cast.agency, edition=edition())
    spoken(where)

    (row,) = csv.DictReader(io.StringIO(taken(client, where).decode("utf-8-sig")), delimiter=";")

    assert (row["passage"], row["paragraph"]) == (identity("g1"), identity("b1"))
    assert row["wording"] == "Offene Daten für alle."


def test_table_for_the_council_shows_the_wording(cast: Cast) -> None:
    where = consulted(cast.agency, edition=edition())
    spoken(where)

    book = openpyxl.load_workbook(io.BytesIO(desk(cast).get(address(where, "tabelle/abwaegung.xlsx")).content))

    head, line = book.active.iter_rows(values_only=True)
    assert dict(zip(head, line, strict=True))["Wortlaut, auf den er sich bezieht"] == "Offene Daten für alle."


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_comments_come_in_at_their_passage(cast: Cast, client: Client, suffix: str) -> None:
    text = edition()
    where, other = consulted(cast.agency, edition=text), consulted(cast.agency, edition=text)
    spoken(where, "Bitte klarer.")

    file = SimpleUploadedFile(f"x.{suffix}", taken(client, where, suffix))
    answer = desk(cast).post(address(other, "einspielen/"), {"file": file})

    assert answer.status_code == 302, answer.content.decode()
    there = Anchor.objects.get(contribution__process=other.process)
    assert (str(there.identity), str(there.block), there.wording) == (
        identity("g1"),
        identity("b1"),
        "Offene Daten für alle.",
    )
    assert there.contribution.address == f"{path(other, 'g1')}#beitrag-{there.pk}"
    assert "Bitte klarer." in client.get(path(other, "g1")).content.decode()


@pytest.mark.parametrize("with_text", [True, False])
def test_comment_without_its_place_is_refused(cast: Cast, with_text: bool) -> None:
    where = consulted(cast.agency, **({"edition": edition()} if with_text else {}))

    file = SimpleUploadedFile("x.csv", b"url;phase;kind;text\n1;text;comment;x\n")

    assert desk(cast).post(address(where, "einspielen/"), {"file": file}).status_code == 400
