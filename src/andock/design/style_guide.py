"""What the style page shows: every component's example, every icon, badge and state, and forms in their states."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .choices import CHANGES, DECISIONS, PROVENANCES, ROLES
from .components import COMPONENTS
from .icons import ICONS
from .tilemap import Tile


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("We only write about this enquiry."))
    district = forms.ChoiceField(
        label=_("District"), choices=[("", "–"), ("soest", "Soest"), ("olpe", "Olpe")], required=False
    )
    way = forms.ChoiceField(
        label=_("How does your municipality dock?"),
        choices=[("letter", _("Letter of intent")), ("council", _("Council resolution"))],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    agreed = forms.BooleanField(label=_("I have read how my data is used."))


def sample_tiles() -> tuple[Tile, ...]:
    """A small map with every role, for the style page and for tests."""
    rows = [
        (0, 0, "Wer", "Werl", "participating", "Kreis Soest"),
        (1, 0, "Soe", "Soest", "pioneer", "Kreis Soest"),
        (2, 0, "BSa", "Bad Sassen\u00addorf", "none", "Kreis Soest"),
        (0, 1, "Arn", "Arnsberg", "pioneer", "Hochsauer\u00adlandkreis"),
        (1, 1, "Mes", "Meschede", "none", "Hochsauer\u00adlandkreis"),
        (1, 2, "Esl", "Eslohe", "supporter", "Hochsauer\u00adlandkreis"),
    ]
    return tuple(Tile(*row[:5], district=row[5], key=f"t{row[2]}", title=row[3]) for row in rows)


def _shown(name: str) -> dict[str, Any]:
    part = COMPONENTS[name]
    return {
        "id": f"part-{name}",
        "purpose": part.purpose,
        "props": list(part.props),
        "example": f"components/{name}.example.html",
    }


def contents(request: HttpRequest) -> dict[str, Any]:
    """Context of the style page; every part has its own anchor."""
    wrong = ExampleForm({"name": "", "email": "olpe@", "message": "Wir möchten andocken."}, auto_id="wrong_%s")
    return {
        "titles": TITLES,
        "page_crumbs": [{"label": _("Home"), "url": "/"}, {"label": _("Style page")}],
        "components": [(name, _shown(name)) for name in sorted(COMPONENTS)],
        "icons": sorted(ICONS),
        "roles": list(ROLES),
        "decisions": list(DECISIONS),
        "changes": list(CHANGES),
        "provenances": list(PROVENANCES),
        "colours": COLOURS,
        "example_form": ExampleForm(auto_id="empty_%s"),
        "wrong_form": wrong,
        "plain_form": ExampleForm(auto_id="plain_%s"),
        "field_form": ExampleForm({"email": "olpe@"}, auto_id="field_%s"),
        "sample_tiles": sample_tiles(),
        "example_page": Paginator(range(60), 20).page(2),
        "example_crumbs": [
            {"label": "Start", "url": "/"},
            {"label": "Kommunen", "url": "/kommunen/"},
            {"label": "Olpe"},
        ],
        "example_facts": [(_("District"), "Olpe"), (_("People"), "24.961"), (_("Area"), "85,88 km²")],
    }


TITLES = {
    "colour": _("Colour"),
    "type": _("Type and actions"),
    "icons": _("Icons"),
    "meaning": _("Meaning: roles, decisions, changes"),
    "map": _("Tile map"),
    "reading": _("Reading the strategy"),
    "forms": _("Forms"),
}

COLOURS = (
    "ground", "surface", "sunken", "ink", "ink-muted", "edge", "joint", "forest", "forest-deep", "sandstone",
    "sandstone-soft", "ore", "ore-soft", "lake", "lake-soft", "heather", "heather-soft", "ochre", "ochre-soft", "danger", "danger-soft",
)  # fmt: skip
