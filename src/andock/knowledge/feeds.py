"""New solutions, guides and take-overs as Atom feeds (RFC 4287)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from andock.organisations.feeds import LENGTH, AtomFeed, as_html, noon

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import Guide, Solution, TransferStage


class ListFeed(AtomFeed):
    """The newest of a list. ``names`` are those of the list's address and the feed's."""

    names: ClassVar[tuple[str, str]]

    def link(self) -> str:
        return reverse(self.names[0])

    def feed_url(self) -> str:
        return reverse(self.names[1])

    def item_guid(self, item: Solution | Guide | TransferStage) -> str:
        return f"urn:uuid:{item.pk}"


class SolutionFeed(ListFeed):
    """Published cards, those published last first."""

    names = ("knowledge:solutions", "knowledge:solutions_feed")

    def title(self) -> str:
        return _("Solutions in %s") % self.place

    def items(self) -> Iterable[Solution]:
        return queries.published_solutions().order_by("-published_at", "title", "pk")[:LENGTH]

    def item_title(self, item: Solution) -> str:
        return item.title

    def item_description(self, item: Solution) -> str:
        return as_html(str(item.organisation), item.benefit)

    def item_link(self, item: Solution) -> str:
        return reverse("knowledge:solution", args=[item.slug])

    def item_pubdate(self, item: Solution) -> datetime:
        return item.published_at or item.changed_at

    def item_updateddate(self, item: Solution) -> datetime:
        return item.changed_at


class GuideFeed(ListFeed):
    """Published guides, those published last first."""

    names = ("knowledge:guides", "knowledge:guides_feed")

    def title(self) -> str:
        return _("Guides from %s") % self.place

    def items(self) -> Iterable[Guide]:
        return queries.published_guides().order_by("-published_at", "number", "title", "pk")[:LENGTH]

    def item_title(self, item: Guide) -> str:
        return item.title

    def item_description(self, item: Guide) -> str:
        return as_html(str(item.organisation), item.summary)

    def item_link(self, item: Guide) -> str:
        return reverse("knowledge:guide", args=[item.slug])

    def item_pubdate(self, item: Guide) -> datetime:
        return item.published_at or item.changed_at

    def item_updateddate(self, item: Guide) -> datetime:
        return item.changed_at


class TransferFeed(ListFeed):
    """What was told last of take-overs. An entry's date is the day on which it was told here."""

    names = ("knowledge:transfers", "knowledge:transfers_feed")

    def title(self) -> str:
        return _("Taken over in %s") % self.place

    def items(self) -> Iterable[TransferStage]:
        return queries.told_last()[:LENGTH]

    def item_title(self, item: TransferStage) -> str:
        return f"{item.transfer.receiver}: {item.transfer.solution}"

    def item_description(self, item: TransferStage) -> str:
        sure = _("confirmed by the receiver") if item.is_confirmed else _("reported")
        return as_html(f"{item.get_stage_display()}, {item.date} ({sure})")

    def item_link(self, item: TransferStage) -> str:
        return reverse("knowledge:solution", args=[item.transfer.solution.slug])

    def item_pubdate(self, item: TransferStage) -> datetime:
        return noon(item.recorded_on)

    def item_updateddate(self, item: TransferStage) -> datetime:
        return noon(item.recorded_on)
