"""What people need to take part: things to tick and a line of their own, kept as one text for the organiser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import Promise

ACCESS: dict[str, Promise] = {
    "sign": _("Sign language"),
    "subtitles": _("Subtitles or speech in writing"),
    "step_free": _("Step-free access"),
    "loop": _("Induction loop for hearing aids"),
    "assistance": _("I come with an assistant"),
}
CATERING: dict[str, Promise] = {"vegetarian": _("Vegetarian"), "vegan": _("Vegan")}


def as_text(known: Mapping[str, Promise], ticked: Iterable[str], more: str) -> str:
    """What was ticked and written, a line each, in the organiser's language."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = [str(known[name]) for name in known if name in ticked]
    return "\n".join([*lines, more] if more else lines)


def as_ticks(known: Mapping[str, Promise], text: str) -> tuple[list[str], str]:
    """The opposite of ``as_text``: what is ticked, and the line of their own."""
    lines = text.split("\n") if text else []
    with translation.override(settings.LANGUAGE_CODE):
        names = {str(label): name for name, label in known.items()}
    return [names[line] for line in lines if line in names], " ".join(line for line in lines if line not in names)
