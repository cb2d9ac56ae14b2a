"""Loads the solutions, guides and transfers of a region's folder, and those of the demonstration.

A card or guide that is there already stays as it is: its owner keeps it on the site.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.organisations.region_folder import LoadReport, Problem

from .exchange import read_csv
from .guide_table import read_guides
from .models import Guide, Solution
from .references import Known
from .services.importing import steps
from .services.loading import load_guides as write_guides
from .services.transfers import load_transfers as write_transfers
from .transfer_table import read_transfers

if TYPE_CHECKING:
    from andock.organisations.region_folder import RegionFolder

SOLUTIONS, GUIDES, TRANSFERS = "solutions.csv", "guides.csv", "transfers.csv"


@public_transaction()
def load_solutions(folder: RegionFolder) -> LoadReport:
    """``solutions.csv``: a card a row."""
    return _solutions(folder, SOLUTIONS)


@public_transaction()
def load_guides(folder: RegionFolder) -> LoadReport:
    """``guides.csv``: a guide a row."""
    return _guides(folder, GUIDES)


@public_transaction()
def load_transfers(folder: RegionFolder) -> LoadReport:
    """``transfers.csv``: a stage of a transfer a row."""
    report = LoadReport(TRANSFERS)
    if not folder.has(TRANSFERS):
        return report
    found = read_transfers(TRANSFERS, folder.text(TRANSFERS), Known())
    report.created, left_out = write_transfers(found=found)
    report.unchanged = len(found) - report.created - len(left_out)
    told = _("On the site another row stands for “%s” already, so this one was left out.")
    report.notes = [str(Problem(TRANSFERS, one.line, "replaces", told % one.replaces)) for one in left_out]
    return report


@public_transaction()
def load_demonstration(folder: RegionFolder) -> list[LoadReport]:
    """The same below ``demonstration/``, in demo mode: invented, marked as such, and always fresh."""
    if not settings.ANDOCK_DEMO:
        return []
    return [
        _solutions(folder, f"demonstration/{SOLUTIONS}", is_invented=True),
        _guides(folder, f"demonstration/{GUIDES}", is_invented=True),
    ]


def _solutions(folder: RegionFolder, name: str, *, is_invented: bool = False) -> LoadReport:
    report = LoadReport(name)
    if not folder.has(name):
        return report
    found = read_csv(name, folder.text(name), Known())
    for incoming in found if is_invented else ():
        _invent(incoming.solution)
    for progress in steps(found, timezone.now()):
        report.created, report.unchanged = progress.created, progress.unchanged
    return report


def _guides(folder: RegionFolder, name: str, *, is_invented: bool = False) -> LoadReport:
    report = LoadReport(name)
    if not folder.has(name):
        return report
    found = read_guides(name, folder.text(name), Known())
    for incoming in found if is_invented else ():
        _invent(incoming.guide)
    report.created = write_guides(found=found, now=timezone.now())
    report.unchanged = len(found) - report.created
    return report


def _invent(thing: Solution | Guide) -> None:
    """Mark it; a card of the demonstration was confirmed of late, and its office answers for a year."""
    thing.is_demonstration = True
    if isinstance(thing, Solution):
        today = timezone.localdate()
        thing.confirmed_on, thing.answers_until = today - timedelta(days=30), today + timedelta(days=365)
