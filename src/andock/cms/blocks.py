"""The blocks a page is made of. One paragraph, one list, one image is one block, so each can be moved by itself."""

from __future__ import annotations

from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
INLINE_TAGS = {"p", "b", "strong", "i", "em", "br", "a"}
INLINE_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
SCHEMES = {"https", "http", "mailto", "tel"}


def clean_inline(html: str) -> str:
    """Keep bold, italic and links with a harmless address; drop everything else."""
    cleaned = nh3.clean(html, tags=INLINE_TAGS, attributes=INLINE_ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    # Wagtail's editor opens only text whose line breaks are closed. In cleaned text this can be nothing but a tag.
    return cleaned.replace("<br>", "<br/>")


class InlineTextBlock(blocks.RichTextBlock):
    """Rich text of one paragraph. What an editor's browser sends is cleaned here, not believed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": INLINE_FEATURES} | options)

    def clean(self, value: RichText) -> RichText:
        cleaned = super().clean(value)
        return RichText(clean_inline(cleaned.source))


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms/blocks/heading.html"


class ImageBlock(blocks.StructBlock):
    """An image with the text that replaces it; taken from the image where left empty."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text here"),
        required=False,
        max_length=255,
        help_text=_("Only where the image means something else here than its own description says."),
    )
    caption = blocks.CharBlock(label=_("Caption and author"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=1000)
    source = blocks.CharBlock(label=_("Who said it"), max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quote.html"


class ListBlock(blocks.StructBlock):
    ordered = blocks.BooleanBlock(label=_("Numbered"), required=False)
    items = blocks.ListBlock(InlineTextBlock(label=_("Entry")), label=_("Entries"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "cms/blocks/list.html"


class TableValue(blocks.StructValue):
    """The table's cells; the first line is the head."""

    @property
    def head(self) -> list[str]:
        return self.lines()[0]

    @property
    def rows(self) -> list[list[str]]:
        return self.lines()[1:]

    def lines(self) -> list[list[str]]:
        return [[cell.strip() for cell in line.split("|")] for line in self["cells"].strip().splitlines()] or [[]]


class TableBlock(blocks.StructBlock):
    """A table written as lines with bars between the cells, the way the strategy's tables are exchanged."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    cells = blocks.TextBlock(
        label=_("Cells"), help_text=_("One line for each row, | between the cells. The first line is the head.")
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms/blocks/table.html"
        value_class = TableValue

    def clean(self, value: TableValue) -> TableValue:
        cleaned = super().clean(value)
        widths = {len(line) for line in cleaned.lines()}
        if not cleaned.rows or len(widths) > 1:
            reason = ValidationError(
                _("A table has a head and at least one more line, all with the same number of cells.")
            )
            raise blocks.StructBlockValidationError({"cells": reason})
        return cleaned


class CallBlock(blocks.StructBlock):
    """A call to action: one link that stands out, to a page of this site or elsewhere."""

    text = blocks.CharBlock(label=_("Words on the button"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    address = blocks.CharBlock(
        label=_("or address"),
        required=False,
        max_length=500,
        help_text=_("Begins with / for this site or with https://"),
    )

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "cms/blocks/call.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        address = cleaned["address"]
        if bool(cleaned["page"]) == bool(address):
            raise blocks.StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or write an address, one of both."))}
            )
        if address and not is_harmless(address):
            reason = ValidationError(_("Write an address that begins with / or with https://"))
            raise blocks.StructBlockValidationError({"address": reason})
        return cleaned


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(label=_("Words of the link"), max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "cms/blocks/document.html"


def is_harmless(address: str) -> bool:
    """Whether an address may be linked: a path of this site or https."""
    return address.startswith("https://") or (address.startswith("/") and not address.startswith(("//", "/\\")))


BODY = [
    ("heading", HeadingBlock()),
    ("paragraph", InlineTextBlock(label=_("Paragraph"), icon="pilcrow", template="cms/blocks/paragraph.html")),
    ("image", ImageBlock()),
    ("quote", QuoteBlock()),
    ("list", ListBlock()),
    ("table", TableBlock()),
    ("call", CallBlock()),
    ("document", DocumentBlock()),
]
