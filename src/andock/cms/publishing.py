"""Tells readers' pages when something editors publish changes: pages, images, documents.

Wagtail has no services of ours to call this from, so its signals do. A draft that is saved changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from andock.kernel.pagecache.versions import SITE, bump, public_transaction

from .documents import renew_page
from .models import NewsPage

PAGES = "pages"
# What Wagtail writes to the row of a page when only a draft of it was saved.
DRAFT_FIELDS = {"latest_revision_created_at", "draft_title", "latest_revision", "has_unpublished_changes"}


def connect() -> None:
    """Listen to everything that ends in a change the public can see."""
    for model in (Page, get_image_model(), get_document_model(), Locale, Site):
        post_delete.connect(_announce, dispatch_uid=f"andock.cms.deleted.{model.__name__}", sender=model)
    for model in (get_image_model(), get_document_model(), Locale, Site):
        post_save.connect(_announce, dispatch_uid=f"andock.cms.saved.{model.__name__}", sender=model)
    post_save.connect(_announce_saved_page, dispatch_uid="andock.cms.page_saved")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_announce, dispatch_uid="andock.cms.page")


def _announce_saved_page(sender: type[Model], instance: Model, update_fields: Any = None, **_signal: Any) -> None:
    """Saved without Wagtail's publishing: by the loader, or a setting such as "show in menus"."""
    if isinstance(instance, Page) and instance.live and not (update_fields and set(update_fields) <= DRAFT_FIELDS):
        _announce(instance=instance)


def _announce(instance: Model, **_signal: Any) -> None:
    """News stand on pages that say so; everything else may stand in the frame of every page."""
    with public_transaction():
        bump(PAGES)
        if not isinstance(instance, NewsPage):
            bump(SITE)
        if isinstance(instance, Page):
            renew_page(instance)
