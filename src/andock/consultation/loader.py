"""Loads the consultations of the demonstration; their phases lie at a fixed distance from the day of loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.local_strategies.queries import public_versions
from andock.local_strategies.services.loading import open_participation
from andock.organisations.queries import organisation_keys, term_keys, the_region
from andock.organisations.region_folder import LoadReport, Problem, Refused, reason_of
from andock.participation.choices import Blueprint, PhaseKind
from andock.participation.queries import is_slug_taken
from andock.participation.services.loading import IncomingContribution, IncomingProcess, IncomingResponse, load_invented
from andock.strategy.choices import EditionState
from andock.strategy.queries import public_editions

from . import queries
from .models import Subject
from .services.anchoring import anchor
from .services.choosing import give_text
from .text import Passage, passages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.organisations.models import Organisation
    from andock.organisations.region_folder import RegionFolder
    from andock.participation.models import Process

FILE = "demonstration/consultations.yaml"
PLAIN = ("slug", "title", "summary", "text", "contact_email")
EVENING = time(18)


@public_transaction()
def load_demonstration(folder: RegionFolder) -> LoadReport:
    """``demonstration/consultations.yaml``, in demo mode: invented people, what they said and what was answered."""
    report = LoadReport(FILE)
    if not settings.ANDOCK_DEMO or not folder.has(FILE):
        return report
    now = timezone.now()
    for number, entry in enumerate(folder.yaml(FILE)["consultations"], start=1):
        try:
            is_new = not is_slug_taken(entry["slug"]) and _Reader(entry, now).load()
        except (KeyError, TypeError, IndexError) as error:
            raise Refused([Problem(FILE, 0, f"{number}. {error}", _("This part is missing."))]) from error
        except (ValueError, ValidationError) as error:
            raise Refused([Problem(FILE, 0, f"{number}.", reason_of(error))]) from error
        report.count("created" if is_new else "unchanged")
    return report


@dataclass(frozen=True, slots=True)
class _Reader:
    """One consultation as the file describes it."""

    entry: Mapping[str, Any]
    now: datetime

    def load(self) -> bool:
        holder = self._holder()
        text = self._text(holder)
        if text is None:
            return False
        found = passages(queries.text_of(text), {})
        fields = {name: self.entry[name] for name in PLAIN} | {"organisation": holder, "blueprint": Blueprint.TEXT}
        first = timezone.localdate(self._ago({"day": self.entry.get("begins"), "days": -self.entry.get("days", 0)}))
        phase = {
            "kind": PhaseKind.TEXT, "title": self.entry["phase"], "text": self.entry.get("phase_text", ""),
            "starts_at": _moment(first, time.min), "ends_at": _moment(first + timedelta(days=self.entry["lasts"]), EVENING),
        }  # fmt: skip
        incoming = IncomingProcess(
            fields, [phase], [term_keys()[key] for key in self.entry.get("terms", [])],
            [self._said(one, text, found) for one in self.entry["said"]],
            [self._answer(one, text, found) for one in self.entry.get("answers", [])],
            prepare=partial(_give, text),
        )  # fmt: skip
        return load_invented(incoming=incoming, now=self.now)

    def _holder(self) -> Organisation:
        if key := self.entry.get("organisation"):
            return organisation_keys()[key]
        region = the_region()
        assert region is not None, "A region's folder is loaded from its region on."
        assert region.agency is not None, "Whoever owns the framework strategy."
        return region.agency

    def _text(self, holder: Organisation) -> Subject | None:
        """What people are asked about; none where that text is no draft any more."""
        if number := self.entry.get("version"):
            found = public_versions(holder).filter(number=number).first()
            return Subject(version=found) if found else None
        if "edition" not in self.entry:
            version = open_participation(organisation=holder)
            return Subject(version=version) if version else None
        open_ones = public_editions().filter(state=EditionState.CONSULTATION, ordinal=self.entry["edition"])
        edition = open_ones.first()
        return Subject(edition=edition) if edition else None

    def _said(self, one: Mapping[str, Any], text: Subject, found: list[Passage]) -> IncomingContribution:
        passage = _passage(found, one["at"])
        detail = partial(
            anchor, subject=text, identity=passage.element_id, paragraph=passage.paragraphs[one["block"] - 1],
            wording=one.get("wording", ""),
        )  # fmt: skip
        fields = {
            "kind": one["kind"], "text": one["text"], "about": str(passage)[:300],
            "element_id": None if passage.is_own else passage.element_id,
        }  # fmt: skip
        address = f"/beteiligung/{self.entry['slug']}/text/{passage.element_id}/#beitrag-{{pk}}"
        return IncomingContribution(one["key"], PhaseKind.TEXT, one["by"], self._ago(one), address, fields, detail)

    def _answer(self, one: Mapping[str, Any], text: Subject, found: list[Passage]) -> IncomingResponse:
        fields = {"stance": one["stance"], "reason": one["reason"], "forwarded_to": one.get("forwarded_to", "")}
        if "changed" in one:
            passage = _passage(found, one["changed"])
            name = "own_passage" if passage.is_own else "element_id"
            fields |= {name: passage.element_id, "edition": text.edition, "version": text.version}
        return IncomingResponse(one["to"], self._ago(one), fields)

    def _ago(self, one: Mapping[str, Any]) -> datetime:
        """So many days ago; on this ``day`` where the text has been in force for long."""
        if day := one.get("day"):
            return _moment(date.fromisoformat(day), EVENING)
        return self.now - timedelta(days=one["days"])


def _passage(found: list[Passage], name: str) -> Passage:
    """By its number, or by its id where it has none."""
    for one in found:
        if name in {one.label, str(one.element_id)}:
            return one
    raise ValueError(_("“%s” leads to nothing that is loaded here.") % name)


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _give(text: Subject, process: Process) -> None:
    give_text(phase=process.phases.get(kind=PhaseKind.TEXT), edition=text.edition, version=text.version)
