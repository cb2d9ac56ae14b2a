"""What all Atom feeds of the site share (RFC 4287)."""

from __future__ import annotations

from datetime import date, datetime, time

from django.contrib.syndication.views import Feed
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from .queries import the_region

LENGTH = 30
"""The newest so many entries."""


class AtomFeed(Feed):
    """A feed of the region."""

    feed_type = Atom1Feed

    @property
    def place(self) -> str:
        """What stands behind "News from …"."""
        region = the_region()
        return region.organisation.name if region else "Andock"


def as_html(*lines: str) -> str:
    """Plain lines as HTML, which is what Atom's summary holds here."""
    return linebreaksbr("\n".join(line for line in lines if line), autoescape=True)


def noon(day: date) -> datetime:
    """Noon here is the same day everywhere in Europe."""
    return timezone.make_aware(datetime.combine(day, time(12)))
