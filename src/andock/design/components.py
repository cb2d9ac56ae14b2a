"""Components: `{% component "note" kind="info" %}…{% endcomponent %}` renders templates/components/note.html.

Each component declares its properties here. A misspelt component, a property it does not know or a required one that is
missing raises when the template is compiled, in every mode, so no page can ship with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.engine import Engine
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

REQUIRED = object()


@dataclass(frozen=True)
class Component:
    """What a component takes. `props` maps a name to its default or to REQUIRED; the slot is called `content`."""

    purpose: Promise
    props: Mapping[str, Any] = field(default_factory=dict)


COMPONENTS: dict[str, Component] = {
    "bay": Component(
        _("Section with post and beam; heading left, content right."),
        {"title": REQUIRED, "id": "", "text": "", "link": "", "link_url": ""},
    ),
    "box": Component(_("Panel that stands alone."), {"title": "", "id": "", "level": 2}),
    "breadcrumb": Component(_("Where the reader is."), {"items": REQUIRED, "label": ""}),
    "empty": Component(
        _("What will stand here, what to do, one link."), {"text": REQUIRED, "todo": "", "link": "", "link_url": ""}
    ),
    "errors": Component(
        _("Error summary above a form; focus goes there."),
        {"form": REQUIRED, "outcome": "", "id": "errors", "focus": True},
    ),
    "facts": Component(_("Facts as a description list of (term, value)."), {"items": REQUIRED}),
    "field": Component(_("One form field: label, hint, error above the input."), {"field": REQUIRED}),
    "note": Component(_("A remark at the place it concerns."), {"kind": "info", "title": "", "level": 3}),
    "pagination": Component(_("Pages of a list."), {"page": REQUIRED, "label": "", "query": ""}),
    "panel": Component(_("One panel of a row."), {"title": REQUIRED, "link": "", "link_url": "", "level": 3}),
    "panels": Component(_("Panels in a row with joints of 1 px."), {"wide": False}),
    "table": Component(_("Table that scrolls by itself when narrow."), {"caption": REQUIRED, "hidden_caption": False}),
}


class ComponentNode(template.Node):
    def __init__(self, name: str, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name, self.given, self.nodelist = name, given, nodelist

    def render(self, context: Context) -> str:
        values = dict(COMPONENTS[self.name].props)
        values.update({prop: expression.resolve(context) for prop, expression in self.given.items()})
        values["content"] = self.nodelist.render(context)
        return engine_of(context).get_template(f"components/{self.name}.html").render(context.new(values))


def engine_of(context: Context) -> Engine:
    if context.template is None:
        raise RuntimeError("A component is drawn inside a template only.")
    return context.template.engine


def component(parser: Parser, token: Token) -> ComponentNode:
    """Compile `{% component "name" prop=value … %}` and check it against the declaration."""
    bits = token.split_contents()[1:]
    name = bits.pop(0).strip("\"'") if bits else ""
    given = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"component {name!r}: cannot read {' '.join(bits)!r}, expected name=value.")
    check_props(name, given)
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, given, nodelist)


def check_props(name: str, given: Mapping[str, Any]) -> None:
    """Raise TemplateSyntaxError unless `given` fits the declaration of component `name`."""
    if name not in COMPONENTS:
        raise template.TemplateSyntaxError(f"There is no component {name!r}; known: {', '.join(COMPONENTS)}.")
    props = COMPONENTS[name].props
    unknown = sorted(set(given) - set(props))
    missing = sorted(prop for prop, default in props.items() if default is REQUIRED and prop not in given)
    if unknown:
        raise template.TemplateSyntaxError(
            f"Component {name!r} has no property {', '.join(unknown)}; known: {', '.join(props)}."
        )
    if missing:
        raise template.TemplateSyntaxError(f"Component {name!r} needs {', '.join(missing)}.")


_FRIENDLY = {1: _("One more detail, then"), 2: _("Two more details, then"), 3: _("Three more details, then")}


def friendly_count(count: int) -> str:
    """'Two more details, then': the opening of an error box; from four on with the figure."""
    return str(_FRIENDLY[count]) if count in _FRIENDLY else gettext("%(count)s more details, then") % {"count": count}


def checked_count(count: int) -> str:
    """'Please check one entry, then': the same where something that was entered does not fit."""
    return ngettext("Please check one entry, then", "Please check %(count)s entries, then", count) % {"count": count}
