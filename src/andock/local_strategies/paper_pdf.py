"""The paper for the council as tagged PDF: its head upright, the comparison across."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.design.drawing import drawn

from .paper_text import demonstration

if TYPE_CHECKING:
    from .council_paper import Paper

TEMPLATE = Path(__file__).parent / "typst" / "synopsis.typ"


def as_pdf(paper: Paper, *, crest: bytes = b"", keep: bool = False) -> bytes:
    """``crest`` is a PNG. Kept where the paper is public and can't change."""
    return drawn(TEMPLATE, asdict(paper) | {"crest": list(crest), "words": _words(paper)}, keep=keep)


def _words(paper: Paper) -> dict[str, Any]:
    return {
        "page": _("page"),
        "of": _("of"),
        "crest": _("Crest of %s") % paper.town,
        "resolution": _("Draft resolution"),
        "classes": _("Changes by class"),
        "class": _("Class"),
        "number": _("Number"),
        "passages": _("Passages"),
        "no_changes": _("Nothing changes."),
        "comparison": _("Side by side"),
        "signs": _("Signs:"),
        "is_added": _("is new,"),
        "is_removed": _("falls away, each against the version in force."),
        "underlined": _("underlined"),
        "struck": _("struck through"),
        "added": _("[new:"),
        "removed": _("[removed:"),
        "reason": _("Reason"),
        "stated": _("What is not followed"),
        "passage": _("Passage of the region"),
        "decision": _("Decision"),
        "demonstration": demonstration() if paper.demonstration else "",
    }
