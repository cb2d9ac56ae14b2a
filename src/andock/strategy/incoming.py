"""What a file from outside must not bring although its format is right. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from andock.docking.values import Edition
from andock.kernel.text import without_control_characters

from .exchange import EditionDocument, InvalidDocument, dump
from .publication import circle

LIMITS = {"label": 20, "title": 200}
"""Longest text of an element's fields, in characters, as the database has them."""
EDITION_LIMITS = {"label": 80, "title": 200, "date": 40}
MAX_DEPTH = 8
MAX_PROBLEMS = 200


def refuse_what_does_not_fit(document: EditionDocument, framework: str) -> None:
    """Raise ``InvalidDocument`` for a foreign framework, texts too long, control characters, too deep nesting."""
    problems = [*_foreign(document, framework), *_too_long(document), *_too_deep(document.edition)]
    problems += [*_loose_ends(document.edition), *_circles(document.edition), *_unprintable("", dump(document))]
    if problems:
        raise InvalidDocument(problems[:MAX_PROBLEMS])


def _foreign(document: EditionDocument, framework: str) -> Iterator[tuple[str, str]]:
    if document.framework != framework:
        yield "framework", _("The file belongs to “%(theirs)s”, this is “%(ours)s”.") % {
            "theirs": document.framework, "ours": framework,
        }  # fmt: skip


def _too_long(document: EditionDocument) -> Iterator[tuple[str, str]]:
    plain = dump(document)
    yield from _longer("", plain, EDITION_LIMITS)
    for index, element in enumerate(plain["elements"]):
        yield from _longer(f"elements[{index}].", element, LIMITS)
    for index, signatory in enumerate(plain["signatories"]):
        yield from _longer(f"signatories[{index}].", signatory, {"name": 200})
    for index, row in enumerate(plain["lineage"]):
        yield from _longer(f"lineage[{index}].", row, {"relation": 20})


def _longer(place: str, values: Mapping[str, Any], limits: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for name, limit in limits.items():
        if len(values[name]) > limit:
            yield f"{place}{name}", _("At most %(limit)d characters, here are %(count)d.") % {
                "limit": limit, "count": len(values[name]),
            }  # fmt: skip


def _too_deep(edition: Edition) -> Iterator[tuple[str, str]]:
    depth: dict[str | None, int] = {None: 0}
    for index, element in enumerate(edition.elements):
        depth[element.id] = depth.get(element.parent, 0) + 1
        if depth[element.id] == MAX_DEPTH + 1:
            yield f"elements[{index}].parent", _("At most %d levels may stand below each other.") % MAX_DEPTH


def _loose_ends(edition: Edition) -> Iterator[tuple[str, str]]:
    for index, row in enumerate(edition.lineage):
        if not row.source and not row.target:
            yield f"lineage[{index}]", _("A row needs a source, a target or both.")
        if row.kind == "withdrawn" and row.target:
            yield f"lineage[{index}].target", _("What was withdrawn has no target.")


def _circles(edition: Edition) -> Iterator[tuple[str, str]]:
    if sentence := circle(edition):
        yield "lineage", sentence


def _unprintable(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and (without_control_characters(value) != value or _is_torn(value)):
        yield place, _("This text holds control characters. Take them out.")
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _unprintable(f"{place}.{key}".lstrip("."), item)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unprintable(f"{place}[{index}]", item)


def _is_torn(text: str) -> bool:
    """Whether it holds half a character, which JSON can write and no database can store."""
    return any("\ud800" <= char <= "\udfff" for char in text)
