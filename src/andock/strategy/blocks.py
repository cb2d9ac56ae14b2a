"""Blocks as pages and prints show them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def shown(block: Mapping[str, str]) -> dict[str, Any]:
    """A block with ``items`` for a list, ``head`` and ``rows`` of cells for a table (its first line is the head)."""
    lines = block["text"].split("\n")
    rows = [[cell.strip() for cell in line.split("|")] for line in lines] if block["kind"] == "table" else []
    return {
        "kind": block["kind"],
        "text": block["text"],
        "items": lines if block["kind"] == "list" else [],
        "head": rows[0] if rows else [],
        "rows": rows[1:],
    }
