"""Events as CSV, out and in the same: what is exported and read again is exported equally.

Left out are people, uploaded files and the link to the online room: that one is for confirmed people only.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from defusedcsv import csv
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from andock.kernel.dates import parse_date
from andock.kernel.text import normalise, one_line, without_control_characters
from andock.organisations.loader import true_or_false
from andock.organisations.queries import organisation_keys, term_keys
from andock.organisations.region_folder import Column, Problem, Refused, Row, read_rows
from andock.strategy.queries import newest_versions, public_editions

from .cells import moment, moment_or_date, several
from .choices import RESERVED_SLUGS, Attendance, EventState, QuestionKind
from .forms.event import MAX_SEATS
from .models import Document, Event, ProgrammeItem, Question, Series
from .publication import contradictions, lacks
from .queries import series_of, whole_events
from .sections import ways_of
from .services.importing import Incoming, Reading
from .timing import Timing

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

MAX_BYTES = 5_000_000
MAX_ROWS = 2000
MAX_TEXT = 20_000
HOURS_OF_A_YEAR = 8760
MOST_DIGITS = 9
SHOWN = 80
FEWEST_OPTIONS, LONGEST_OPTION = 2, 200
DEEPEST = 3
"""A list of questions with a list of answers each."""
ESCAPED = re.compile(r"'[@+\-=|%]")
T = TypeVar("T", bound=models.Model)


def _line(text: str) -> str:
    return one_line(_unescaped(text))


def _text(text: str) -> str:
    return _plain_text(_unescaped(text))


def _plain_text(text: str) -> str:
    found = normalise(without_control_characters(text))
    if len(found) > MAX_TEXT:
        raise ValueError(_("The text is longer than %d letters.") % MAX_TEXT)
    return found


def _unescaped(text: str) -> str:
    """What stood in the cell before it was made harmless for spreadsheets (``defusedcsv``)."""
    return text[1:].replace("\\|", "|") if ESCAPED.match(text) else text


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise ValueError(_("“%s” is not a whole number from 0 on.") % text)
    return int(text)


def _number_in(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not least <= _number(text) <= most:
            raise ValueError(_("Write a number from %(least)d to %(most)d.") % {"least": least, "most": most})
        return int(text)

    return read


def _series_cell(text: str) -> Any:
    """A series with its words, or only the address of one that is here."""
    return _json(text) if text.startswith("{") else {"slug": text}


def _identity(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ValueError(_("“%s” is no identity such as 123e4567-e89b-12d3-a456-426614174000.") % text) from error


def _json(text: str) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(_("This cell must hold JSON, as an export writes it.")) from error
    return _clean(found)


def _clean(value: Any, name: str = "", depth: int = 0) -> Any:
    """Texts without what no database, mail or calendar takes; in one line but for those called ``text``."""
    if isinstance(value, str):
        value = value.encode(errors="ignore").decode()  # JSON can spell halves of signs
        return _plain_text(value) if name == "text" else one_line(value)
    if not isinstance(value, dict | list):
        return value
    if depth == DEEPEST:
        raise ValueError(_("This cell must hold JSON, as an export writes it."))
    if isinstance(value, list):
        return [_clean(one, depth=depth + 1) for one in value]
    return {key: _clean(one, key, depth + 1) for key, one in value.items()}


PLAIN = {
    "kind": Column(_line, required=True), "format": Column(_line, required=True), "summary": Column(_line),
    "text": Column(_text), "host": Column(_line), "venue": Column(_line), "street": Column(_line),
    "postal_code": Column(_line), "town": Column(_line), "step_free": Column(_line), "sign_language": Column(true_or_false, default=False),
    "access_note": Column(_text), "without_technology": Column(true_or_false, default=False), "contact_office": Column(_line),
    "contact_email": Column(_line), "source": Column(_line), "verified": Column(true_or_false, default=True), "note": Column(_text), "reason": Column(_text),
    "postponed_from": Column(_line), "door": Column(_line, default="none"), "door_url": Column(_line),
    "opens_at": Column(moment, default=None), "closes_at": Column(moment, default=None),
    "needs_approval": Column(true_or_false, default=False), "has_waiting_list": Column(true_or_false, default=True),
    "offer_hours": Column(_number_in(1, 336), default=48), "seats_each": Column(_number_in(1, 10), default=1),
    "asks_access": Column(true_or_false, default=True), "asks_catering": Column(true_or_false, default=False),
    "is_recorded": Column(true_or_false, default=False), "keep_days": Column(_number_in(1, 730), default=90),
    "sequence": Column(_number, default=0),
}  # fmt: skip
"""Columns that hold a column of the event as it is."""
SEATS = {
    f"{what}_{way}": Column(_number_in(0, MAX_SEATS), default=None if what == "seats" else 0)
    for way in Attendance.values
    for what in ("seats", "reserved")
}
LISTED = {
    "questions": (Question, ("kind", "label", "help", "options", "is_required")),
    "programme": (ProgrammeItem, ("at", "title", "speakers", "text")),
    "documents": (Document, ("kind", "title", "url")),
}
COLUMNS: dict[str, Column] = {
    "id": Column(_identity, default=None), "slug": Column(_line), "title": Column(_line, required=True),
    "state": Column(_line, default="draft"), "start": Column(moment_or_date, required=True), "end": Column(moment_or_date),
    "organiser": Column(several, required=True), "partners": Column(several, default=[]), "municipality": Column(several, default=[]),
    "series": Column(_series_cell, default=None), "terms": Column(several, default=[]), "elements": Column(several, default=[]), "edition": Column(several, default=[]),
    **PLAIN, **SEATS, "reminders": Column(several, default=[]), **{name: Column(_json, default=[]) for name in LISTED},
}  # fmt: skip


# --- out --------------------------------------------------------------------------------------------------------------
def write_csv(events: Iterable[Event]) -> str:
    """One row for each event. A spreadsheet runs nothing of it."""
    target = io.StringIO()
    writer = csv.DictWriter(target, list(COLUMNS), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row_of(event) for event in events)
    return target.getvalue()


def _row_of(event: Event) -> dict[str, str]:
    seats = {allotment.attendance: allotment for allotment in event.allotments.all()}
    row: dict[str, Any] = {name: getattr(event, name) for name in PLAIN} | {
        "id": event.pk, "slug": event.slug, "title": event.title, "state": event.state,
        "start": event.starts_at or event.date_text, "end": event.ends_at or event.end_text,
        "organiser": event.organisation.key,
        "partners": ";".join(sorted(partner.key for partner in event.partners.all())),
        "municipality": event.municipality.key if event.municipality else "",
        "series": _plain_series(event.series) if event.series else None, "terms": ";".join(sorted(term.key for term in event.terms.all())),
        "elements": ";".join(sorted(str(element.pk) for element in event.elements.all())),
        "edition": event.edition.ordinal if event.edition else "",
        "reminders": ";".join(str(reminder.hours_before) for reminder in event.reminders.all()),
    }  # fmt: skip
    for way, allotment in seats.items():
        row |= {f"seats_{way}": allotment.capacity, f"reserved_{way}": allotment.reserved}
    for name, (_model, fields) in LISTED.items():
        rows = [one for one in getattr(event, name).all() if not getattr(one, "file", "")]
        row[name] = [{key: _plain(getattr(one, key)) for key in fields} for one in rows]
    return {name: _cell(value) for name, value in row.items()}


def _plain_series(series: Series) -> dict[str, Any]:
    return {name: getattr(series, name) for name in ("slug", "title", "text", "at_once")}


def _plain(value: Any) -> Any:
    return f"{value:%H:%M}" if hasattr(value, "hour") else value


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value)


# --- in ---------------------------------------------------------------------------------------------------------------
def read_csv(name: str, text: str, organisation: Organisation, now: datetime) -> Reading:
    """The events of a file of an organisation, not saved yet; those that are here and read the same are left.

    Raises ``Refused`` with every problem of the file; where an event reads otherwise here, with every cell that does.
    """
    rows, given = _read_rows(name, text)
    if len(rows) > MAX_ROWS:
        raise Refused([Problem(name, 0, "", _("The file has more than %d rows. Please divide it.") % MAX_ROWS)])
    known, here = Known(organisation), _here(organisation, rows)
    reading, problems = Reading(), []
    for row in rows:
        own = here.get(str(row["id"])) or here.get(row["slug"])
        try:
            if own:
                _demand_same(row, own, given)
                reading.here.append(row["title"])
            else:
                reading.found.append(_incoming(row, known, now))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return reading


def _here(organisation: Organisation, rows: list[Row]) -> dict[str, Row]:
    """The organisation's events that rows name, as an export would be read, by id and by address."""
    named = Q(pk__in=[row["id"] for row in rows if row["id"]]) | Q(
        slug__in=[row["slug"] for row in rows if row["slug"]]
    )
    there, _given = _read_rows("", write_csv(whole_events(organisation).filter(named)))
    return {key: row for row in there for key in (str(row["id"]), row["slug"])}


def _demand_same(row: Row, own: Row, given: list[str]) -> None:
    """Raise ``Refused`` with every cell in which an event that is here already reads otherwise."""
    changed = [column for column in given if column in COLUMNS and row[column] != own[column]]
    if row["id"] is None and "id" in changed:
        changed.remove("id")
    if changed:
        raise Refused([row.problem(column, _changed(own[column])) for column in changed])


def _changed(value: Any) -> str:
    words = value if isinstance(value, str) else _cell(value)
    return _(
        "This event is here already, and here this cell reads “%s”. Change it on the page of the event, or leave the row out."
    ) % Truncator(words).chars(SHOWN)


def _read_rows(name: str, text: str) -> tuple[list[Row], list[str]]:
    """The rows and the columns given: with ; between the cells as exported, or , as in a region's folder.

    Columns that may be empty may be missing.
    """
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    given: list[str] = next(csv.reader([head], delimiter=delimiter), [])
    columns = {key: column for key, column in COLUMNS.items() if column.required or key in given}
    left_out = {key: column.default for key, column in COLUMNS.items() if key not in columns}
    rows = read_rows(name, text, columns, delimiter=delimiter)
    return [Row(row.file, row.line, {**left_out, **row.values}) for row in rows], given


class Known:
    """What cells may name, read once for all rows."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.organisations = organisation_keys()
        self.terms = term_keys()
        self.series = {series.slug: _plain_series(series) for series in series_of(organisation)}
        self.editions = {str(edition.ordinal): edition for edition in public_editions()}


@dataclass
class _Reading:
    """One row, and what is wrong with it."""

    row: Row
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, sentence: str) -> None:
        self.problems.append(self.row.problem(column if column in COLUMNS else "", sentence))

    def named(self, column: str, known: Mapping[str, T]) -> list[T]:
        """What the cell names; what is not known is a problem."""
        words = self.row[column]
        for word in words:
            if word not in known:
                self.wrong(column, _("“%s” is not known here.") % word)
        return [known[word] for word in words if word in known]

    def one(self, column: str, known: Mapping[str, T]) -> T | None:
        return next(iter(self.named(column, known)), None)


def _incoming(row: Row, known: Known, now: datetime) -> Incoming:
    reading = _Reading(row)
    event = Event(**{name: row[name] for name in ("title", "slug", "state", *PLAIN)})
    if row["id"]:
        event.pk = row["id"]
    event.organisation = known.organisation
    if reading.one("organiser", known.organisations) not in {known.organisation, None}:
        reading.wrong(
            "organiser", _("These are events of %s; another organisation imports its own.") % known.organisation
        )
    event.municipality = reading.one("municipality", known.organisations)
    event.edition = reading.one("edition", known.editions)
    _put_timing(reading, event)
    _check(reading, event, now)
    incoming = Incoming(
        row.line, event, series=_series(reading, known), partners=reading.named("partners", known.organisations),
        terms=reading.named("terms", known.terms), elements=_elements(reading), seats=_seats(reading, event),
        reminders=_reminders(reading), rows={name: _rows(reading, name) for name in LISTED},
    )  # fmt: skip
    if reading.problems:
        raise Refused(reading.problems)
    return incoming


def _put_timing(reading: _Reading, event: Event) -> None:
    start, end = reading.row["start"], reading.row["end"] or None
    if end and type(start) is not type(end):
        reading.wrong("end", _("Beginning and end must both have a time, or both none."))
        end = None
    if isinstance(start, datetime):
        if isinstance(end, datetime) and end <= start:
            reading.wrong("end", _("The end lies before the beginning."))
            end = None
        Timing(start, end if isinstance(end, datetime) else None).put(event)
        return
    begins, ends = parse_date(start), parse_date(str(end or start))
    if ends.latest < (begins.earliest or begins.latest):
        reading.wrong("end", _("The end lies before the beginning."))
        end = None
    Timing(date_text=start, end_text=str(end or "")).put(event)


def _check(reading: _Reading, event: Event, now: datetime) -> None:
    if event.slug in RESERVED_SLUGS:
        reading.wrong("slug", _("“%s” is a word of our addresses. Please choose another.") % event.slug)
    try:
        event.full_clean(exclude={"slug"} if not event.slug else (), validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            reading.wrong(name, " ".join(sentences))
        return
    for name, sentence in contradictions(event):
        reading.wrong(name, sentence)
    if event.state == EventState.PUBLISHED and not event.is_over(now) and not reading.problems:
        for _section, sentence in lacks(event, now):
            reading.wrong("", sentence)


def _elements(reading: _Reading) -> list[UUID]:
    found: dict[str, UUID] = {}
    for word in reading.row["elements"]:
        try:
            found[word] = UUID(word)
        except ValueError:
            reading.wrong("elements", _("“%s” is not known here.") % word)
    there = newest_versions(found.values()) if found else {}
    for word, identity in found.items():
        if identity not in there:
            reading.wrong("elements", _("“%s” is not known here.") % word)
    return list(found.values())


def _series(reading: _Reading, known: Known) -> dict[str, Any] | None:
    given = reading.row["series"]
    if given is None:
        return None
    types = {name: type(value) for name, value in given.items()} if isinstance(given, dict) else {}
    if types == {"slug": str} and given["slug"] in known.series:
        return known.series[given["slug"]]
    if types != {"slug": str, "title": str, "text": str, "at_once": bool}:
        reading.wrong("series", _("A series needs slug, title, text and at_once, as an export writes it."))
        return None
    try:
        Series(**given).full_clean(exclude={"organisation"}, validate_unique=False)
    except ValidationError as error:
        reading.wrong("series", " ".join(error.messages))
    return dict(given)


def _seats(reading: _Reading, event: Event) -> dict[str, tuple[int | None, int]]:
    if event.format not in dict(Event._meta.get_field("format").choices or ()):
        return {}
    found = {way: (reading.row[f"seats_{way}"], reading.row[f"reserved_{way}"]) for way in ways_of(event)}
    for way, (capacity, reserved) in found.items():
        if capacity is not None and capacity < reserved:
            reading.wrong(f"seats_{way}", _("There are fewer seats than are reserved."))
    return found


def _reminders(reading: _Reading) -> list[int]:
    words = reading.row["reminders"]
    if not all(word.isdecimal() and len(word) <= MOST_DIGITS and 0 < int(word) <= HOURS_OF_A_YEAR for word in words):
        reading.wrong("reminders", _("Write the hours before the event, divided by semicolons, such as 168;24."))
        return []
    return sorted({int(word) for word in words}, reverse=True)


def _rows(reading: _Reading, name: str) -> list[models.Model]:
    """Questions, points of the programme or links, not saved yet."""
    model, fields = LISTED[name]
    given = reading.row[name]
    if not isinstance(given, list) or any(not isinstance(one, dict) or set(one) != set(fields) for one in given):
        reading.wrong(name, _("This needs a list with %s for each, as an export writes it.") % ", ".join(fields))
        return []
    found = []
    for place, values in enumerate(given):
        one = model(**{key: None if value == "" and key == "at" else value for key, value in values.items()})
        if hasattr(one, "position"):
            one.position = place
        try:
            one.full_clean(exclude={"event"}, validate_unique=False, validate_constraints=False)
            _check_row(one)
        except ValidationError as error:
            reading.wrong(name, f"{place + 1}: {' '.join(error.messages)}")
        found.append(one)
    return found


def _check_row(row: models.Model) -> None:
    """What the tables can't say of a row. Raises ``ValidationError``."""
    if isinstance(row, Document) and not row.url:
        raise ValidationError(_("A document needs its link; files are put on the page of the event."))
    if isinstance(row, Question) and not _options_fit(row):
        raise ValidationError(_("“options” must be a list of texts, and of two at least where people choose."))


def _options_fit(question: Question) -> bool:
    options = question.options
    are_texts = isinstance(options, list) and all(
        isinstance(option, str) and 0 < len(option) <= LONGEST_OPTION for option in options
    )
    is_chosen_from = question.kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
    return are_texts and len(options) >= (FEWEST_OPTIONS if is_chosen_from else 0)
