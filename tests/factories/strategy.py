"""Editions for tests, small and readable."""

from __future__ import annotations

import uuid
from typing import Any

from andock.docking.values import Block, Edition, Element
from andock.strategy.exchange import EditionDocument, SignatoryEntry


def identity(name: str) -> str:
    """The same identity for the same name, so that tests can speak of "g7"."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def block(name: str, text: str = "Ein Satz.", kind: str = "paragraph") -> Block:
    return Block(identity(name), kind, text)


def element(name: str, *blocks: Block, **fields: Any) -> Element:
    values = {"parent": None, "type": "goal", "label": "1", "title": name} | fields
    return Element(id=identity(name), blocks=blocks or (block(f"{name}-b1"),), **values)


def document(*elements: Element, ordinal: int = 1, state: str = "draft", **fields: Any) -> EditionDocument:
    edition = Edition(
        ordinal, f"{ordinal}. Auflage", "Rahmenstrategie", elements or (element("g7"),), fields.pop("lineage", ())
    )
    values = {"signatories": (SignatoryEntry("Olpe", "pioneer"),)} | fields
    return EditionDocument(framework="rahmenstrategie", edition=edition, state=state, **values)
