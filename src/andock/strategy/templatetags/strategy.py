"""Tags that show wordings and their differences: `{% load strategy %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from andock.design.templatetags.design import icon
from andock.docking import words

from .. import comparison
from ..blocks import shown
from ..origin import origin

if TYPE_CHECKING:
    from ..models import ElementVersion

register = template.Library()
MARKED = {words.ADDED: ("ins", gettext_lazy("[new:")), words.REMOVED: ("del", gettext_lazy("[removed:"))}


@register.inclusion_tag("strategy/_blocks.html")
def wording(blocks: Iterable[Mapping[str, str]], foreign: bool = False) -> dict[str, Any]:
    """Blocks of an element as paragraphs, lists, quotations and tables."""
    return {"blocks": [shown(block) for block in blocks], "foreign": foreign}


@register.simple_tag
def marked(pieces: Iterable[words.Piece]) -> SafeString:
    """Text with added and removed words marked, for eyes and ears."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: words.Piece) -> str:
    if piece.kind not in MARKED:
        return piece.text
    tag, said = MARKED[piece.kind]
    return format_html('<{0}><span class="vh">{1} </span>{2}<span class="vh">]</span></{0}>', tag, said, piece.text)


@register.simple_tag
def permanent(version: ElementVersion) -> SafeString:
    """The sign beside a title: its permanent reference."""
    words = _("Permanent reference to %(label)s %(title)s") % {"label": version.label, "title": version.title}
    address = reverse("strategy:element", args=[version.element_id])
    return format_html('<a class="perma" href="{}">{}<span class="vh">{}</span></a>', address, icon("permalink"), words)


@register.inclusion_tag("strategy/_block_change.html")
def block_change(change: Any, foreign: bool = False) -> dict[str, Any]:
    """One block of a comparison with its words marked."""
    head = change.block.text.split("\n")[0].split("|")
    return {"change": change, "lines": change.lines, "kind": change.block.kind, "head": head, "foreign": foreign}


@register.filter
def level(depth: int, top: int = 2) -> int:
    """The heading level of an outline depth; HTML has six."""
    return min(depth + top, 6)


@register.simple_tag
def topic_chip(term: Any) -> str:
    """A term that leads to everything that carries it."""
    return _topic_chip(term.slug, term.label, get_language())


@lru_cache(maxsize=512)
def _topic_chip(slug: str, label: str, _language: str | None) -> str:
    return render_to_string("strategy/_chip.html", {"slug": slug, "label": label})


register.simple_tag(origin, name="since_edition")


@register.simple_tag
def field_changes(fields: Iterable[Any], labels: Mapping[str, str]) -> list[comparison.FieldRow]:
    """Fields that differ, as people read them; ``labels`` names the terms."""
    return list(comparison.field_rows(fields, labels))
