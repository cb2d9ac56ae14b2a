"""What the editorial office shows: pages, images and documents, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail import hooks

if TYPE_CHECKING:
    from django.http import HttpRequest

MENU = {"explorer", "images", "documents", "reports"}


@hooks.register("construct_main_menu")
def keep_pages_images_documents(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name in MENU]


@hooks.register("register_rich_text_features", order=1000)
def without_embeds(features: Any) -> None:
    """No embedded media: it would ask other hosts, and so would every reader."""
    features.default_features = [name for name in features.default_features if name not in ("embed", "image")]
