"""Tags that show wordings and their differences: `{% load strategy %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from andock.docking import words

from .. import comparison
from ..blocks import shown
from ..origin import origin

register = template.Library()


@register.inclusion_tag("strategy/_blocks.html")
def wording(blocks: Iterable[Mapping[str, str]], foreign: bool = False) -> dict[str, Any]:
    """Blocks of an element as paragraphs, lists, quotations and tables."""
    return {"blocks": [shown(block) for block in blocks], "foreign": foreign}


@register.inclusion_tag("strategy/_marked.html")
def marked(pieces: Iterable[words.Piece]) -> dict[str, Any]:
    """Text with added and removed words marked, for eyes and ears."""
    return {"pieces": pieces}


@register.inclusion_tag("strategy/_block_change.html")
def block_change(change: Any, foreign: bool = False) -> dict[str, Any]:
    """One block of a comparison with its words marked."""
    head = change.block.text.split("\n")[0].split("|")
    return {"change": change, "lines": change.lines, "kind": change.block.kind, "head": head, "foreign": foreign}


@register.filter
def level(depth: int, top: int = 2) -> int:
    """The heading level of an outline depth; HTML has six."""
    return min(depth + top, 6)


register.simple_tag(origin, name="since_edition")


@register.simple_tag
def field_changes(fields: Iterable[Any], labels: Mapping[str, str]) -> list[comparison.FieldRow]:
    """Fields that differ, as people read them; ``labels`` names the terms."""
    return list(comparison.field_rows(fields, labels))
