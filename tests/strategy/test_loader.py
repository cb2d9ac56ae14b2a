"""A region's editions are loaded again: what is in force stays in force, what people wrote stays theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from andock.accounts.models import User
from andock.docking.values import Lineage
from andock.organisations.region_folder import Refused, RegionFolder
from andock.strategy.choices import EditionState
from andock.strategy.exchange import EditionDocument, dump
from andock.strategy.loader import load_editions
from andock.strategy.models import Edition, Framework
from andock.strategy.services.editions import CannotPublish, import_edition
from tests.factories.strategy import block, document, element, identity
from tests.strategy.editing import save, typed, version

pytestmark = pytest.mark.django_db
NEW = element("g7", block("g7-b1", "Neu aus der Datei."))


def load(folder: Path, *documents: EditionDocument) -> list[str]:
    """Load the documents as a region's files; returns what the reports note."""
    (folder / "editions").mkdir(exist_ok=True)
    for one in documents:
        (folder / "editions" / f"{one.edition.ordinal}.yaml").write_text(json.dumps(dump(one)), encoding="utf-8")
    return [note for report in load_editions(RegionFolder(folder)) for note in report.notes]


def test_consultation_somebody_edited_stays_when_its_file_changes(
    framework: Framework, editor: User, tmp_path: Path
) -> None:
    load(tmp_path, document(state="consultation"))
    edition = Edition.objects.get()
    save(editor, edition, "g7", typed(version(edition, "g7"), title="Von Hand"))

    notes = load(tmp_path, document(NEW, state="consultation"))

    assert version(Edition.objects.get(), "g7").title == "Von Hand"
    assert "1. Auflage" in notes[0]


def test_consultation_nobody_edited_follows_its_file(framework: Framework, tmp_path: Path) -> None:
    load(tmp_path, document(state="consultation"))

    load(tmp_path, document(NEW, state="consultation"))

    assert version(Edition.objects.get(), "g7").blocks[0]["text"] == "Neu aus der Datei."


def test_older_superseded_edition_leaves_the_one_in_force(framework: Framework) -> None:
    import_edition(document=document(ordinal=3, state="in_force"), actor=None)

    import_edition(document=document(ordinal=2, state="superseded"), actor=None)

    states = dict(Edition.objects.values_list("ordinal", "state"))
    assert states == {2: EditionState.SUPERSEDED, 3: EditionState.IN_FORCE}


def test_older_edition_cannot_come_into_force_after_a_later_one(framework: Framework) -> None:
    import_edition(document=document(ordinal=3, state="in_force"), actor=None)

    with pytest.raises(CannotPublish, match=r"3\. Auflage"):
        import_edition(document=document(ordinal=2, state="in_force"), actor=None)

    assert Edition.objects.get(state=EditionState.IN_FORCE).ordinal == 3


def test_tenth_edition_is_loaded_after_the_second(framework: Framework, tmp_path: Path) -> None:
    load(tmp_path, document(ordinal=2, state="in_force"), document(ordinal=10, state="in_force"))

    assert Edition.objects.get(state=EditionState.IN_FORCE).ordinal == 10


def test_edition_whose_elements_become_each_other_is_refused_with_its_file(
    framework: Framework, tmp_path: Path
) -> None:
    rows = tuple(
        Lineage("replaced", identity(one), identity(other), reason="Tausch.")
        for one, other in (("g1", "g2"), ("g2", "g1"))
    )

    with pytest.raises(Refused, match=r"1\.yaml.*im Kreis"):
        load(tmp_path, document(element("g1"), element("g2"), lineage=rows))


def test_edition_that_cannot_be_published_is_refused_with_its_file(framework: Framework, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        load(tmp_path, document(element("g7", block("g7-b1", "")), state="in_force"))

    assert refused.value.problems[0].file == "editions/1.yaml"
    assert not Edition.objects.exists()
