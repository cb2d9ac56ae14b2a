"""Loads the questionnaires of the demonstration: invented, and marked as such."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.knowledge.references import Known
from andock.organisations.region_folder import LoadReport, Problem, Refused, reason_of
from andock.participation.choices import Blueprint, PhaseKind

from .services.editing import Draft
from .services.editing import Unfit as UnfitQuestion
from .services.loading import IncomingQuestion, IncomingQuestionnaire, load_questionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andock.organisations.region_folder import RegionFolder

FILE = "demonstration/questionnaires.yaml"
OF_A_PROCESS = ("slug", "title", "summary", "text", "contact_email", "result")
OF_A_QUESTION = ("kind", "label", "help", "options", "rows", "low", "high", "low_label", "high_label", "is_required")


def load_demonstration(folder: RegionFolder) -> LoadReport:
    """``demonstration/questionnaires.yaml``, in demo mode: at a fixed distance from the day of loading."""
    report = LoadReport(FILE)
    if not settings.ANDOCK_DEMO or not folder.has(FILE):
        return report
    known, now = Known(), timezone.now()
    for number, entry in enumerate(folder.yaml(FILE)["questionnaires"], start=1):
        try:
            is_new = load_questionnaire(incoming=_incoming(entry, known, now))
        except (KeyError, TypeError) as error:
            raise Refused([Problem(FILE, 0, f"{number}. {error}", _("This part is missing."))]) from error
        except (UnfitQuestion, ValueError, ValidationError) as error:
            raise Refused([Problem(FILE, 0, f"{number}.", reason_of(error))]) from error
        report.count("created" if is_new else "unchanged")
    return report


def _incoming(entry: Mapping[str, Any], known: Known, now: datetime) -> IncomingQuestionnaire:
    starts_at = now.replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=entry["days"])
    fields = {name: entry.get(name, "") for name in OF_A_PROCESS} | {
        "organisation": known.organisation(entry["organisation"]), "blueprint": Blueprint.QUESTIONS,
        "is_demonstration": True,
    }  # fmt: skip
    phase = {
        "kind": PhaseKind.QUESTIONS, "title": entry["phase"], "text": entry.get("phase_text", ""),
        "starts_at": starts_at, "ends_at": starts_at + timedelta(days=entry["lasts"]),
    }  # fmt: skip
    return IncomingQuestionnaire(
        fields=fields, terms=known.all_terms(entry.get("terms", [])), phase=phase,
        introduction=entry["introduction"], thanks=entry["thanks"], people=entry["people"], papers=entry["papers"],
        questions=[_question(one) for one in entry["questions"]],
    )  # fmt: skip


def _question(entry: Mapping[str, Any]) -> IncomingQuestion:
    draft = Draft(**{name: entry[name] for name in OF_A_QUESTION if name in entry})
    return IncomingQuestion(draft, entry.get("shown_if", ""), entry.get("weights", []), entry.get("words", []))
