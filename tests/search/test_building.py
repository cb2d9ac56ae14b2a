"""The index as a whole: what the modules of a small region say, made anew, stopped and gone on with, and the doctor's look at it."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.test import Client

from andock.organisations.services.register import rename_organisation
from andock.search import building
from andock.search.checks import everything_is_known
from andock.search.models import Building, Document
from andock.search.services import replace
from andock.search.source import Entry, Source, sources
from andock.search.tasks import build
from tests.accounts.cast import Cast, cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


def found(question: str, language: str = "") -> str:
    return Client().get(f"{language}/suche/", {"q": question}).content.decode()


def test_command_finds_what_was_written_past_the_services(cast: Cast) -> None:
    assert 'href="/kommunen/olpe/"' not in found("Olpe")

    call_command("index_search", verbosity=0, stdout=io.StringIO())

    assert 'href="/kommunen/olpe/"' in found("Olpe")
    assert 'href="/en/kommunen/olpe/"' in found("Olpe", "/en")


def test_second_run_writes_nothing(cast: Cast) -> None:
    building.build()

    assert sum(built.changed for built in building.build()) == 0


def test_stopped_run_goes_on_where_it_was_and_ends_as_if_it_had_not_been(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "STEP", 1)
    steps: list[int] = []

    def stop(_source: str, done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        building.build(tell=stop)
    assert not next(iter(everything_is_known())).is_good
    half = set(Document.objects.values_list("key", flat=True))

    building.build(tell=lambda *step: steps.append(step[1]))

    assert len(half) == 2
    assert steps[0] == 2
    assert building.differing() == []
    assert not Building.objects.exists()


def test_what_its_module_no_longer_names_goes(cast: Cast) -> None:
    building.build()
    replace(source="organisations", group="0", entries=[Entry("0", "organisation", "/gone/", "Gewesen")])
    assert building.differing() == ["organisations 0"]

    building.build()

    assert building.differing() == []
    assert not Document.objects.filter(group="0").exists()


def test_source_of_a_module_that_was_switched_off_goes(cast: Cast) -> None:
    building.build()
    Document.objects.update(source="gone")

    building.build()

    assert not Document.objects.filter(source="gone").exists()


def test_doctor_names_what_is_missing_and_how_to_mend_it(cast: Cast) -> None:
    [finding] = everything_is_known()
    assert not finding.is_good
    assert "andock index-search" in str(finding.mend)

    building.build()

    assert [finding.is_good for finding in everything_is_known()] == [True]


def test_renamed_town_is_found_at_once_and_by_the_job_in_what_others_wrote(cast: Cast) -> None:
    building.build()

    rename_organisation(actor=None, organisation=cast.olpe, name="Olpe am See")
    assert "/kommunen/olpe-am-see/" in found("See")

    build.call()
    assert building.differing() == []


def test_every_source_has_words_for_its_kinds_and_a_name_of_its_own() -> None:
    every: list[Source] = list(sources().values())

    assert {source.name for source in every} == {
        "organisations", "strategy", "local_strategies", "events", "knowledge", "pages", "participation",
    }  # fmt: skip
    kinds = [kind for source in every for kind in source.kinds]
    assert len(kinds) == len(set(kinds))
