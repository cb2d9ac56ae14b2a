"""New processes, and what people said in one of them, as Atom feeds (RFC 4287)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from andock.organisations.feeds import LENGTH, AtomFeed, as_html

from . import queries
from .addresses import absolute, permanent

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from .models import Contribution, Process

WORDS = 60


class ProcessFeed(AtomFeed):
    """Processes, those published last first."""

    def title(self) -> str:
        return _("Have your say in %s") % self.place

    def link(self) -> str:
        return reverse("participation:list")

    def feed_url(self) -> str:
        return reverse("participation:feed")

    def items(self) -> list[Process]:
        return list(queries.public_processes().order_by("-published_at", "title", "pk")[:LENGTH])

    def item_title(self, item: Process) -> str:
        return item.title

    def item_description(self, item: Process) -> str:
        return as_html(str(item.organisation), item.summary)

    def item_link(self, item: Process) -> str:
        return reverse("participation:process", args=[item.slug])

    def item_guid(self, item: Process) -> str:
        return absolute("participation:process", item.slug)

    def item_pubdate(self, item: Process) -> datetime:
        return item.published_at or item.changed_at

    def item_updateddate(self, item: Process) -> datetime:
        return item.changed_at


class ContributionFeed(AtomFeed):
    """The public contributions of a process, those shown last first, with their beginning. Names stay on the page."""

    def get_object(self, request: HttpRequest, slug: str) -> Process:
        found = queries.process_at(slug)
        if found is None or not found.is_public:
            raise Http404
        return found

    def title(self, obj: Process) -> str:
        return _("Contributions to “%s”") % obj.title

    def link(self, obj: Process) -> str:
        return reverse("participation:process", args=[obj.slug])

    def feed_url(self, obj: Process) -> str:
        return reverse("participation:contributions_feed", args=[obj.slug])

    def items(self, obj: Process) -> list[Contribution]:
        return list(queries.public_contributions(obj).order_by("-published_at", "-pk")[:LENGTH])

    def item_title(self, item: Contribution) -> str:
        return item.title or ": ".join(filter(None, (item.get_kind_display(), item.about)))

    def item_description(self, item: Contribution) -> str:
        return as_html(Truncator(item.text).words(WORDS))

    def item_link(self, item: Contribution) -> str:
        return item.address

    def item_guid(self, item: Contribution) -> str:
        return permanent(item.pk)

    def item_pubdate(self, item: Contribution) -> datetime:
        return item.published_at or item.sent_at

    item_updateddate = item_pubdate
