"""What moderators decided, as a table to take along. The words of contributions stay where they are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from defusedcsv import csv
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import Decision

COLUMNS = ("number", "process", "contribution", "decision", "reason", "words", "decided_at", "objection", "objected_at")


def log_csv(decisions: Iterable[Decision]) -> str:
    """One row for each decision; who decided stands in the audit trail."""
    target = io.StringIO()
    table = csv.writer(target, delimiter=";")
    table.writerow(COLUMNS)
    for one in decisions:
        objected = f"{timezone.localtime(one.objected_at):%Y-%m-%d %H:%M}" if one.objected_at else ""
        table.writerow([
            one.pk, one.contribution.process.slug, one.contribution_id, one.verdict, one.reason, one.text,
            f"{timezone.localtime(one.decided_at):%Y-%m-%d %H:%M}", one.objection, objected,
        ])  # fmt: skip
    return target.getvalue()
