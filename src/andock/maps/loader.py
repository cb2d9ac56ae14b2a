"""Loads the invented places of the demonstration: its gazetteer and its street plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from andock.organisations.region_folder import LoadReport, Problem, Refused

from . import queries
from .gazetteer import places_in
from .services.places import put_street_plan, replace_gazetteer

if TYPE_CHECKING:
    from andock.organisations.region_folder import RegionFolder

PLACES, PLAN = "demonstration/gazetteer.csv", "demonstration/street-plan.geojson"
KINDS = {"green", "water", "building", "square", "rail", "street", "path", "place"}


def load_gazetteer(folder: RegionFolder) -> LoadReport:
    """``demonstration/gazetteer.csv``, in demo mode and where no other was imported."""
    report = LoadReport(PLACES)
    if not settings.ANDOCK_DEMO or not folder.has(PLACES) or queries.has_gazetteer():
        return report
    report.created = replace_gazetteer(places=places_in(PLACES, folder.text(PLACES)), attribution=_("invented"))
    return report


def load_street_plan(folder: RegionFolder) -> LoadReport:
    """``demonstration/street-plan.geojson``, in demo mode: an invented plan, and marked as such."""
    report = LoadReport(PLAN)
    if not settings.ANDOCK_DEMO or not folder.has(PLAN):
        return report
    given = folder.yaml(PLAN)
    try:
        features = [_checked(one) for one in given["features"]]
        report.count(put_street_plan(name=given["name"], attribution=given["attribution"], features=features))
    except (KeyError, TypeError, ValueError) as error:
        raise Refused([Problem(PLAN, 0, "", _("This is no plan: %s") % error)]) from error
    return report


def _checked(feature: dict[str, Any]) -> dict[str, Any]:
    if feature["properties"]["kind"] not in KINDS:
        raise ValueError(feature["properties"]["kind"])
    return feature
