"""The only place that declares text safe: what is declared here never holds anything a person entered, or escaped only."""

from typing import Any

from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from .tilesheet import sheet


def tile_sheet() -> SafeString:
    """The tile map's style, our own constant text, unescaped so that its hash fits."""
    return mark_safe(sheet())  # noqa: S308


def linked_data_script(content: Any) -> SafeString:
    """JSON-LD for search engines: data that no browser runs. Django escapes what could end the element."""
    return mark_safe(json_script(content).replace("application/json", "application/ld+json", 1))  # noqa: S308
