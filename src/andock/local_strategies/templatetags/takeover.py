"""What the pages of a take-over need: `{% load takeover %}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from andock.docking import plain
from andock.docking.values import Block

register = template.Library()


@register.filter
def as_stored(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks of the engine as `{% wording %}` takes them."""
    return [plain.plain(block) for block in blocks]
