"""Writing guides that come from a region's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.pagecache.versions import bump, public_transaction

from .. import queries
from ..addresses import short_name
from ..choices import Publication
from ..documents import renew_all
from ..guide_sheet import write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ..guide_table import IncomingGuide


@public_transaction()
def load_guides(*, found: Sequence[IncomingGuide], now: datetime) -> int:
    """Publish the guides that are not here yet; those that are stay as they are. Returns how many are new."""
    codes, taken = queries.known_guide_codes(), queries.taken_guide_slugs()
    new = [incoming for incoming in found if incoming.guide.code not in codes]
    for incoming in new:
        guide = incoming.guide
        if not guide.slug or guide.slug in taken:
            guide.slug = short_name(guide.slug or guide.title, taken, "leitfaden")
        taken.add(guide.slug)
        guide.publication, guide.published_at, guide.changed_at = Publication.PUBLISHED, now, now
        guide.save(force_insert=True)
        _hang_on(incoming)
    if new:
        renew_all(*(incoming.guide for incoming in new))
        bump("guides", "solutions")
    return len(new)


def _hang_on(incoming: IncomingGuide) -> None:
    for name, things in incoming.links.items():
        getattr(incoming.guide, name).set(things)
    write_rows(incoming.guide, incoming.steps, incoming.checklist)
