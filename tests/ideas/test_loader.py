"""The demonstration's collections of ideas: whole, marked, and loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from andock.ideas.loader import load_demonstration
from andock.ideas.models import Idea, Remark, Support
from andock.notifications.models import Message
from andock.organisations.models import Term
from andock.organisations.region_folder import Refused, RegionFolder
from andock.participation.models import Answered, Participant, Process
from tests.accounts.cast import Cast

TEXT = """
people: {first: [Ada, Bo, Cy, Di, Ed, Fee], last: [Muster]}
collections:
  - slug: ufer
    title: Das Ufer
    summary: Was fehlt?
    contact_email: ufer@demo.example
    organisation: olpe
    blueprint: ideas
    terms: [topics/klima]
    phases: [{kind: ideas, title: Sammeln, days: -5, lasts: 10}]
    ideas:
      - title: Bank
        text: Eine Bank.
        point: "51.5, 7.5"
        topic: topics/klima
        status: done
        supports: 3
        answer: {stance: adopted, reason: "Steht."}
        remarks: [{stand: question, text: "Wann?", answers: [{stand: pro, text: "Bald."}]}]
      - {title: Sitzbank, text: "Noch eine.", supports: 4, into: Bank}
"""


@pytest.fixture
def folder(cast: Cast, tmp_path: Path) -> RegionFolder:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    (tmp_path / "demonstration").mkdir()
    (tmp_path / "demonstration/ideas.yaml").write_text(TEXT, encoding="utf-8")
    return RegionFolder(tmp_path)


def counts() -> list[int]:
    return [model.objects.count() for model in (Process, Idea, Remark, Support, Answered, Participant)]


def test_collection_is_loaded_whole_and_once(folder: RegionFolder) -> None:
    first, before = load_demonstration(folder), counts()
    second = load_demonstration(folder)

    assert (first.created, second.unchanged) == (1, 1)
    assert before == counts() == [1, 2, 2, 5, 1, 6]
    assert Idea.objects.get(merged_into__isnull=False).contribution.title == "Sitzbank"
    assert Support.objects.filter(idea__merged_into=None).count() == 5


def test_collection_is_marked_and_writes_to_nobody(folder: RegionFolder) -> None:
    load_demonstration(folder)

    assert not Message.objects.exists()
    assert "Demonstration" in Client().get("/beteiligung/ufer/ideen/").content.decode()
    assert not Answered.objects.filter(told_at=None).exists()


def test_nothing_is_invented_outside_the_demonstration(folder: RegionFolder, settings) -> None:
    settings.ANDOCK_DEMO = False

    assert load_demonstration(folder).created == 0
    assert not Process.objects.exists()


def test_reference_that_leads_nowhere_is_refused(folder: RegionFolder) -> None:
    (folder.path / "demonstration/ideas.yaml").write_text(TEXT.replace("olpe", "nirgendwo"), encoding="utf-8")

    with pytest.raises(Refused):
        load_demonstration(folder)
    assert not Process.objects.exists()
