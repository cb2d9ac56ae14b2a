"""An edition as tagged PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.design.drawing import drawn
from andock.organisations.queries import the_region

from . import queries
from .blocks import shown
from .origin import origin
from .outline import Node, outline

if TYPE_CHECKING:
    from .models import Edition

TEMPLATE = Path(__file__).parent / "typst" / "edition.typ"
LONG = 1500
"""Letters from which a passage may be broken over two pages."""


def edition_pdf(edition: Edition, *, address: str) -> bytes:
    """The edition as PDF; ``address`` is printed in the foot. A public edition is drawn once and then kept."""
    return drawn(TEMPLATE, _content(edition, address), keep=edition.is_public)


# --- content --------------------------------------------------------------------------------------------------------
def _content(edition: Edition, address: str) -> dict[str, Any]:
    region = the_region()
    signatories = [{"name": row.name, "role": row.get_role_display()} for row in edition.signatories.all()]
    date = str(edition.date) if edition.date else ""
    nodes = outline(queries.versions_of(edition), queries.first_editions(edition))
    return {
        "region": region.organisation.name if region else "Andock",
        "title": edition.title,
        "label": edition.label,
        "date": date,
        "description": f"{edition.title}, {edition.label}",
        "note": edition.note,
        "demonstration": edition.demonstration,
        "address": address,
        "cite": ", ".join(filter(None, (edition.title, edition.label, date))),
        "facts": _facts(edition, date, len(signatories)),
        "signatories": signatories,
        "sources": edition.sources,
        "elements": [_element(node, edition) for root in nodes for node in root.walk()],
        "words": _words(),
    }


def _facts(edition: Edition, date: str, signatories: int) -> list[dict[str, str]]:
    facts = {
        _("Edition"): edition.label,
        _("Date"): date or _("date unknown"),
        _("State"): str(edition.get_state_display()),
        _("Signatories"): str(signatories),
        _("Check sum"): edition.content_hash[:16],
    }
    return [{"term": term, "value": value} for term, value in facts.items() if value]


def _element(node: Node, edition: Edition) -> dict[str, Any]:
    version = node.version
    kind = [str(version.get_obligation_display()), str(version.get_type_display())]
    kind += [_("Works without technology")] if version.without_technology else []
    kind += [term.label for term in version.terms.all()]
    return {
        "level": min(node.depth + 1, 6),
        "label": version.label,
        "title": version.title,
        "is_long": sum(len(block["text"]) for block in version.blocks) > LONG,
        "origin": origin(node.since, edition.label),
        "blocks": [shown(block) for block in version.blocks],
        "slots": [{"label": slot["label"], "value": _slot(slot)} for slot in version.parameters],
        "kind": " · ".join(kind),
        "verified": version.verified,
        "note": version.note,
        "sources": version.sources,
    }


def _slot(slot: dict[str, str]) -> str:
    value = slot["value"] or _("each municipality decides for itself")
    return f"{value} {slot['unit']}".strip() if slot["value"] else value


def _words() -> dict[str, str]:
    return {
        "page": _("page"),
        "of": _("of"),
        "facts": _("At a glance"),
        "contents": _("Contents"),
        "signatories": _("Who stands behind this edition"),
        "no_signatories": _("This edition has no list of signatories."),
        "name": _("Name"),
        "role": _("Role"),
        "sources": _("Sources"),
        "unverified": _("Not verified:"),
        "cite": _("Cite as"),
        "demonstration": _("Demonstration."),
        "invented": _("This edition is invented to show how a revision works. Nobody has signed it."),
    }
