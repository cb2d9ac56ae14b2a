"""Reading the strategy: the edition in force, any edition, one element through all editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from andock.kernel.pagecache.pages import public_page

from .. import queries
from ..outline import outline

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from ..models import Edition

# Signatories and terms stand on these pages with the names organisations have now.
SCOPES = ("strategy", "organisations")


@public_page(scopes=SCOPES)
def current(request: HttpRequest) -> HttpResponse:
    """The edition in force."""
    edition = queries.edition_in_force()
    if edition is None:
        return render(request, "strategy/none.html")
    return render(request, "strategy/edition.html", _reading_context(edition))


@public_page(scopes=SCOPES)
def editions(request: HttpRequest) -> HttpResponse:
    """All editions the public may read."""
    return render(request, "strategy/editions.html", {"editions": queries.public_editions()})


@public_page(scopes=SCOPES)
def edition(request: HttpRequest, ordinal: int) -> HttpResponse:
    """One edition at its permanent address."""
    found = get_object_or_404(queries.public_editions(), ordinal=ordinal)
    return render(request, "strategy/edition.html", _reading_context(found))


@public_page(scopes=SCOPES)
def element(request: HttpRequest, element_id: UUID) -> HttpResponse:
    """One element and every wording it had."""
    wordings = list(queries.wordings_of(element_id))
    if not wordings:
        raise Http404
    return render(request, "strategy/element.html", {"wordings": wordings, "newest": wordings[0]})


def _reading_context(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "outline": outline(queries.versions_of(edition)),
        "next_edition": queries.edition_in_consultation(edition),
        "signatories": edition.signatories.select_related("organisation"),
        "since": queries.first_editions(edition),
    }
