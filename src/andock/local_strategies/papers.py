"""What the council's paper says: the version in force, the proposed one and the region's wording side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.docking.synopsis import Synopsis, synopsis
from andock.strategy.queries import edition_value

from .queries import resolved_version, version_in_force

if TYPE_CHECKING:
    from .models import Version


def paper(version: Version) -> Synopsis:
    """The synopsis of a version against the one before it, with the classes the municipality has chosen."""
    before = version_before(version)
    in_force = resolved_version(before) if before else None
    return synopsis(
        in_force, resolved_version(version), edition_value(version.edition), weights=weights(version),
        states=in_force.unprinted if in_force else (),
    )  # fmt: skip


def version_before(version: Version) -> Version | None:
    """What a version is compared with: the one in force, or for a frozen one the version it superseded."""
    if not version.is_frozen:
        return version_in_force(version.strategy)
    older = version.strategy.versions.filter(number__lt=version.number).exclude(content_hash="")
    return older.select_related("edition", "strategy__organisation").order_by("-number").first()


def weights(version: Version) -> dict[str, str]:
    """The classes the municipality has chosen itself, by element."""
    chosen = {str(row.element_id): row.weight for row in version.decisions.exclude(weight="")}
    return chosen | {str(row.identity): row.weight for row in version.own_parts.exclude(weight="")}
