"""Loads invented notes on who might dock, for the demonstration only."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.organisations.loader import day, one_of, put
from andock.organisations.queries import organisation_keys
from andock.organisations.region_folder import Column, LoadReport, Refused, RegionFolder
from andock.strategy.queries import the_framework

from .choices import ApproachState
from .models import Approach

FILE = "demonstration/approaches.csv"
APPROACHES = {
    "organisation": Column(required=True),
    "state": Column(one_of(ApproachState), required=True),
    "next_step": Column(),
    "next_step_on": Column(day, default=None),
    "note": Column(),
}


@public_transaction()
def load_approaches(folder: RegionFolder) -> LoadReport:
    """``demonstration/approaches.csv``, in demo mode: what the agency noted on the demo is kept."""
    report = LoadReport(FILE)
    framework = the_framework()
    if not settings.ANDOCK_DEMO or not folder.has(FILE) or framework is None:
        return report
    keys = organisation_keys()
    rows = folder.rows(FILE, APPROACHES)
    if problems := [row.problem("organisation", _("There is no such organisation.")) for row in rows if row["organisation"] not in keys]:  # fmt: skip
        raise Refused(problems)
    for row in rows:
        key = {"organisation_id": keys[row["organisation"]].pk, "framework": framework}
        if Approach.objects.filter(**key).exists():
            report.count("unchanged")
            continue
        values = {name: row[name] for name in ("state", "next_step", "next_step_on", "note")}
        report.count(put(Approach, key=key, values=values)[1])
    return report
