"""Loads the collections of ideas of the demonstration: invented, and marked as such."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.knowledge.references import Known
from andock.maps.points import point_in
from andock.organisations.region_folder import LoadReport, Problem, Refused, reason_of
from andock.participation.choices import PhaseKind

from .services.loading import IncomingCollection, IncomingIdea, IncomingRemark, load_collection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andock.organisations.region_folder import RegionFolder

FILE = "demonstration/ideas.yaml"
OF_A_PROCESS = ("slug", "title", "summary", "text", "contact_email", "result")


def load_demonstration(folder: RegionFolder) -> LoadReport:
    """``demonstration/ideas.yaml``, in demo mode: at a fixed distance from the day of loading."""
    report = LoadReport(FILE)
    if not settings.ANDOCK_DEMO or not folder.has(FILE):
        return report
    given, known, now = folder.yaml(FILE), Known(), timezone.now()
    people = [f"{first} {last}" for last, first in product(given["people"]["last"], given["people"]["first"])]
    for number, entry in enumerate(given["collections"], start=1):
        try:
            is_new = load_collection(incoming=_incoming(entry, known, now), people=people)
        except (KeyError, TypeError) as error:
            raise Refused([Problem(FILE, 0, f"{number}. {error}", _("This part is missing."))]) from error
        except (ValueError, ValidationError) as error:
            raise Refused([Problem(FILE, 0, f"{number}.", reason_of(error))]) from error
        report.count("created" if is_new else "unchanged")
    return report


def _incoming(entry: Mapping[str, Any], known: Known, now: datetime) -> IncomingCollection:
    morning = now.replace(hour=6, minute=0, second=0, microsecond=0)
    fields = {name: entry.get(name, "") for name in OF_A_PROCESS} | {
        "organisation": known.organisation(entry["organisation"]), "blueprint": entry["blueprint"],
        "is_region_wide": entry.get("is_region_wide", False), "is_demonstration": True,
    }  # fmt: skip
    return IncomingCollection(
        fields=fields, terms=known.all_terms(entry.get("terms", [])),
        phases=[_phase(one, morning) for one in entry["phases"]],
        ideas=[_idea(one, known) for one in entry["ideas"]], now=now,
    )  # fmt: skip


def _phase(entry: Mapping[str, Any], morning: datetime) -> dict[str, Any]:
    starts_at = morning + timedelta(days=entry["days"])
    return {
        "kind": PhaseKind(entry["kind"]), "title": entry["title"], "text": entry.get("text", ""),
        "starts_at": starts_at, "ends_at": starts_at + timedelta(days=entry["lasts"]),
    }  # fmt: skip


def _idea(entry: Mapping[str, Any], known: Known) -> IncomingIdea:
    town, topic = entry.get("municipality", ""), entry.get("topic", "")
    latitude, longitude = point_in(entry.get("point", "")) or (None, None)
    return IncomingIdea(
        title=entry["title"], text=entry["text"], place=entry.get("place", ""), latitude=latitude, longitude=longitude,
        topic=known.all_terms([topic])[0] if topic else None, municipality=known.organisation(town) if town else None,
        status=entry.get("status", "new"), supports=entry.get("supports", 0), into=entry.get("into", ""),
        remarks=[IncomingRemark(**one) for one in entry.get("remarks", [])], answer=entry.get("answer"),
        solutions=entry.get("solutions", []),
    )  # fmt: skip
