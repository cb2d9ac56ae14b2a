"""What the pages of a take-over need: `{% load takeover %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from andock.docking import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andock.docking.values import Block

register = template.Library()


@register.filter
def as_stored(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks of the engine as `{% wording %}` takes them."""
    return [plain.plain(block) for block in blocks]
