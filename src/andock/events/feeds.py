"""New events as an Atom feed (RFC 4287)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.organisations.feeds import LENGTH, AtomFeed, as_html

from . import queries
from .dating import when
from .lines import place_of

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Event


class EventFeed(AtomFeed):
    """Events that come, those published last first. The dates of entries are those of publication and change."""

    def title(self) -> str:
        return _("Events in %s") % self.place

    def link(self) -> str:
        return reverse("events:list")

    def feed_url(self) -> str:
        return reverse("events:feed")

    def items(self) -> list[Event]:
        coming = queries.coming(queries.public_events(), timezone.localdate())
        return list(coming.order_by("-published_at", "first_day", "pk")[:LENGTH])

    def item_title(self, item: Event) -> str:
        return item.title

    def item_description(self, item: Event) -> str:
        return as_html(_where_and_when(item), item.summary)

    def item_link(self, item: Event) -> str:
        return reverse("events:event", args=[item.slug])

    def item_guid(self, item: Event) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: Event) -> datetime:
        return item.published_at or item.changed_at

    def item_updateddate(self, item: Event) -> datetime:
        return item.changed_at


def _where_and_when(event: Event) -> str:
    return ", ".join(part for part in (str(when(event)), place_of(event)) if part)
