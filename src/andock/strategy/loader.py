"""Loads the framework strategy of a region: framework, who takes part, editions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from andock.kernel.dates import parse_date
from andock.kernel.pagecache.versions import public_transaction
from andock.organisations.loader import announced, one_of, put, true_or_false
from andock.organisations.queries import followed, organisation_keys
from andock.organisations.region_folder import Column, LoadReport, Problem, Refused, RegionFolder, Row

from .choices import DockingBasis, DockingRole
from .exchange import InvalidDocument, parse
from .models import Docking, DockingPeriod, Framework
from .services.editions import CannotPublish, DifferentContent, import_edition


def partial_date(text: str) -> str:
    """A date in our subset of EDTF, checked but kept as written."""
    return parse_date(text).text


DOCKINGS = {
    "organisation": Column(required=True),
    "role": Column(one_of(DockingRole), required=True),
    "since": Column(partial_date, required=True),
    "until": Column(partial_date),
    "basis": Column(one_of(DockingBasis), default=DockingBasis.NOT_DOCUMENTED),
    "verified": Column(true_or_false, default=True),
    "source": Column(),
    "note": Column(),
}


@public_transaction()
def load_framework(folder: RegionFolder) -> LoadReport:
    """``framework.yaml``: title and owner of the framework."""
    report = LoadReport("framework.yaml")
    content = folder.yaml(report.file)
    owner = organisation_keys().get(content.get("owner", ""))
    if owner is None:
        raise Refused([Problem(report.file, 0, "owner", _("Name the owner by its slug in organisations.csv."))])
    values = {"title": content["title"], "text": content.get("text", ""), "owner_id": owner.pk}
    report.count(put(Framework, key={"slug": content["slug"]}, values=values)[1])
    return announced(report, "strategy")


@public_transaction()
def load_dockings(folder: RegionFolder) -> LoadReport:
    """``dockings.csv``: who takes part in which role since when."""
    report = LoadReport("dockings.csv")
    rows = folder.rows(report.file, DOCKINGS)
    keys = organisation_keys()
    problems = [
        row.problem("organisation", _("There is no such organisation."))
        for row in rows
        if row["organisation"] not in keys
    ]
    if problems:
        raise Refused(problems)
    framework = Framework.objects.get()
    gone = set(followed().values_list("pk", flat=True))
    for row in rows:
        docking, _made = Docking.objects.get_or_create(
            organisation_id=keys[row["organisation"]].pk, framework=framework
        )
        report.count(_put_period(docking, row, is_gone=docking.organisation_id in gone))
    return announced(report, "strategy")


def _put_period(docking: Docking, row: Row, *, is_gone: bool) -> str:
    """``is_gone``: others follow the organisation. A file that knows no end leaves the one that an act here has set.

    Raises ``Refused`` where the organisation takes part without end in another way.
    """
    key = {"docking": docking, "role": row["role"], "since_text": row["since"]}
    values: dict[str, Any] = {name: row[name] for name in ("basis", "verified", "source", "note")}
    values |= bounds("since", row["since"])
    if row["until"] or not (is_gone or docking.periods.filter(**key).exclude(ending="").exists()):
        _refuse_second(docking, row)
        values |= bounds("until", row["until"]) | {"until_text": row["until"]}
    return put(DockingPeriod, key=key, values=values)[1]


def _refuse_second(docking: Docking, row: Row) -> None:
    running = docking.periods.filter(until_text="").exclude(role=row["role"], since_text=row["since"]).first()
    if running and not row["until"]:
        reason = _("It takes part since %(date)s already. Give this line an end, or take it out.")
        raise Refused([row.problem("since", reason % {"date": running.since})])


def bounds(name: str, text: str) -> dict[str, Any]:
    """The first and last day a date may mean, as the columns of a period."""
    date = parse_date(text) if text else None
    return {f"{name}_earliest": date and date.earliest, f"{name}_latest": date and date.latest}


def load_editions(folder: RegionFolder) -> list[LoadReport]:
    """``editions/*.yaml``: one edition each, oldest first."""
    names = sorted(folder.names("editions/*.yaml"), key=lambda name: (len(name), name))  # 10.yaml after 2.yaml
    return [_load_edition(folder, name) for name in names]


def _load_edition(folder: RegionFolder, name: str) -> LoadReport:
    report = LoadReport(name)
    try:
        document = parse(folder.yaml(name))
        report.count(import_edition(document=document, actor=None))
    except InvalidDocument as invalid:
        raise Refused([Problem(name, 0, place, reason) for place, reason in invalid.problems]) from invalid
    except CannotPublish as blocked:
        raise Refused([Problem(name, 0, "", reason) for reason in blocked.reasons]) from blocked
    except DifferentContent as different:
        report.notes.append(str(different))
        report.count("unchanged")
    return report
