"""What the templates of the strategy's editor need: `{% load editing %}`."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a mapping under a key that is itself a variable."""
    return values[key]
