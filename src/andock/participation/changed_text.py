"""Which text was changed for what people said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Response


def changed_text(response: Response) -> str:
    """The edition, or the local version once it is in force: of a draft only its own people know."""
    if response.edition:
        return response.edition.label
    version = response.version
    return str(version) if version and version.is_frozen else ""
