"""The lines with which a stranger counts again, from the file alone, what the page of transfers says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext

if TYPE_CHECKING:
    from datetime import date

LINES = """\
import csv
day, known = "{day}", "{known}"
rows = list(csv.DictReader(open("uebernahmen.csv", encoding="utf-8-sig"), delimiter=";"))
rows = [r for r in rows if r["recorded_on"] <= known and not "" < r["replaced_on"] <= known]
begun = [r for r in rows if r["stage"] == "in_operation" and r["latest"] <= day]
ended = [r for r in rows if r["stage"] == "ended" and r["earliest"] <= day]
ends = lambda e, b: e["transfer"] == b["transfer"] and e["latest"] >= b["earliest"]
runs = [b for b in begun if not any(ends(e, b) for e in ended)]
print(len({{r["receiver"] for r in runs if r["confirmed"] == "true"}}), "{confirmed},")
print(len({{r["receiver"] for r in runs}}), "{reported}")
"""
"""Ten lines of Python. An empty cell is earlier than every day, as it is meant."""


def recount(day: date, known: date) -> str:
    """The lines for a day, as known on another."""
    words = {"confirmed": pgettext("number", "confirmed"), "reported": pgettext("number", "reported")}
    return LINES.format(day=day.isoformat(), known=known.isoformat(), **words)
