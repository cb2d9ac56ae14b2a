"""What ``andock doctor`` says about the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.findings import Finding

from . import queries
from .choices import LegalKind

if TYPE_CHECKING:
    from collections.abc import Iterator


def legal_pages() -> Iterator[Finding]:
    """Each page the operator owes its readers: published and filled in."""
    found = queries.legal_pages()
    for kind in LegalKind:
        page = found.get(kind)
        mend = "Publish it below /redaktion/ and replace everything in [[double brackets]]."
        yield Finding(f"Legal page: {kind.label}", page is not None and not page.has_placeholder, mend)
