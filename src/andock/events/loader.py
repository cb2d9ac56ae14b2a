"""Loads the events of a region, and those of the demonstration.

An event that is there already stays as it is: organisers keep it on the site.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.organisations.loader import announced, one_of, true_or_false
from andock.organisations.queries import organisation_keys, term_keys, the_region
from andock.organisations.region_folder import Column, LoadReport, Problem, Refused, RegionFolder, Row, reason_of
from andock.strategy.queries import public_editions, valid_versions

from . import queries
from .cells import moment_or_date, several
from .choices import Door, EventKind, Format
from .services.loading import Crowd, IncomingEvent, invented_names, load_event, load_series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE, SERIES_FILE, DEMONSTRATION = "events.csv", "event-series.csv", "demonstration/events.yaml"
PLAIN = ("slug", "title", "kind", "format", "venue", "street", "postal_code", "town", "host", "summary")


SERIES = {"slug": Column(required=True), "title": Column(required=True), "organisation": Column(required=True), "text": Column()}  # fmt: skip
EVENTS = {
    "slug": Column(required=True),
    "title": Column(required=True),
    "kind": Column(one_of(EventKind), required=True),
    "format": Column(one_of(Format), default=Format.UNKNOWN),
    "start": Column(moment_or_date, required=True),
    "end": Column(moment_or_date, default=None),
    "venue": Column(),
    "street": Column(),
    "postal_code": Column(),
    "town": Column(),
    "municipality": Column(),
    "organiser": Column(),
    "host": Column(),
    "partners": Column(several, default=[]),
    "series": Column(),
    "edition": Column(),
    "terms": Column(several, default=[]),
    "elements": Column(several, default=[]),
    "summary": Column(),
    "verified": Column(true_or_false, default=True),
    "note": Column(),
    "source": Column(),
}


class Known:
    """What files may refer to; a reference that leads nowhere is a ``ValueError`` with a sentence."""

    def __init__(self) -> None:
        region = the_region()
        self.agency = region.agency if region else None
        self.organisations, self.terms = organisation_keys(), term_keys()
        self.series = {found.slug: found for found in queries.all_series()}
        self.editions = {str(edition.ordinal): edition for edition in public_editions()}

    def one(self, things: Mapping[str, Any], key: str) -> Any:
        """The thing with this key; None for none."""
        if key and key not in things:
            raise ValueError(_("“%s” leads to nothing that is loaded here.") % key)
        return things.get(key) if key else None

    def all(self, things: Mapping[str, Any], keys: list[str]) -> list[Any]:
        return [self.one(things, key) for key in keys]

    def elements(self, ids: list[str]) -> list[str]:
        """Ids of passages that a public edition has."""
        found = {str(element_id) for element_id in valid_versions(ids)} if ids else set()
        return self.all({key: key for key in found}, ids)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of an event that a row of the table and an entry of the demonstration share."""
        organiser = self.one(self.organisations, values.get("organiser", "")) or self.agency
        return {name: values.get(name, "") for name in PLAIN} | {
            "organisation_id": organiser and organiser.pk,
            "municipality": self.one(self.organisations, values.get("municipality", "")),
            "series": self.one(self.series, values.get("series", "")),
        }

    def links(self, values: Mapping[str, Any]) -> dict[str, list[Any]]:
        return {
            "partners": self.all(self.organisations, values.get("partners", [])),
            "terms": self.all(self.terms, values.get("terms", [])),
            "elements": self.elements(values.get("elements", [])),
        }


@public_transaction()
def load_events(folder: RegionFolder) -> list[LoadReport]:
    """``event-series.csv`` and ``events.csv``."""
    reports = [_load_file(folder, SERIES_FILE, SERIES, _load_series), _load_file(folder, FILE, EVENTS, _load_row)]
    return [announced(report, "events") for report in reports if folder.has(report.file)]


def _load_file(
    folder: RegionFolder, name: str, columns: Mapping[str, Column], load: Callable[[Known, Row], bool]
) -> LoadReport:
    report = LoadReport(name)
    known, problems = Known(), []
    for row in folder.rows(name, columns) if folder.has(name) else []:
        try:
            report.count("created" if load(known, row) else "unchanged")
        except (ValueError, ValidationError) as error:
            problems.append(row.problem("", reason_of(error)))
    if problems:
        raise Refused(problems)
    return report


def _load_series(known: Known, row: Row) -> bool:
    organisation = known.one(known.organisations, row["organisation"])
    return load_series(slug=row["slug"], values={"title": row["title"], "text": row["text"], "organisation": organisation})  # fmt: skip


def _load_row(known: Known, row: Row) -> bool:
    fields = known.fields(row.values) | _span(row["start"], row["end"])
    fields |= {name: row[name] for name in ("verified", "note", "source")}
    fields["edition"] = known.one(known.editions, row["edition"])
    return load_event(incoming=IncomingEvent(fields, known.links(row.values)), people=[], now=timezone.now())


def _span(start: datetime | str, end: datetime | str | None) -> dict[str, Any]:
    """The columns of beginning and end: both moments, or both dates."""
    if end is not None and isinstance(start, str) != isinstance(end, str):
        raise ValueError(_("Beginning and end must both be times, or both be dates."))
    if isinstance(start, str):
        return {"date_text": start, "end_text": end or ""}
    return {"starts_at": start, "ends_at": end}


@public_transaction()
def load_demonstration(folder: RegionFolder) -> LoadReport:
    """``demonstration/events.yaml``, in demo mode: invented events at fixed distances from today, with invented people."""
    report = LoadReport(DEMONSTRATION)
    if not settings.ANDOCK_DEMO or not folder.has(DEMONSTRATION):
        return report
    content = folder.yaml(DEMONSTRATION)
    people = invented_names(content["people"]["first"], content["people"]["last"])
    known, now = Known(), timezone.now()
    for number, entry in enumerate(content["events"], start=1):
        try:
            incoming = _invented(known, entry, now)
            report.count("created" if load_event(incoming=incoming, people=people, now=now) else "unchanged")
        except (KeyError, TypeError) as error:
            raise Refused([Problem(DEMONSTRATION, 0, f"{number}. {error}", _("This part is missing."))]) from error
        except (ValueError, ValidationError) as error:
            raise Refused([Problem(DEMONSTRATION, 0, f"{number}.", reason_of(error))]) from error
    return announced(report, "events")


def _invented(known: Known, entry: Mapping[str, Any], now: datetime) -> IncomingEvent:
    begins = timezone.make_aware(
        datetime.combine(timezone.localdate(now) + timedelta(days=entry["days"]), time.fromisoformat(entry["at"]))
    )
    own = {name: entry[name] for name in OWN if name in entry}
    crowds = {
        way: Crowd(*(entry.get(part, {}).get(way, 0) for part in ("taken", "waiting", "came")))
        for way in entry["seats"]
    }
    return IncomingEvent(
        fields=known.fields(entry) | own | {
            "starts_at": begins,
            "ends_at": begins + timedelta(minutes=entry["minutes"]),
            "closes_at": begins - timedelta(hours=entry.get("closes_hours_before", 0)),
            "door": Door.HERE,
            "is_demonstration": True,
        },
        links=known.links(entry),
        programme=[item | {"at": time.fromisoformat(item["at"])} for item in entry.get("programme", [])],
        questions=entry.get("questions", []),
        seats=entry["seats"],
        crowds=crowds,
    )  # fmt: skip


OWN = (
    "text", "state", "reason", "step_free", "sign_language", "access_note", "contact_office", "online_url", "seats_each",
    "asks_catering", "is_recorded", "without_technology",
)  # fmt: skip
