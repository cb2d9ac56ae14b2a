"""The format ``andock-local-strategy/1``: a version as JSON, out only. Described in docs/develop/local-strategy-format.md."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from andock.docking import plain

from .queries import resolved_version

if TYPE_CHECKING:
    from andock.docking.resolve import Resolved

    from .models import DecisionRecord, ElementDecision, Version

FORMAT = "andock-local-strategy/1"


def dump(version: Version) -> dict[str, Any]:
    """The version as plain JSON values, keys in the order people read. Reasons only where they were released."""
    organisation, edition = version.strategy.organisation, version.edition
    rows = list(version.decisions.order_by("position"))
    text = plain.plain(released(resolved_version(version), rows))
    address = reverse("local_strategies:version", args=[organisation.slug, version.number])
    return {
        "format": FORMAT,
        "address": settings.ANDOCK_BASE_URL + address,
        "organisation": {"slug": organisation.slug, "name": organisation.name, "key": organisation.key},
        "framework": version.strategy.framework.slug,
        "edition": {"ordinal": edition.ordinal, "label": edition.label, "hash": edition.content_hash},
        "number": version.number,
        "title": version.title,
        "introduction": version.introduction,
        "state": version.state,
        "in_force_on": _day(version.in_force_on),
        "superseded_on": _day(version.superseded_on),
        "demonstration": version.demonstration,
        "decided": [_record(record) for record in version.records.all()],
        "decisions": [_decision(row) for row in rows],
        "text": text,
        "text_hash": plain.digest(text),
        "hash": version.content_hash,
    }


def released(resolved: Resolved, rows: list[ElementDecision]) -> Resolved:
    """The text without the reasons that nobody has released."""
    public = {str(row.element_id) for row in rows if row.reason_public}
    return replace(
        resolved,
        passages=tuple(
            passage if passage.element.id in public else replace(passage, reasons=()) for passage in resolved.passages
        ),
    )


def _decision(row: ElementDecision) -> dict[str, Any]:
    return {
        "element": str(row.element_id),
        "label": row.base["label"],
        "title": row.base["title"],
        "state": row.shown,
        "until": _day(row.until),
        "reason": row.reason if row.reason_public else "",
        "changed_fields": row.drift,
        "fields": row.fields,
    }


def _record(record: DecisionRecord) -> dict[str, Any]:
    return {
        "body": record.body,
        "decided_on": _day(record.decided_on),
        "outcome": record.outcome,
        "weight": record.weight,
        "reference": record.reference,
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
