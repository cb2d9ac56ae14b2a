"""How many people took part, as a table; groups so small that somebody could be recognised have no number."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from defusedcsv import csv
from django.utils.translation import gettext as _

from .figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .models import Process

COLUMNS = ("phase", "title", "counted", "group", "number")
"""``number`` is empty where there are fewer than five, or where one alone could be reckoned from the others."""


def figures_csv(process: Process, now: datetime) -> str:
    target = io.StringIO()
    table = csv.writer(target, delimiter=";", lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_rows(process, now))
    return target.getvalue()


def _rows(process: Process, now: datetime) -> Iterator[list[str | int]]:
    for phase, figures in zip(process.phases.all(), figures_of(process, now), strict=True):
        head = [phase.kind, phase.title]
        yield [*head, "people", _("all"), figures.people]
        yield [*head, "people", _("on paper"), figures.on_paper]
        yield [*head, "contributions", _("all"), figures.contributions]
        for counted, groups in (
            ("people by age", figures.ages), ("people by municipality", figures.places),
            ("contributions by municipality", figures.meant),
        ):  # fmt: skip
            for group in groups:
                yield [*head, counted, group.name, "" if group.number is None else group.number]
