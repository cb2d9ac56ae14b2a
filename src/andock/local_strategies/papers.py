"""What the council's paper says: the version in force, the proposed one and the region's wording side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.docking.synopsis import Synopsis, synopsis
from andock.strategy.queries import edition_value

from .models import ElementDecision
from .queries import resolved_version, version_in_force

if TYPE_CHECKING:
    from .models import Version


def paper(version: Version) -> Synopsis:
    """The synopsis of a version against the one before it, with the classes the municipality has chosen."""
    before = version_before(version)
    in_force = resolved_version(before) if before else None
    weights, put_off = _entered(version, before)
    return synopsis(
        in_force, resolved_version(version), edition_value(version.edition), weights=weights,
        states=in_force.unprinted if in_force else (), put_off=put_off,
    )  # fmt: skip


def version_before(version: Version) -> Version | None:
    """What a version is compared with: the one in force, or for a frozen one the version it superseded."""
    if not version.is_frozen:
        return version_in_force(version.strategy)
    older = version.strategy.versions.filter(number__lt=version.number).exclude(content_hash="")
    return older.select_related("edition", "strategy__organisation").order_by("-number").first()


def _entered(version: Version, before: Version | None) -> tuple[dict[str, str], set[str]]:
    """The classes the municipality has chosen itself, and where it is new that a change of the region is put off: by element."""
    versions = [version.pk, *([before.pk] if before else [])]
    rows = ElementDecision.objects.filter(version__in=versions).exclude(weight="", held=[])
    weights: dict[str, str] = {}
    put_off: dict[int, set[tuple[str, str, int]]] = {pk: set() for pk in versions}
    for pk, element, weight, held in rows.values_list("version", "element", "weight", "held"):
        put_off[pk] |= {(str(element), entry["field"], entry["edition"]) for entry in held if entry["until"]}
        if weight and pk == version.pk:
            weights[str(element)] = weight
    weights |= {str(row.identity): row.weight for row in version.own_parts.exclude(weight="")}
    return weights, {element for element, *_what in put_off.pop(version.pk).difference(*put_off.values())}
