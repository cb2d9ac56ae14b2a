"""A version of a local strategy as tagged PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.design.drawing import drawn
from andock.strategy.blocks import shown

from .printed import Printed, reading

if TYPE_CHECKING:
    from andock.strategy.outline import Node

    from .models import Version
    from .printed import Unfollowed

VERSION = Path(__file__).parent / "typst" / "version.typ"
LONG = 1500
"""Letters from which a stretch may be broken over two pages."""


def version_pdf(version: Version) -> bytes:
    """A version that is or was in force; drawn once and then kept."""
    return drawn(VERSION, _content(version), keep=True)


def _content(version: Version) -> dict[str, Any]:
    found, organisation = reading(version), version.strategy.organisation
    label = _("Version %d") % version.number
    address = reverse("local_strategies:version", args=[organisation.slug, version.number])
    return {
        "town": organisation.name,
        "title": version.title,
        "label": label,
        "introduction": version.introduction,
        "demonstration": version.demonstration,
        "address": settings.ANDOCK_BASE_URL + address,
        "facts": _facts(version),
        "records": [_record(record) for record in version.records.all()],
        "elements": [_element(node) for node in found.walk],
        "unfollowed": [_unfollowed(row) for row in found.unfollowed],
        "words": _words(),
    }


def _facts(version: Version) -> list[dict[str, str]]:
    facts = {
        _("Version"): str(version.number),
        _("In force since"): _day(version.in_force_on),
        _("In force until"): _day(version.superseded_on),
        _("Follows"): f"{version.edition.title}, {version.edition.label}",
        _("Check sum"): version.content_hash[:16],
    }
    return [{"term": term, "value": value} for term, value in facts.items() if value]


def _record(record: Any) -> dict[str, str]:
    return {
        "body": record.body,
        "day": _day(record.decided_on),
        "outcome": str(record.get_outcome_display()),
        "reference": record.reference,
    }


def _element(node: Node) -> dict[str, Any]:
    one: Printed = node.version
    kind = [one.kind, *([_("Works without technology")] if one.without_technology else [])]
    return {
        "level": min(node.depth + 1, 6),
        "label": one.label,
        "title": one.title,
        "mark": {"kind": one.mark.kind, "text": one.mark.text},
        "stretches": [
            {
                "kind": stretch.mark.kind,
                "text": stretch.mark.text,
                "is_long": sum(len(block["text"]) for block in stretch.blocks) > LONG,
                "blocks": [shown(block) for block in stretch.blocks],
            }
            for stretch in one.stretches
        ],
        "slots": [{"label": slot.label, "value": f"{slot.value} {slot.unit}".strip()} for slot in one.parameters if slot.value],
        "kind": " · ".join([*kind, *(term.label for term in one.topics)]),
        "serves": f"{one.serves.relation}: {one.serves.name}" if one.serves and one.is_own else "",
        "reasons": list(one.reasons),
        "sources": [{"title": source.title, "url": source.url} for source in one.sources],
    }  # fmt: skip


def _unfollowed(row: Unfollowed) -> dict[str, str]:
    until = _("until %s") % _day(row.until) if row.until else ""
    return {"name": row.name, "word": f"{row.word} {until}".strip(), "reason": row.reason}


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _words() -> dict[str, str]:
    return {
        "page": _("page"),
        "of": _("of"),
        "facts": _("At a glance"),
        "contents": _("Contents"),
        "records": _("Who decided"),
        "body": _("Decided by"),
        "day": _("Date"),
        "outcome": _("Outcome"),
        "reference": _("Paper"),
        "unfollowed": _("What is not followed"),
        "passage": _("Passage of the region"),
        "decision": _("Decision"),
        "reason": _("Reason"),
        "sources": _("Sources"),
        "legend": _(
            "The line beside each text says where it comes from: solid from the region, dashed mixed, double local."
        ),
        "demonstration": _("Demonstration."),
        "invented": _("This version is invented to show how a local strategy works. Nobody has decided on it."),
    }
