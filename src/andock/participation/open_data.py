"""Contributions as open data, the same table out and in. Only what everybody reads here.

Names are left out: what is copied elsewhere could not be deleted any more when somebody asks for it.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.knowledge.cells import marked

from . import details, queries
from .addresses import absolute, permanent
from .changed_text import changed_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .models import Contribution, Process

FORMAT = "andock-contributions/1"
COLUMNS = {
    "url": _("Permanent address of the contribution"),
    "number": _("Its number, as in the table for the council"),
    "phase": _("What people did in the phase: text, ideas, support, questions"),
    "kind": _("idea, remark (below an idea), comment (on a passage), wording (another wording)"),
    "title": _("Title, where it has one"),
    "text": _("What was said, unchanged"),
    "about": _("What it is about, in words"),
    "element": _("Permanent id of the passage of the strategy it belongs to"),
    "municipality": _("Official key of the municipality it is meant for"),
    "on_paper": _("true: it came on paper or from a file"),
    "sent_on": _("Day on which it was sent"),
    "answer": _("Official answer: adopted, partly, not, forwarded; empty: none yet"),
    "reason": _("Reason of the answer"),
    "forwarded_to": _("Office it was forwarded to"),
    "answered_on": _("Day of the answer"),
    "changed_element": _("Permanent id of the passage that was changed for it"),
    "changed_text": _("The edition or local version in which it was changed"),
}
LICENCES = {
    "https://www.govdata.de/dl-de/by-2-0": "Datenlizenz Deutschland – Namensnennung – Version 2.0",
    "https://www.govdata.de/dl-de/zero-2-0": "Datenlizenz Deutschland – Zero – Version 2.0",
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
}


def columns() -> dict[str, str]:
    """Every column with what it says, those of tools last."""
    return {name: str(words) for name, words in COLUMNS.items()} | details.columns()


def licence() -> dict[str, str]:
    address = settings.ANDOCK_DATA_LICENCE
    return {"url": address, "name": LICENCES.get(address, address)}


def write_csv(process: Process) -> str:
    """One row for each contribution. A spreadsheet runs nothing of it."""
    target = io.StringIO()
    writer = csv.DictWriter(target, list(columns()), delimiter=";", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({name: marked(_cell(value)) for name, value in row.items()} for row in rows(process))
    return target.getvalue()


def write_json(process: Process) -> str:
    content = {
        "format": FORMAT, "process": process.title, "url": absolute("participation:process", process.slug),
        "organisation": process.organisation.name, "licence": licence(), "demonstration": process.is_demonstration,
        "fields": columns(), "contributions": list(rows(process)),
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1)


def rows(process: Process) -> Iterator[dict[str, Any]]:
    """The public contributions in the order of their numbers, with the same queries however many there are."""
    found = list(queries.told_contributions(process, answered_only=False, with_unpublished=False).order_by("pk"))
    known = details.columns()
    told = details.values_of(found) if known else {}
    for one in found:
        own = told.get(one.pk, {})
        yield _row(one) | {name: own.get(name, "") for name in known}


def _row(one: Contribution) -> dict[str, Any]:
    return {
        "url": permanent(one.pk), "number": one.pk, "phase": one.phase.kind, "kind": one.kind,
        "title": one.title, "text": one.text, "about": one.about, "element": str(one.element_id or ""),
        "municipality": one.municipality.key if one.municipality else "", "on_paper": one.is_on_paper,
        "sent_on": timezone.localdate(one.sent_at).isoformat(), **_answer(one),
    }  # fmt: skip


def _answer(one: Contribution) -> dict[str, str]:
    if not hasattr(one, "answered"):
        return dict.fromkeys(("answer", "reason", "forwarded_to", "answered_on", "changed_element", "changed_text"), "")
    response = one.answered.response
    return {
        "answer": response.stance, "reason": response.reason, "forwarded_to": response.forwarded_to,
        "answered_on": timezone.localdate(response.given_at).isoformat(),
        "changed_element": str(response.passage_id or ""), "changed_text": changed_text(response),
    }  # fmt: skip


def _cell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).strip()
