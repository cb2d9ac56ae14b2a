"""What an edition consists of, as plain frozen values.

The identities (``Element.id``, ``Block.id``) are permanent: they never derive from position or text,
so that a sentence can be followed through renumbering, moving and rewriting.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list, quotation or table.

    ``text`` is plain text. A list has one item per line; a table one row per line, cells divided by ``|``,
    the first line being its head.
    """

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A slot for a local value, such as the responsible office or the target year."""

    key: str
    label: str
    type: str
    unit: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One element as it reads in one edition. ``label`` ("2.3") is display only."""

    id: str
    parent: str | None
    type: str
    label: str
    title: str
    obligation: str = "recommended"
    terms: tuple[str, ...] = ()
    without_technology: bool = False
    parameters: tuple[Parameter, ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of an element between two editions; only what is not plain continuation.

    ``withdrawn`` has no target, ``reinstated`` no source. A split is several rows with one source,
    a join several rows with one target. ``relation`` uses the words of OSCAL control mapping.
    """

    kind: str
    source: str | None
    target: str | None
    relation: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The elements of one edition in reading order, parents before children."""

    ordinal: int
    label: str
    title: str
    elements: tuple[Element, ...] = ()
    lineage: tuple[Lineage, ...] = ()
