"""The result as open data: the numbers of the page and no more, for everybody at the same time."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from andock.questionnaire.services.releasing import release

from .scenes import BASE, answer, asked, client, names, over

if TYPE_CHECKING:
    from tests.accounts.cast import Cast

FILES = ("ergebnis.csv", "ergebnis.json")
DATA = "/beteiligung/{}/daten/"


@pytest.mark.parametrize("file", FILES)
def test_files_open_when_the_page_does(cast: Cast, file: str) -> None:
    found = asked(cast.olpe)
    data = DATA.format(found.phase.process.slug)

    early = [
        browser.get(f"{BASE}{file}").status_code for browser in (Client(), client(cast, "soest_releaser"), client(cast))
    ]
    before = Client().get(data).content.decode()
    over(found)

    assert early == [403, 403, 200]
    assert file not in before
    assert f"{BASE}{file}" in Client().get(data).content.decode()
    assert Client().get(f"{BASE}{file}").status_code == 200


def test_both_hold_what_the_page_says_and_keep_back_what_it_keeps_back(cast: Cast) -> None:
    found = asked(cast.olpe)
    words = names(found)[4]
    for number in range(9):
        answer(found, f"a{number}", "a2", **{words: "=1+1"})
    for number in range(5):
        answer(found, f"b{number}", "a3")
    first = found.submissions.order_by("pk")[0]
    release(actor=cast.olpe_editor, questionnaire=found, shown=[first.pk], chosen={(first.pk, words)})
    over(found)

    table = list(
        csv.DictReader(io.StringIO(Client().get(f"{BASE}ergebnis.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    told = Client().get(f"{BASE}ergebnis.json").json()

    assert [(row["answer"], row["number"]) for row in table if row["kind"] == "single"] == [
        ("Bus", ""), ("Rad", "9"), ("zu Fuß", ""),
    ]  # fmt: skip
    assert [row["answer"] for row in table if row["kind"] == "text"] == ["'=1+1"]
    assert [row["answer"] for row in told["results"] if row["kind"] == "text"] == ["=1+1"]
    assert [(row["answer"], row["number"] or "") for row in told["results"]][:3] == [
        (row["answer"], int(row["number"]) if row["number"] else "") for row in table
    ][:3]
    assert set(told["fields"]) == set(table[0]) == set(told["results"][0])
    assert told["licence"]["url"].startswith("https://")
    assert "ada" not in str(told)
