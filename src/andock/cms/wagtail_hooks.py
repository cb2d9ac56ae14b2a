"""What the editorial office shows: pages, images and documents, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from andock.kernel.text import UMLAUTS

if TYPE_CHECKING:
    from django.http import HttpRequest

# The editor's browser proposes the address from the title; German umlauts are written out as everywhere in the house.
WRITTEN_OUT = [(chr(letter), text) for letter, text in UMLAUTS.items()]
register_form_field_override(models.SlugField, override={"widget": SlugInput(formatters=WRITTEN_OUT)})

MENU = {"explorer", "images", "documents", "reports"}


@hooks.register("construct_main_menu")
def keep_pages_images_documents(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name in MENU]


@hooks.register("register_rich_text_features", order=1000)
def without_embeds(features: Any) -> None:
    """No embedded media: it would ask other hosts, and so would every reader."""
    features.default_features = [name for name in features.default_features if name not in ("embed", "image")]


@hooks.register("insert_global_admin_css")
def banner_of_the_demonstration() -> str:
    """Wagtail's frame does not load the site's style sheet, so the banner above it brings its own."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/office.css")) if settings.ANDOCK_DEMO else ""
