"""The register of processing, and what is due to be deleted."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from docx import Document

from andock.kernel.processing import register
from andock.participation.models import Participant
from tests.accounts.cast import cast

__all__ = ["cast"]

pytestmark = pytest.mark.django_db


def test_register_names_every_module_that_keeps_people(tmp_path: Path) -> None:
    with translation.override("de"):
        call_command("processing_register", str(tmp_path / "x.csv"), verbosity=0)

    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig")), delimiter=";"))
    assert {"accounts", "events", "following", "participation"} <= {row["Modul"] for row in rows}
    assert all(all(row.values()) for row in rows)
    assert "7 Tagen" in next(row["Gelöscht"] for row in rows if row["Modul"] == "participation")


def test_register_as_word_file_has_a_heading_for_each_activity(tmp_path: Path, cast) -> None:
    with translation.override("de"):
        call_command("processing_register", str(tmp_path / "x.docx"), verbosity=0)

    lines = Document(str(tmp_path / "x.docx")).paragraphs
    assert len([line for line in lines if line.style.name == "Heading 1"]) == len(register())


def test_other_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"\.csv or \.docx"):
        call_command("processing_register", str(tmp_path / "x.odt"))


def test_due_deletions_count_and_delete_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Participant.objects.create(
        pseudonym="Ada", email="a@example.org", email_key="a@example.org", created_at=timezone.now() - timedelta(days=8)
    )

    call_command("due_deletions")

    assert "       1  participation: unconfirmed people" in capsys.readouterr().out
    assert Participant.objects.count() == 1
