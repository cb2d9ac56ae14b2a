"""Participants as rows of a table, for spreadsheets. The link to an online room is never among it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from andock.kernel.text import without_control_characters

from .choices import QuestionKind
from .forms.registration import RECORDING, recording_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .models import Event, Question, Registration

SHEET_NAME = 31
"""As many letters as a sheet's name may have."""


def rows(event: Event, registrations: Iterable[Registration], questions: list[Question]) -> Iterator[list[str | int]]:
    """The heading, then one row for each registration."""
    yield [
        _("Name"), _("Who else comes"), _("E-mail address"), _("E-mail came back"), _("Seats"), _("Way to attend"),
        _("State"), _("Code"), _("Came"), _("Needs of accessibility"), _("Needs of catering"), pgettext("participant", "Note"),
        _("Registered on"), _("Origin"), *(label for label, _answer in answers_of(event, questions)),
    ]  # fmt: skip
    for one in registrations:
        yield [
            one.name, ", ".join(one.companions), one.email, _("yes") if one.email_bounced_at else "", one.seats,
            one.allotment.get_attendance_display(), one.get_state_display(), one.code, one.arrived, one.access_needs,
            one.catering_needs, one.note, timezone.localtime(one.created_at).strftime("%Y-%m-%d %H:%M"),
            one.get_origin_display(), *(answer for _question, answer in answers_of(event, questions, one)),
        ]  # fmt: skip


def answers_of(
    event: Event, questions: Iterable[Question], registration: Registration | None = None
) -> list[tuple[str, str]]:
    """The organiser's questions, and whether somebody may be recorded, with what was answered."""
    answers = registration.answers if registration else {}
    asked = [(one.label, one.kind, one.field) for one in questions]
    if event.is_recorded:
        asked.append((recording_text(), QuestionKind.CONSENT, RECORDING))
    return [(label, _answer(kind, answers.get(field))) for label, kind, field in asked]


def as_csv(table: Iterable[list[str | int]]) -> bytes:
    """For spreadsheets, which run nothing of it; a blank or tab before a formula would hide it."""
    target = io.StringIO()
    target.write("\ufeff")
    lines = ([value.lstrip() if isinstance(value, str) else value for value in row] for row in table)
    csv.writer(target, delimiter=";").writerows(lines)
    return target.getvalue().encode()


def as_xlsx(table: Iterable[list[str | int]], title: str) -> bytes:
    """One sheet whose texts are texts: what begins like a formula is none."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "B2"
    for number, row in enumerate(table):
        sheet.append([_cell(sheet, value, is_heading=number == 0) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(sheet: Any, value: str | int, *, is_heading: bool) -> WriteOnlyCell:
    text = without_control_characters(str(value)) if not isinstance(value, int) else value
    cell = WriteOnlyCell(sheet, value=text)
    if isinstance(text, str):
        cell.data_type = "s"
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(title: str) -> str:
    """Without what spreadsheets forbid in the name of a sheet."""
    name = "".join(letter for letter in without_control_characters(title) if letter not in "[]:*?/\\\n\t")
    return name[:SHEET_NAME].strip("' ") or _("People")


def _answer(kind: str, answer: Any) -> str:
    if kind == QuestionKind.CONSENT:
        return _("yes") if answer else _("no")
    return ", ".join(map(str, answer)) if isinstance(answer, list) else str("" if answer is None else answer)
