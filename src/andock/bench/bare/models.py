"""A page as a Wagtail project begins with: a title and a body of blocks."""

from __future__ import annotations

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, Site

HEADING = "What the council decided"
SENTENCE = "The council takes note of the report and asks the office to present the next one in spring. "
PARAGRAPH = f"<p>{SENTENCE * 4}</p><p><b>{SENTENCE}</b></p>"
SECTIONS = 6


class BarePage(Page):
    """Rendered by Wagtail alone: ``bare/bare_page.html``, which extends a base template."""

    body = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("text", blocks.RichTextBlock()),
            ("list", blocks.ListBlock(blocks.CharBlock())),
        ]
    )


def make_bare_page() -> BarePage:
    """The site's root page: six sections with heading, paragraphs and a list, about 600 words."""
    section = [("heading", HEADING), ("text", PARAGRAPH), ("list", [SENTENCE] * 3)]
    page = BarePage(title="Bare", slug="bare", body=section * SECTIONS)
    Page.get_first_root_node().add_child(instance=page)
    Site.objects.update(root_page=page)
    return page
