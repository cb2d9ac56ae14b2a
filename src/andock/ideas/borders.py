"""The ground of a process's map: its municipality's border, or all of the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.pagecache.pages import shared_part
from andock.organisations.queries import boundaries

from .picture import ground_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.organisations.models import Organisation
    from andock.participation.models import Process

    from .picture import Ground


def ground_for(request: HttpRequest, process: Process) -> Ground | None:
    """None where the operator has imported no borders. Read once per process until organisations change."""
    place = None if process.is_region_wide else process.organisation
    name = f"borders {place.pk if place else 'of the region'}"
    return shared_part(request, name, lambda: _ground(place), scopes=("organisations",))


def _ground(place: Organisation | None) -> Ground | None:
    found = boundaries().filter(municipality__organisation=place) if place else boundaries()
    return ground_of(found.order_by("pk").values_list("geometry", flat=True))
