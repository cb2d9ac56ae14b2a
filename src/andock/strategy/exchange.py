"""The exchange format ``andock-edition/1``: an edition as JSON, in and out.

``document`` and ``parse`` are each other's inverse: what comes out goes in unchanged, identities included.
The format is described in docs/develop/region-format.md.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from andock.docking.values import Block, Edition, Element, Lineage, Parameter, Source
from andock.kernel.dates import parse_date

from .choices import (
    BlockKind,
    DockingRole,
    EditionKind,
    EditionState,
    ElementType,
    LineageKind,
    Obligation,
    ParameterType,
)

FORMAT = "andock-edition/1"
MAX_ORDINAL = 9_999


@dataclass(frozen=True, slots=True)
class SignatoryEntry:
    """Who stands behind an edition; ``organisation`` is its slug or official key."""

    name: str
    role: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class EditionDocument:
    """An edition with everything that is exchanged about it."""

    framework: str
    edition: Edition
    kind: str = EditionKind.MAJOR
    state: str = EditionState.DRAFT
    date: str = ""
    note: str = ""
    demonstration: bool = False
    sources: tuple[Source, ...] = ()
    signatories: tuple[SignatoryEntry, ...] = ()


@dataclass(slots=True)
class InvalidDocument(Exception):
    """What is wrong with a document: pairs of place (``elements[3].parent``) and reason."""

    problems: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(f"{place}: {reason}" for place, reason in self.problems)


def content_hash(document: EditionDocument) -> str:
    """SHA-256 of the canonical JSON of everything a reader can see; the state is no part of it."""
    content = {key: value for key, value in dump(document).items() if key != "state"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def dump(document: EditionDocument) -> dict[str, Any]:
    """The document as plain JSON values, keys in the order people read."""
    edition = document.edition
    return {
        "format": FORMAT,
        "framework": document.framework,
        "ordinal": edition.ordinal,
        "label": edition.label,
        "title": edition.title,
        "kind": document.kind,
        "state": document.state,
        "date": document.date,
        "note": document.note,
        "demonstration": document.demonstration,
        "sources": _plain(document.sources),
        "signatories": _plain(document.signatories),
        "elements": _plain(edition.elements),
        "lineage": _plain(edition.lineage),
    }


def _plain(value: Any) -> Any:
    """Frozen values as JSON has them: objects and lists. ``asdict`` would copy every text once more."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if names := getattr(value, "__dataclass_fields__", None):
        return {name: _plain(getattr(value, name)) for name in names}
    return value


def parse(data: Any) -> EditionDocument:
    """Read a document. Raises ``InvalidDocument`` with every problem found."""
    reader = _Reader()
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InvalidDocument([("format", _("The file must begin with “format”: “%s”.") % FORMAT)])
    document = EditionDocument(
        framework=reader.text(data, "framework", "", required=True),
        edition=_edition(reader, data),
        kind=reader.choice(data, "kind", "", EditionKind),
        state=reader.choice(data, "state", "", EditionState),
        date=reader.date(data, "date", ""),
        note=reader.text(data, "note", ""),
        demonstration=reader.flag(data, "demonstration", ""),
        sources=reader.each(data, "sources", "", _source),
        signatories=reader.each(data, "signatories", "", _signatory),
    )
    reader.problems += _identity_problems(document.edition)
    if reader.problems:
        raise InvalidDocument(reader.problems)
    return document


class _Reader:
    """Takes typed values out of parsed JSON and remembers what was wrong where."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def refuse(self, place: str, name: str, reason: str) -> None:
        self.problems.append((f"{place}{name}", reason))

    def text(self, data: dict[str, Any], name: str, place: str, *, required: bool = False, default: str = "") -> str:
        value = data.get(name)
        if value is None or value == "":
            if required:
                self.refuse(place, name, _("This must not be empty."))
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.refuse(place, name, _("This must be text."))
            return default
        return str(value)

    def flag(self, data: dict[str, Any], name: str, place: str, *, default: bool = False) -> bool:
        value = data.get(name, default)
        if not isinstance(value, bool):
            self.refuse(place, name, _("This must be true or false."))
            return default
        return value

    def number(self, data: dict[str, Any], name: str, place: str) -> int:
        value = data.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MAX_ORDINAL:
            self.refuse(place, name, _("This must be a whole number above zero."))
            return 0
        return value

    def choice(self, data: dict[str, Any], name: str, place: str, choices: Any) -> str:
        value = self.text(data, name, place) or choices.values[0]
        if value not in choices.values:
            self.refuse(
                place,
                name,
                _("“%(value)s” is unknown; allowed are: %(choices)s.")
                % {"value": value, "choices": ", ".join(choices.values)},
            )
        return value

    def date(self, data: dict[str, Any], name: str, place: str) -> str:
        value = self.text(data, name, place)
        try:
            if value:
                parse_date(value)
        except ValueError as error:
            self.refuse(place, name, str(error))
        return value

    def identity(self, data: dict[str, Any], name: str, place: str, *, required: bool = True) -> str | None:
        value = self.text(data, name, place, required=required)
        if not value:
            return None
        try:
            return str(uuid.UUID(value))
        except ValueError:
            self.refuse(place, name, _("This must be a UUID."))
            return None

    def each(
        self, data: dict[str, Any], name: str, place: str, read: Callable[[_Reader, dict[str, Any], str], Any]
    ) -> tuple[Any, ...]:
        values = data.get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.refuse(place, name, _("This must be a list of entries."))
            return ()
        return tuple(read(self, value, f"{place}{name}[{index}].") for index, value in enumerate(values))


def _edition(reader: _Reader, data: dict[str, Any]) -> Edition:
    return Edition(
        ordinal=reader.number(data, "ordinal", ""),
        label=reader.text(data, "label", "", required=True),
        title=reader.text(data, "title", "", required=True),
        elements=reader.each(data, "elements", "", _element),
        lineage=reader.each(data, "lineage", "", _lineage),
    )


def _element(reader: _Reader, data: dict[str, Any], place: str) -> Element:
    unknown = sorted(set(data) - {spec.name for spec in fields(Element)})
    if unknown:
        reader.refuse(place, unknown[0], _("This field is unknown."))
    return Element(
        id=reader.identity(data, "id", place) or "",
        parent=reader.identity(data, "parent", place, required=False),
        type=reader.choice(data, "type", place, ElementType),
        label=reader.text(data, "label", place),
        title=reader.text(data, "title", place, required=True),
        obligation=reader.choice({"obligation": Obligation.RECOMMENDED} | data, "obligation", place, Obligation),
        terms=_terms(reader, data, place),
        without_technology=reader.flag(data, "without_technology", place),
        parameters=reader.each(data, "parameters", place, _parameter),
        blocks=reader.each(data, "blocks", place, _block),
        sources=reader.each(data, "sources", place, _source),
        verified=reader.flag(data, "verified", place, default=True),
        note=reader.text(data, "note", place),
    )


def _terms(reader: _Reader, data: dict[str, Any], place: str) -> tuple[str, ...]:
    terms = data.get("terms") or []
    if not isinstance(terms, list) or not all(isinstance(term, str) and term.count("/") == 1 for term in terms):
        reader.refuse(place, "terms", _("This must be a list such as [topics/klima]."))
        return ()
    return tuple(sorted(set(terms)))


def _block(reader: _Reader, data: dict[str, Any], place: str) -> Block:
    return Block(
        id=reader.identity(data, "id", place) or "",
        kind=reader.choice(data, "kind", place, BlockKind),
        text=reader.text(data, "text", place).strip("\n"),
    )


def _parameter(reader: _Reader, data: dict[str, Any], place: str) -> Parameter:
    return Parameter(
        key=reader.text(data, "key", place, required=True),
        label=reader.text(data, "label", place, required=True),
        type=reader.choice(data, "type", place, ParameterType),
        unit=reader.text(data, "unit", place),
        value=reader.text(data, "value", place),
    )


def _source(reader: _Reader, data: dict[str, Any], place: str) -> Source:
    url = reader.text(data, "url", place)
    if url and not url.startswith(("https://", "http://")):
        reader.refuse(place, "url", _("An address must begin with https:// or http://."))
    return Source(title=reader.text(data, "title", place) or url, url=url)


def _signatory(reader: _Reader, data: dict[str, Any], place: str) -> SignatoryEntry:
    return SignatoryEntry(
        name=reader.text(data, "name", place, required=True),
        role=reader.choice(data, "role", place, DockingRole),
        organisation=reader.text(data, "organisation", place),
    )


def _lineage(reader: _Reader, data: dict[str, Any], place: str) -> Lineage:
    return Lineage(
        kind=reader.choice(data, "kind", place, LineageKind),
        source=reader.identity(data, "source", place, required=False),
        target=reader.identity(data, "target", place, required=False),
        relation=reader.text(data, "relation", place),
        reason=reader.text(data, "reason", place),
    )


def _identity_problems(edition: Edition) -> Iterator[tuple[str, str]]:
    """Identities that occur twice, and parents that do not stand before their children."""
    seen: set[str] = set()
    blocks: set[str] = set()
    for index, element in enumerate(edition.elements):
        if element.id in seen:
            yield f"elements[{index}].id", _("This identity occurs twice.")
        if element.parent and element.parent not in seen:
            yield f"elements[{index}].parent", _("The parent must stand before its children.")
        seen.add(element.id)
        for number, block in enumerate(element.blocks):
            if block.id in blocks:
                yield f"elements[{index}].blocks[{number}].id", _("This identity occurs twice.")
            blocks.add(block.id)
