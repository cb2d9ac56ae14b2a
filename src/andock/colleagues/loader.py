"""Loads the learning groups of a region's folder, and those of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from andock.knowledge.references import Known
from andock.organisations.region_folder import LoadReport

from .group_table import read_groups
from .services import loading

if TYPE_CHECKING:
    from andock.organisations.region_folder import RegionFolder

GROUPS = "groups.csv"


def load_groups(folder: RegionFolder) -> LoadReport:
    """``groups.csv``: a group a row."""
    return _groups(folder, GROUPS)


def load_demonstration(folder: RegionFolder) -> LoadReport:
    """The same below ``demonstration/``, in demo mode: invented, and marked as such."""
    name = f"demonstration/{GROUPS}"
    return _groups(folder, name, is_invented=True) if settings.ANDOCK_DEMO else LoadReport(name)


def _groups(folder: RegionFolder, name: str, *, is_invented: bool = False) -> LoadReport:
    report = LoadReport(name)
    if not folder.has(name):
        return report
    found = read_groups(name, folder.text(name), Known())
    for incoming in found:
        incoming.group.is_demonstration = is_invented
    report.created = loading.load_groups(found=found, today=timezone.localdate())
    report.unchanged = len(found) - report.created
    return report
