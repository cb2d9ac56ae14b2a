"""The table for the council as a spreadsheet: one row for each contribution, nothing of it a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from andock.events.people_export import as_xlsx as workbook

from .details import paper_columns
from .table_words import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .table import Line, ResponseTable

MOST_LETTERS = 32_767
"""So many a cell of a spreadsheet holds."""


def as_xlsx(table: ResponseTable) -> bytes:
    return workbook(_rows(table), table.title)


def _rows(table: ResponseTable) -> Iterator[list[str | int]]:
    extra = list(paper_columns().values())
    yield [
        str(HEADS["number"]), str(HEADS["about"]), _("Kind"), pgettext("contribution", "Title"), str(HEADS["contribution"]),
        *extra, *([str(HEADS["author"])] if table.has_names else []),
        *(str(HEADS[name]) for name in ("date", "municipality", "answer", "reason", "forwarded", "changed")),
        _("Address of the changed passage"), pgettext("contribution", "Note"),
    ]  # fmt: skip
    for group in table.groups:
        for line in group.lines:
            yield [_cut(value) for value in _row(group.about, line, extra, has_names=table.has_names)]


def _row(about: str, line: Line, extra: list[str], *, has_names: bool) -> list[str | int]:
    details = dict(line.details)
    return [
        line.number, about, line.kind, line.title, line.text, *(details.get(words, "") for words in extra),
        *([line.author] if has_names else []), line.day, line.municipality, line.stance, line.reason, line.forwarded_to,
        line.changed, line.changed_at, line.mark,
    ]  # fmt: skip


def _cut(value: str | int) -> str | int:
    return value[:MOST_LETTERS] if isinstance(value, str) else value
