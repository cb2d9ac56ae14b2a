"""An edition as tagged PDF (PDF/UA-1), drawn by typst from JSON; kept on disk by the hash of what it shows."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from andock import design
from andock.kernel.text import without_control_characters
from andock.organisations.queries import the_region

from . import queries
from .blocks import shown
from .origin import origin
from .outline import Node, outline

if TYPE_CHECKING:
    from .models import Edition

TEMPLATE = Path(__file__).parent / "typst" / "edition.typ"
FONTS = Path(design.__file__).parent / "fonts"
KEPT = 60
"""How many drawn files stay on disk; the oldest go first."""
LONG = 1500
"""Letters from which a passage may be broken over two pages."""


class DrawingFailed(RuntimeError):
    """typst drew the document but warned; the sentence says what would be wrong in the PDF."""


def edition_pdf(edition: Edition, *, address: str) -> bytes:
    """The edition as PDF; ``address`` is printed in the foot. A public edition is drawn once and then kept."""
    data = json.dumps(_clean(_content(edition, address)), ensure_ascii=False)
    path = _path(data)
    if edition.is_public and path.exists():
        return path.read_bytes()
    drawn = draw(data)
    if edition.is_public:
        _keep(path, drawn)
    return drawn


def drawn_from(template: Path, content: dict[str, Any]) -> bytes:
    """A document of another module: its own template, our typeface, the reader's language."""
    return draw(json.dumps(_clean(_frame() | content), ensure_ascii=False), template)


def draw(data: str, template: Path = TEMPLATE) -> bytes:
    """Let typst draw. Raises ``DrawingFailed`` on a warning and ``typst.TypstError`` on what PDF/UA forbids."""
    drawn, warnings = typst.compile_with_warnings(
        str(template),
        root=str(template.parent),
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
    )
    if warnings:
        raise DrawingFailed("; ".join(warning.message for warning in warnings))
    return bytes(drawn)


def _path(data: str) -> Path:
    """Where a drawn file is kept: named by everything that decides how it looks."""
    key = hashlib.sha256(data.encode() + TEMPLATE.read_bytes()).hexdigest()
    return Path(settings.ANDOCK_DATA) / "cache" / "pdf" / f"{key}.pdf"


def _keep(path: Path, drawn: bytes) -> None:
    """Write so that no other process ever sees half a file, then drop the oldest beyond ``KEPT``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(drawn)
    Path(file.name).replace(path)
    files = sorted(path.parent.glob("*.pdf"), key=lambda found: found.stat().st_mtime, reverse=True)
    for old in files[KEPT:]:
        old.unlink(missing_ok=True)


# --- content --------------------------------------------------------------------------------------------------------
def _content(edition: Edition, address: str) -> dict[str, Any]:
    region = the_region()
    signatories = [{"name": row.name, "role": row.get_role_display()} for row in edition.signatories.all()]
    date = str(edition.date) if edition.date else ""
    nodes = outline(queries.versions_of(edition), queries.first_editions(edition))
    return {
        **_frame(),
        "region": region.organisation.name if region else "Andock",
        "title": edition.title,
        "label": edition.label,
        "date": date,
        "description": f"{edition.title}, {edition.label}",
        "note": edition.note,
        "demonstration": edition.demonstration,
        "address": address,
        "cite": ", ".join(filter(None, (edition.title, edition.label, date))),
        "facts": _facts(edition, date, len(signatories)),
        "signatories": signatories,
        "sources": edition.sources,
        "elements": [_element(node, edition) for root in nodes for node in root.walk()],
        "words": _words(),
    }


def _frame() -> dict[str, Any]:
    return {
        "font": ["Fira Sans"] if any(FONTS.glob("*.ttf")) else ["Libertinus Serif"],
        "lang": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
    }


def _facts(edition: Edition, date: str, signatories: int) -> list[dict[str, str]]:
    facts = {
        _("Edition"): edition.label,
        _("Date"): date or _("date unknown"),
        _("State"): str(edition.get_state_display()),
        _("Signatories"): str(signatories),
        _("Check sum"): edition.content_hash[:16],
    }
    return [{"term": term, "value": value} for term, value in facts.items() if value]


def _element(node: Node, edition: Edition) -> dict[str, Any]:
    version = node.version
    kind = [str(version.get_obligation_display()), str(version.get_type_display())]
    kind += [_("Works without technology")] if version.without_technology else []
    kind += [term.label for term in version.terms.all()]
    return {
        "level": min(node.depth + 1, 6),
        "label": version.label,
        "title": version.title,
        "is_long": sum(len(block["text"]) for block in version.blocks) > LONG,
        "origin": origin(node.since, edition.label),
        "blocks": [shown(block) for block in version.blocks],
        "slots": [{"label": slot["label"], "value": _slot(slot)} for slot in version.parameters],
        "kind": " · ".join(kind),
        "verified": version.verified,
        "note": version.note,
        "sources": version.sources,
    }


def _slot(slot: dict[str, str]) -> str:
    value = slot["value"] or _("each municipality decides for itself")
    return f"{value} {slot['unit']}".strip() if slot["value"] else value


def _words() -> dict[str, str]:
    return {
        "page": _("page"),
        "of": _("of"),
        "facts": _("At a glance"),
        "contents": _("Contents"),
        "signatories": _("Who stands behind this edition"),
        "no_signatories": _("This edition has no list of signatories."),
        "name": _("Name"),
        "role": _("Role"),
        "sources": _("Sources"),
        "unverified": _("Not verified:"),
        "cite": _("Cite as"),
        "demonstration": _("Demonstration."),
        "invented": _("This edition is invented to show how a revision works. Nobody has signed it."),
    }


def _clean(value: Any) -> Any:
    """Everything without control characters, which no PDF reader shows."""
    if isinstance(value, str):
        return without_control_characters(value)
    if isinstance(value, dict):
        return {key: _clean(entry) for key, entry in value.items()}
    return [_clean(entry) for entry in value] if isinstance(value, list) else value
