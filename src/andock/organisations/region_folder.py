"""Reading a region folder: every problem is named with file, line, column and reason.

The format is described in docs/develop/region-format.md. Nothing here writes to the database.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one place of one file was refused."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.file, _("line %d") % self.line if self.line else "", self.column) if part
        )
        return f"{place}: {self.reason}"


class Refused(Exception):
    """A file was refused; nothing of it was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a CSV file: how its cells are read and whether they may be empty."""

    read: Callable[[str], Any] = str
    required: bool = False
    default: Any = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One read row; ``problem`` says where a later check failed."""

    file: str
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def problem(self, column: str, reason: str) -> Problem:
        return Problem(self.file, self.line, column, reason)


@dataclass(slots=True)
class LoadReport:
    """What loading one file did."""

    file: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)


class RegionFolder:
    """A folder of CSV and YAML files that describes a region."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise Refused(
                [Problem(str(path), 0, "", _("There is no such folder. Name the folder that holds region.yaml."))]
            )
        self.path = path

    def has(self, name: str) -> bool:
        return (self.path / name).is_file()

    def names(self, pattern: str) -> list[str]:
        """Files of the folder that fit a pattern, such as ``editions/*.yaml``, in the order of their names."""
        return sorted(str(path.relative_to(self.path)) for path in self.path.glob(pattern))

    def text(self, name: str) -> str:
        """The file's text. Raises ``Refused`` where it is missing, too large or not UTF-8."""
        path = self.path / name
        try:
            if path.stat().st_size > MAX_BYTES:
                raise Refused([Problem(name, 0, "", _("The file is larger than 20 MB."))])
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise Refused([Problem(name, 0, "", _("The file is missing."))]) from error
        except UnicodeDecodeError as error:
            raise Refused([Problem(name, 0, "", _("The file is not UTF-8. Save it as UTF-8 text."))]) from error

    def yaml(self, name: str) -> Any:
        """The content of a YAML or JSON file."""
        try:
            return yaml.load(self.text(name), Loader=_Loader)  # noqa: S506  a SafeLoader
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            reason = getattr(error, "problem", None) or str(error)
            raise Refused([Problem(name, mark.line + 1 if mark else 0, "", reason)]) from error

    def rows(self, name: str, columns: Mapping[str, Column]) -> list[Row]:
        """The rows of a CSV file, read column by column. Raises ``Refused`` with every problem of the file."""
        return read_rows(name, self.text(name), columns)


def read_rows(name: str, text: str, columns: Mapping[str, Column], *, delimiter: str = ",") -> list[Row]:
    """The rows of a CSV text, read column by column. Raises ``Refused`` with every problem of the file ``name``."""
    reader = csv.DictReader(io.StringIO(text), strict=True, delimiter=delimiter)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        problems += _header_problems(name, reader.fieldnames or [], columns)
        for raw in reader:
            values, wrong = _read_row(name, reader.line_num, raw, columns)
            problems += wrong
            rows.append(Row(name, reader.line_num, values))
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num + 1, "", _words_of(error)))
    if problems:
        raise Refused(problems)
    return rows


def _words_of(error: csv.Error) -> str:
    """Why a table could not be read on, where people can do something about it."""
    if "field larger" in str(error):
        return _("One cell holds more than %d letters. Perhaps a quotation mark is missing.") % csv.field_size_limit()
    return str(error)


class _Loader(yaml.SafeLoader):
    """YAML without surprises: dates and keys like ``no`` stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _header_problems(name: str, header: Sequence[str], columns: Mapping[str, Column]) -> Iterator[Problem]:
    for column in columns:
        if column not in header:
            yield Problem(name, 1, column, _("This column is missing."))
    for column in header:
        if column not in columns:
            yield Problem(name, 1, column, _("This column is unknown; known are: %s.") % ", ".join(columns))


def _read_row(
    name: str, line: int, raw: dict[str, Any], columns: Mapping[str, Column]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    if None in raw:
        problems.append(Problem(name, line, "", _("The row has more cells than the head has columns.")))
    for column, spec in columns.items():
        try:
            values[column] = _read_cell(raw.get(column), spec)
        except (ValueError, ValidationError) as error:
            problems.append(Problem(name, line, column, reason_of(error)))
    return values, problems


def _read_cell(cell: str | None, column: Column) -> Any:
    text = (cell or "").strip()
    if text:
        return column.read(text)
    if column.required:
        raise ValueError(_("This cell must not be empty."))
    return column.default


def reason_of(error: Exception) -> str:
    """The sentence of an error, as people should read it."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
