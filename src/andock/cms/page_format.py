"""The pages of a region folder: YAML in, what Wagtail stores out. Nothing here writes.

See docs/develop/region-format.md. A block is a mapping with one key that names its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .blocks import clean_inline, is_harmless


def body_of(entries: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of a body as stored. Raises ``ValueError`` with a sentence for a block it cannot read."""
    return [_block(entry) for entry in entries]


def _block(entry: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(entry, Mapping) or len(entry) != 1:
        raise ValueError(_("Each block has one key that names its kind, such as “paragraph”."))
    [(name, value)] = entry.items()
    if name not in READERS:
        raise ValueError(
            _("“%(text)s” is unknown; allowed are: %(choices)s.") % {"text": name, "choices": ", ".join(READERS)}
        )
    kind, read = READERS[name]
    return {"type": kind, "value": read(value)}


def _paragraph(value: str) -> str:
    return f"<p>{clean_inline(value.strip())}</p>"


def _list(ordered: bool) -> Callable[[list[str]], dict[str, Any]]:
    def read(value: list[str]) -> dict[str, Any]:
        return {"ordered": ordered, "items": [_paragraph(item) for item in value]}

    return read


def _heading(level: str) -> Callable[[str], dict[str, Any]]:
    def read(value: str) -> dict[str, Any]:
        return {"text": value, "level": level}

    return read


def _call(value: Mapping[str, str]) -> dict[str, Any]:
    if not is_harmless(value["address"]):
        raise ValueError(_("Write an address that begins with / or with https://"))
    return {"text": value["text"], "page": None, "address": value["address"]}


READERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "heading": ("heading", _heading("2")),
    "subheading": ("heading", _heading("3")),
    "paragraph": ("paragraph", _paragraph),
    "list": ("list", _list(ordered=False)),
    "steps": ("list", _list(ordered=True)),
    "table": ("table", dict),
    "quote": ("quote", dict),
    "call": ("call", _call),
}
