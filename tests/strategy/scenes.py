"""Editions as they lie in the database, and pages as readers see them."""

import re
from html import unescape

from andock.docking.values import Element, Lineage
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import document, identity


def publish(*elements: Element, ordinal: int = 1, state: str = "in_force", **fields: object) -> None:
    """Write an edition and bring it into its state."""
    import_edition(document=document(*elements, ordinal=ordinal, state=state, **fields), actor=None)


def lineage(kind: str, source: str | None, target: str | None, reason: str = "Darum.") -> Lineage:
    return Lineage(kind, source and identity(source), target and identity(target), "", reason)


def seen(response: object) -> str:
    """The text of a page without marks, runs of blanks as one."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))).strip()


def headings(response: object) -> list[int]:
    """Levels of the headings in the order they stand."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return [int(found) for found in re.findall(r"<h([1-6])\b", main)]
