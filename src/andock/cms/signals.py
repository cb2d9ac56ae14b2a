"""Wagtail says what changed; the page cache hears it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from andock.kernel.pagecache.versions import SITE, bump, public_transaction

from .models import NewsPage, SiteImage


def pages_changed(sender: Any, **kwargs: Any) -> None:
    """News and images stand on pages only; every other page may stand in menu, foot or legal line."""
    with public_transaction():
        bump("pages", *(() if sender in (NewsPage, SiteImage) else (SITE,)))


def page_deleted(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        pages_changed(sender)


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(pages_changed, dispatch_uid="andock.cms.pages")
    post_delete.connect(page_deleted, dispatch_uid="andock.cms.deleted")
    for signal in (post_save, post_delete):
        signal.connect(pages_changed, sender=SiteImage, dispatch_uid="andock.cms.images")
