"""Where an own element can stand: after any element, or at the end of what stands below one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.docking.resolve import arrangement

from .desk_sheet import name_of
from .queries import rows_value

if TYPE_CHECKING:
    from .models import OwnPart, Version

AFTER, BELOW = "after:", "below:"


class Places:
    """The places of a version; without those in the branch of one own element, which cannot stand below itself."""

    def __init__(self, version: Version, without: str = "") -> None:
        rows, parts = list(version.decisions.order_by("position")), list(version.own_parts.order_by("position"))
        contents: dict[str, Any] = {str(row.element_id): row.base for row in rows}
        contents |= {str(part.identity): part.content for part in parts}
        self.parents = dict(arrangement(rows_value(version, rows, parts)))
        banned = _branch(self.parents, without)
        depths: dict[str, int] = {"": -1}
        names: list[tuple[str, str]] = []
        for identity, parent in self.parents.items():
            depths[identity] = depths.get(parent, -1) + 1
            if identity not in banned:
                names.append((identity, "\u2003" * depths[identity] + name_of(contents[identity])))
        self.choices = [
            (BELOW, _("at the very end")),
            (_("directly after"), [(AFTER + identity, name) for identity, name in names]),
            (_("at the end below"), [(BELOW + identity, name) for identity, name in names]),
        ]
        self.regional = [(str(row.element_id), name_of(row.base)) for row in rows]

    def after(self, identity: str) -> str:
        return AFTER + identity if identity in self.parents else BELOW

    def place_of(self, part: OwnPart) -> str:
        parent = part.content["parent"] or ""
        if part.after in self.parents and self.parents[part.after] == parent:
            return AFTER + part.after
        return BELOW + parent

    def target(self, place: str) -> tuple[str, str]:
        """Parent and sibling before it."""
        kind, _colon, identity = place.partition(":")
        return (self.parents.get(identity, ""), identity) if f"{kind}:" == AFTER else (identity, "")


def _branch(parents: dict[str, str], identity: str) -> set[str]:
    found = {identity} if identity else set()
    for child, parent in parents.items():
        if parent in found:
            found.add(child)
    return found
