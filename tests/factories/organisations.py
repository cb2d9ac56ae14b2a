"""Organisations for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from andock.kernel.dates import parse_date
from andock.kernel.text import slugify
from andock.organisations.models import District, Municipality, Organisation, Region
from andock.strategy.models import Docking, DockingPeriod, Framework


def region(name: str = "Südwestfalen", **fields: Any) -> Region:
    organisation = Organisation.objects.create(slug=slugify(name), name=name, kind="region")
    return Region.objects.create(organisation=organisation, **fields)


def district(name: str = "Kreis Olpe", ags: str = "05966") -> District:
    organisation = Organisation.objects.create(slug=slugify(name), name=name, kind="district")
    return District.objects.create(organisation=organisation, ags=ags)


def municipality(name: str, ags: str = "05966024", **fields: Any) -> Municipality:
    """A town of Kreis Olpe unless its key says otherwise; the district is made when it is missing."""
    home = District.objects.filter(ags=ags[:5]).first() or district(f"Kreis {ags[:5]}", ags[:5])
    organisation = Organisation.objects.create(slug=slugify(name), name=name, kind="municipality", district=home)
    values = {
        "population": 1000,
        "population_on": date(2023, 12, 31),
        "area_km2": 10,
        "latitude": 51.0,
        "longitude": 8.0,
    }
    ars = f"{ags[:5]}0{ags[5:]}{ags[5:]}"
    return Municipality.objects.create(organisation=organisation, ags=ags, ars=ars, kind="town", **values | fields)


def docked(
    town: Municipality, since: str = "2019-07-09", role: str = "participating", until: str = "", **fields: Any
) -> DockingPeriod:
    """The town takes part in the only framework, which is made when it is missing."""
    framework = Framework.objects.first() or Framework.objects.create(
        slug="rahmen", title="Rahmen", owner=town.organisation
    )
    docking, _made = Docking.objects.get_or_create(organisation=town.organisation, framework=framework)
    start, end = parse_date(since), parse_date(until) if until else None
    return DockingPeriod.objects.create(
        docking=docking,
        role=role,
        since_text=since,
        since_earliest=start.earliest,
        since_latest=start.latest,
        until_text=until,
        until_earliest=end and end.earliest,
        until_latest=end and end.latest,
        **fields,
    )
