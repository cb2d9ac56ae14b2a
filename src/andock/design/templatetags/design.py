"""Tags of the design layer: `{% load design %}`."""

from datetime import date
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from andock.design import choices, components
from andock.design.icons import ICONS
from andock.design.tilemap import Tile, TileMap
from andock.kernel import modules

register = template.Library()


def _mark(table: dict[str, choices.Mark], name: str, what: str) -> choices.Mark:
    try:
        return table[name]
    except KeyError:
        raise template.TemplateSyntaxError(f"There is no {what} {name!r}; known: {', '.join(table)}.") from None


@register.simple_tag
@cache
def icon(name: str, css: str = "ico") -> SafeString:
    """An icon of our own set, hidden from screen readers: put a word beside it."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"There is no icon {name!r}; known: {', '.join(ICONS)}.")
    shapes = format_html_join("", '<path class="s-{}" d="{}"/>', ICONS[name])
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', css, shapes)


@register.simple_tag
def role_badge(role: str, word: str = "", hidden_word: bool = False, is_open: bool = False) -> str:
    """The shape of a role with its word; `hidden_word` keeps the word for screen readers only (lists with a legend).

    `is_open` draws it hatched: a role that is possible only.
    """
    if role not in choices.ROLES:
        raise template.TemplateSyntaxError(f"There is no role {role!r}; known: {', '.join(choices.ROLES)}.")
    return _role_badge(role, str(word or choices.ROLES[role]), hidden_word, is_open)


@lru_cache(maxsize=128)
def _role_badge(role: str, word: str, hidden_word: bool, is_open: bool) -> str:
    context = {"role": role, "word": word, "hidden_word": hidden_word, "is_open": is_open}
    return render_to_string("design/role_badge.html", context)


@register.simple_tag
def decision(state: str, count: int | None = None) -> str:
    """A decision on an element: undecided, adopted, adapted, declined, deferred; with a count when given."""
    return _decision(state, str(_mark(choices.DECISIONS, state, "decision").word), count)


@lru_cache(maxsize=128)
def _decision(state: str, word: str, count: int | None) -> str:
    context = {"mark": choices.DECISIONS[state], "word": word, "count": count}
    return render_to_string("design/decision.html", context)


@register.simple_tag
def change(kind: str, word: str = "") -> str:
    """The badge of a change between editions, or of a conflict."""
    return _change(kind, str(word or _mark(choices.CHANGES, kind, "change").word))


@lru_cache(maxsize=128)
def _change(kind: str, word: str) -> str:
    return render_to_string("design/change.html", {"mark": _mark(choices.CHANGES, kind, "change"), "word": word})


@register.simple_tag
def provenance(kind: str, text: str = "") -> str:
    """The line above a passage that says where its wording comes from."""
    return _provenance(kind, str(text or _mark(choices.PROVENANCES, kind, "provenance").word))


@lru_cache(maxsize=128)
def _provenance(kind: str, text: str) -> str:
    return render_to_string(
        "design/provenance.html", {"mark": _mark(choices.PROVENANCES, kind, "provenance"), "text": text}
    )


@register.inclusion_tag("design/inserted.html")
def added(text: str) -> dict[str, str]:
    """Words that are new, for eyes and for screen readers."""
    return {"text": text}


@register.inclusion_tag("design/deleted.html")
def removed(text: str) -> dict[str, str]:
    """Words that fall away, for eyes and for screen readers."""
    return {"text": text}


@register.inclusion_tag("design/tile_map.html")
def tile_map(
    tiles: Any, here: str = "", list_url: str = "", small: bool = False, day: date | None = None
) -> dict[str, Any]:
    """The schematic map of the region; an equal list must stand on the same page, `list_url` leads to it.

    `tiles` is a TileMap or a sequence of Tile; `here` is the code of the municipality to mark,
    `day` the day the map shows when it is not today.
    """
    drawn = tiles if isinstance(tiles, TileMap) else TileMap.of(_as_tiles(tiles))
    context = {"map": drawn, "map_language": get_language(), "here": here, "list_url": list_url, "small": small}
    return context | {"day": day}


def _as_tiles(tiles: Any) -> tuple[Tile, ...]:
    return tuple(tile if isinstance(tile, Tile) else Tile(**tile) for tile in tiles)


@register.filter
def counted_errors(form: Any) -> str:
    """'Two more details, then …': a friendly count for the box above a form; what is there but wrong is to be checked."""
    found = [error for errors in form.errors.as_data().values() for error in errors]
    if all(error.code == "required" for error in found):
        return components.friendly_count(len(found))
    return components.checked_count(len(found))


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, thing: Any = None) -> SafeString:
    """What higher modules offer for a place of this page; they announce it in their manifest."""
    offered = (offer(context.get("request"), thing) for offer in modules.panels(place))
    return format_html_join("", "{}", ((panel,) for panel in offered if panel))


register.tag("component", components.component)
