"""What answers changed, for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from ..changed_text import changed_address

if TYPE_CHECKING:
    from ..models import Response

register = template.Library()


@register.filter
def changed_at(response: Response) -> str:
    """Where everybody reads the passage that was changed."""
    return changed_address(response)
