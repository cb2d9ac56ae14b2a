"""System checks for going public: ``andock check --deploy`` is red while a legal page is missing or unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from .choices import LegalKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .models import LegalPage


@register("cms", deploy=True)
def check_legal_pages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every operator owes four pages; each must be published and filled in."""
    from . import queries

    try:
        found = queries.legal_pages()
    except DatabaseError:
        return [
            Error("The legal pages cannot be read.", hint="Prepare the database first: andock migrate", id="cms.E003")
        ]
    return list(_problems(found))


def _problems(found: dict[str, LegalPage]) -> Iterator[Error]:
    for kind in LegalKind:
        page = found.get(kind)
        if page is None:
            hint = "Publish a legal page of this kind below /redaktion/."
            yield Error(f"The legal page “{kind.label}” is missing.", hint=hint, id="cms.E001")
        elif page.has_placeholder:
            hint = "Replace everything in [[double brackets]] below /redaktion/ and publish."
            yield Error(f"The legal page “{page.title}” is not filled in.", hint=hint, id="cms.E002")
