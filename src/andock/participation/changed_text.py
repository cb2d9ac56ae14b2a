"""Which text was changed for what people said, and where everybody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from andock.local_strategies.addresses import passage_address

if TYPE_CHECKING:
    from .models import Response


def changed_text(response: Response) -> str:
    """The edition, or the local version once it is in force: of a draft only its own people know."""
    if response.edition:
        return response.edition.label
    version = response.version
    return str(version) if version and version.is_frozen else ""


def changed_address(response: Response) -> str:
    """Where the changed passage stands, without the host; nothing where none was changed, or only a local draft yet."""
    version, passage = response.version, response.passage_id
    if version and passage:
        return passage_address(version, passage) if version.is_frozen else ""
    return reverse("strategy:element", args=[response.element_id]) if response.element_id else ""
