"""What blocks the publication of an edition, as sentences people can act on. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from andock.docking.lineage import LineageCycle, refuse_cycles
from andock.docking.values import Edition, Element


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an edition cannot be published yet. ``element`` is the one concerned, None for the edition as a whole."""

    reason: str
    element: str | None = None


def obstacles(before: Edition | None, edition: Edition) -> list[str]:
    """Every reason why ``edition`` cannot follow ``before`` yet; empty when it can be published."""
    return [obstacle.reason for obstacle in find_obstacles(before, edition)]


def find_obstacles(before: Edition | None, edition: Edition) -> list[Obstacle]:
    """As ``obstacles``, with the element each of them is about."""
    found = [*_empty_parts(edition), *(_lost_elements(before, edition) if before else ())]
    return [*found, Obstacle(sentence)] if (sentence := circle(edition)) else found


def circle(edition: Edition) -> str:
    """Which elements become each other in a circle, so that nobody could follow them; empty where none do."""
    try:
        refuse_cycles(edition.lineage)
    except LineageCycle as found:
        named = {element.id: _name(element) for element in edition.elements}
        names = " → ".join(f"“{named.get(identity, identity)}”" for identity in found.identities)
        return _("These elements become each other in a circle: %s. Move single paragraphs instead.") % names
    return ""


def _empty_parts(edition: Edition) -> Iterator[Obstacle]:
    if not edition.elements:
        yield Obstacle(_("The edition has no elements yet."))
    parents = {element.parent for element in edition.elements}
    for element in edition.elements:
        if element.id not in parents and not any(block.text.strip() for block in element.blocks):
            reason = _("“%s” has no text. Write it or take the element out.") % _name(element)
            yield Obstacle(reason, element.id)


def _lost_elements(before: Edition, edition: Edition) -> Iterator[Obstacle]:
    """Elements that vanish, and lineage that says nothing or points nowhere."""
    kept = {element.id for element in edition.elements}
    old = {element.id: element for element in before.elements}
    explained = {row.source for row in edition.lineage}
    for element in before.elements:
        if element.id not in kept and element.id not in explained:
            reason = _(
                "“%s” is missing, and nothing says what became of it. Note whether it was withdrawn, split, joined or replaced."
            )
            yield Obstacle(reason % _name(element), element.id)
    for row in edition.lineage:
        if row.kind in ("withdrawn", "split", "joined", "replaced") and not row.reason.strip():
            name = _name(old[row.source]) if row.source in old else "–"
            yield Obstacle(_("Give a reason why “%s” no longer stands as it was.") % name, row.source)
        if row.target and row.target not in kept:
            reason = _("The lineage of “%s” leads to an element that is not part of this edition.")
            yield Obstacle(reason % (_name(old[row.source]) if row.source in old else row.target), row.source)


def _name(element: Element) -> str:
    return f"{element.label} {element.title}".strip()
