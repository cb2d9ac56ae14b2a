"""Processes that come from a region's folder. One that is there already stays as the office keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.kernel.pagecache.versions import bump
from andock.search.services import renew

from ..choices import Publication
from ..documents import NAME
from ..models import Phase, Process

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from andock.organisations.models import Term


def load_process(
    *, fields: Mapping[str, Any], terms: Iterable[Term], phases: Iterable[Mapping[str, Any]], published_at: datetime
) -> Process | None:
    """Publish a process with its phases; None where its slug is taken. Runs in the caller's public transaction.

    Raises ``ValidationError`` where something in it does not fit.
    """
    if Process.objects.filter(slug=fields["slug"]).exists():
        return None
    process = Process(publication=Publication.PUBLISHED, published_at=published_at, changed_at=published_at, **fields)
    process.full_clean()
    process.save(force_insert=True)
    process.terms.set(list(terms))
    for values in phases:
        phase = Phase(process=process, **values)
        phase.full_clean()
        phase.save(force_insert=True)
    bump("participation", f"process:{process.slug}")
    renew(NAME, str(process.pk))
    return process
