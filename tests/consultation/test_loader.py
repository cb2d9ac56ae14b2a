"""The consultations of the demonstration, from the region's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from andock.consultation.loader import FILE, load_demonstration
from andock.consultation.models import Anchor, Subject
from andock.local_strategies.models import Version
from andock.notifications.models import Message
from andock.organisations.region_folder import Refused, RegionFolder
from andock.participation.models import Contribution, Participant, Process, Response
from andock.participation.services.telling import tell_authors
from tests.accounts.cast import Cast
from tests.factories.strategy import identity
from tests.local_strategies.scenes import in_force

from .scenes import NOW, edition, local_draft

pytestmark = pytest.mark.django_db


def entry(**values) -> dict:
    return {
        "slug": "fortschreibung", "title": "Fortschreibung (Demonstration)", "summary": "Was fehlt?", "text": "Ein Entwurf.",
        "contact_email": "amt@example.org", "phase": "Kommentieren", "days": -5, "lasts": 20, "edition": 2,
        "said": [
            {"key": "a", "by": "Ada Beispiel", "days": 4, "at": "1", "block": 1, "kind": "wording", "text": "Offene Daten für alle.", "wording": "Daten für alle."},
            {"key": "b", "by": "Bela Muster", "days": 3, "at": "1", "block": 2, "kind": "comment", "text": "Wer macht das?"},
        ],
        "answers": [{"to": ["a"], "days": 2, "stance": "adopted", "changed": "1", "reason": "So steht es jetzt da."}],
    } | values  # fmt: skip


def folder(path: Path, *entries: dict) -> RegionFolder:
    target = path / FILE
    target.parent.mkdir(exist_ok=True)
    target.write_text(yaml.safe_dump({"consultations": list(entries)}, allow_unicode=True), encoding="utf-8")
    return RegionFolder(path)


def test_chain_from_contribution_to_changed_passage_is_loaded(cast: Cast, tmp_path: Path) -> None:
    found = edition()

    assert load_demonstration(folder(tmp_path, entry())).created == 1

    process = Process.objects.get()
    assert process.is_demonstration
    assert process.organisation == cast.agency
    assert Anchor.objects.get(contribution__kind="wording").wording == "Daten für alle."
    response = Response.objects.get()
    assert (str(response.element_id), response.edition) == (identity("g1"), found)
    page = Client().get(f"/beteiligung/fortschreibung/text/{identity('g1')}/").content.decode()
    assert "So steht es jetzt da." in page
    assert "Der Absatz wurde seitdem geändert." in page
    assert "1 Beitrag" in Client().get("/beteiligung/fortschreibung/text/").content.decode()


def test_loading_twice_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    edition()
    load_demonstration(folder(tmp_path, entry()))
    before = list(Contribution.objects.values()), list(Participant.objects.values())

    assert load_demonstration(folder(tmp_path, entry(title="Anders"))).unchanged == 1

    assert before == (list(Contribution.objects.values()), list(Participant.objects.values()))
    assert Process.objects.get().title == "Fortschreibung (Demonstration)"


def test_invented_people_get_no_mail(cast: Cast, tmp_path: Path) -> None:
    edition()
    load_demonstration(folder(tmp_path, entry()))
    assert tell_authors(now=NOW) == 0
    assert not Message.objects.exists()
    assert {one.email for one in Participant.objects.all()} == {"ada-beispiel@example.org", "bela-muster@example.org"}


def test_local_strategy_begins_its_next_draft_in_participation(cast: Cast, tmp_path: Path) -> None:
    version = local_draft(cast)
    local = entry(organisation="olpe", answers=[])
    del local["edition"]

    assert load_demonstration(folder(tmp_path, local)).unchanged == 1, "Nothing of it is in force, so nothing is begun."

    Version.objects.filter(pk=version.pk).update(
        state="in_force", content_hash="x", resolved={}, in_force_on=NOW.date()
    )
    assert load_demonstration(folder(tmp_path, local)).created == 1
    draft = Subject.objects.get().version
    assert draft is not None
    assert (draft.number, draft.state) == (2, "participation")
    assert Client().get("/beteiligung/fortschreibung/text/").status_code == 200


def test_passage_that_is_not_there_is_refused_and_nothing_written(cast: Cast, tmp_path: Path) -> None:
    edition()
    wrong = entry()
    wrong["said"][0]["at"] = "9.9"
    with pytest.raises(Refused, match=r"9\.9"):
        load_demonstration(folder(tmp_path, wrong))
    assert not Process.objects.exists()


def test_only_the_demonstration_loads_it(cast: Cast, tmp_path: Path, settings) -> None:
    settings.ANDOCK_DEMO = False
    edition()
    assert load_demonstration(folder(tmp_path, entry())).created == 0
    assert not Process.objects.exists()


def test_chain_of_a_local_strategy_that_is_in_force_is_loaded(cast: Cast, tmp_path: Path) -> None:
    version = in_force(cast.olpe_releaser, local_draft(cast))
    said = [
        {
            "key": "a",
            "by": "Ada Beispiel",
            "day": "2025-11-10",
            "at": "1",
            "block": 1,
            "kind": "comment",
            "text": "Gut.",
        }
    ]
    answers = [{"to": ["a"], "day": "2025-12-01", "stance": "adopted", "changed": "1", "reason": "Steht da."}]
    more = {
        "organisation": cast.olpe.key,
        "version": version.number,
        "begins": "2025-11-03",
        "said": said,
        "answers": answers,
    }

    assert load_demonstration(folder(tmp_path, entry(**more))).created == 1

    phase = Process.objects.get().phases.get()
    assert timezone.localdate(phase.starts_at).isoformat() == "2025-11-03"
    assert timezone.localdate(Contribution.objects.get().sent_at).isoformat() == "2025-11-10"
    response = Response.objects.get()
    assert (str(response.element_id), response.version, response.edition) == (identity("g1"), version, None)
    page = Client().get("/kommunen/olpe/strategie/").content.decode()
    assert "1 Beitrag aus der Bürgerschaft hat diese Stelle verändert" in " ".join(page.split())
