"""Writing places by name, and drawn plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.pagecache.versions import bump, public_transaction

from ..models import NamedPlace, StreetPlan
from ..naming import searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from ..points import Point

AT_ONCE = 2000


@public_transaction()
def replace_gazetteer(*, places: Iterable[tuple[str, str, Point]], attribution: str) -> int:
    """Replace all places by these (name, kind, point), all or none. Returns how many there are now."""
    NamedPlace.objects.all().delete()
    rows = (
        NamedPlace(
            name=name,
            kind=kind,
            latitude=point[0],
            longitude=point[1],
            words=searched(f"{name} {kind}"),
            attribution=attribution,
        )
        for name, kind, point in places
    )
    return len(NamedPlace.objects.bulk_create(rows, batch_size=AT_ONCE))


@public_transaction()
def put_street_plan(*, name: str, attribution: str, features: Sequence[Mapping[str, Any]]) -> str:
    """Make the plan of this name, or change it. Returns ``created``, ``changed`` or ``unchanged``."""
    values = {"attribution": attribution, "features": list(features)}
    found = StreetPlan.objects.filter(name=name).first()
    if found and all(getattr(found, key) == value for key, value in values.items()):
        return "unchanged"
    StreetPlan.objects.update_or_create(name=name, defaults=values)
    bump("maps")
    return "changed" if found else "created"
