"""What blocks the publication of an edition, as sentences people can act on. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from andock.docking.values import Edition, Element


def obstacles(before: Edition | None, edition: Edition) -> list[str]:
    """Every reason why ``edition`` cannot follow ``before`` yet; empty when it can be published."""
    return [*_empty_parts(edition), *(_lost_elements(before, edition) if before else ())]


def _empty_parts(edition: Edition) -> Iterator[str]:
    if not edition.elements:
        yield _("The edition has no elements yet.")
    parents = {element.parent for element in edition.elements}
    for element in edition.elements:
        if element.id not in parents and not any(block.text.strip() for block in element.blocks):
            yield _("“%s” has no text. Write it or take the element out.") % _name(element)


def _lost_elements(before: Edition, edition: Edition) -> Iterator[str]:
    """Elements that vanish, and lineage that says nothing or points nowhere."""
    kept = {element.id for element in edition.elements}
    old = {element.id: element for element in before.elements}
    explained = {row.source for row in edition.lineage}
    for element in before.elements:
        if element.id not in kept and element.id not in explained:
            yield _(
                "“%s” is missing, and nothing says what became of it. Note whether it was withdrawn, split, joined or replaced."
            ) % _name(element)
    for row in edition.lineage:
        if row.kind in ("withdrawn", "split", "joined", "replaced") and not row.reason.strip():
            name = _name(old[row.source]) if row.source in old else "–"
            yield _("Give a reason why “%s” no longer stands as it was.") % name
        if row.target and row.target not in kept:
            yield _("The lineage of “%s” leads to an element that is not part of this edition.") % (
                _name(old[row.source]) if row.source in old else row.target
            )


def _name(element: Element) -> str:
    return f"{element.label} {element.title}".strip()
