"""The table for the council as tagged PDF, across."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from andock.design.drawing import drawn

from .table_words import DEMONSTRATION, HEADS, NO_ANSWER, NOTHING

if TYPE_CHECKING:
    from .table import ResponseTable

TEMPLATE = Path(__file__).parent / "typst" / "table.typ"


def as_pdf(table: ResponseTable) -> bytes:
    return drawn(TEMPLATE, asdict(table) | {"words": _words(table)})


def _words(table: ResponseTable) -> dict[str, Any]:
    return {name: str(words) for name, words in HEADS.items()} | {
        "page": _("page"), "of": _("of"), "site": settings.ANDOCK_BASE_URL, "nothing": str(NOTHING), "no_answer": str(NO_ANSWER),
        "demonstration": str(DEMONSTRATION) if table.is_demonstration else "",
    }  # fmt: skip
