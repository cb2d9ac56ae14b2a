"""No word that somebody writes becomes more than a word, wherever it stands and whoever reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.people import AGENCY, MODERATOR, READER, RELEASER
from tests.journeys.server import ROOT, andock, environment

NOWHERE = {"local_strategies.Answer.item", "local_strategies.Answer.resolution"}
"""What the engine writes for itself: an invented answer is none it could have written."""


@pytest.fixture(scope="module")
def told(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("hostile")
    data, report = folder / "data", folder / "report.json"
    shutil.copytree(prepared, data, ignore=shutil.ignore_patterns("static"))
    (data / "static").symlink_to((prepared / "static").resolve())
    env = environment(data) | {"HOSTILE_REPORT": str(report)}
    command = andock("shell", "--no-imports", "--command", "from tests.journeys import hostile; hostile.main()")
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return json.loads(report.read_text())


def test_every_field_for_words_was_written(told: dict) -> None:
    assert set(told["fields"]["empty"] + told["fields"]["refused"]) == NOWHERE
    assert len(told["fields"]["written"]) > 200


@pytest.mark.parametrize(
    ("person", "kinds"), [("visitor", 60), (AGENCY, 150), (RELEASER, 130), (MODERATOR, 80), (READER, 70)]
)
def test_no_hostile_word_does_anything_on_any_page(told: dict, person: str, kinds: int) -> None:
    assert told[person]["wrong"] == []
    assert len(told[person]["kinds"]) > kinds, "the walk has seen the site"
