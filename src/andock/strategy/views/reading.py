"""Reading the strategy: the edition in force, any edition, one element through all editions."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from andock.kernel.pagecache.pages import public_page, shared_part

from .. import history, queries
from ..choices import EditionState
from ..comparison import term_labels
from ..outline import anchor, outline

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from ..models import Edition, ElementVersion

# Signatories and terms stand on these pages with the names organisations have now.
SCOPES = ("strategy", "organisations")


@public_page(scopes=SCOPES)
def current(request: HttpRequest) -> HttpResponse:
    """The edition in force."""
    edition = queries.edition_in_force()
    if edition is None:
        return render(request, "strategy/none.html")
    return render(request, "strategy/edition.html", _reading_context(request, edition, in_force=edition))


@public_page(scopes=SCOPES)
def edition(request: HttpRequest, ordinal: int) -> HttpResponse:
    """One edition at its permanent address."""
    found = queries.public_editions().filter(ordinal=ordinal).first()
    if found is None:
        return _not_there(request, ordinal=ordinal)
    in_force = found if found.state == EditionState.IN_FORCE else queries.edition_in_force()
    context = _reading_context(request, found, in_force=in_force) | {"is_permanent": True}
    return render(request, "strategy/edition.html", context)


@public_page(scopes=SCOPES)
def editions(request: HttpRequest) -> HttpResponse:
    """All editions the public may read."""
    found = list(queries.editions_with_counts())
    before = [older.ordinal for older in found[1:]]
    context = {
        "editions": list(zip_longest(found, before)),
        "foreign": is_foreign(),
        "canonical": absolute(reverse("strategy:editions")),
    }
    return render(request, "strategy/editions.html", context)


def passage(request: HttpRequest, ordinal: int, label: str) -> HttpResponse:
    """A citation such as "3. Auflage, 2.3": leads to that passage in that very edition."""
    # PostgreSQL refuses to be asked for a null character.
    found = queries.version_labelled(ordinal, label) if "\0" not in label else None
    if found is None:
        return _not_there(request, ordinal=ordinal)
    return redirect(f"{reverse('strategy:edition', args=[ordinal])}#{anchor(found.element_id)}")


@public_page(scopes=SCOPES)
def element(request: HttpRequest, element_id: UUID) -> HttpResponse:
    """One element: every wording it had, and what became of it."""
    versions = list(queries.wordings_of(element_id))
    if not versions:
        return _not_there(request, versions__element=element_id)
    rows = list(queries.lineage_of(element_id))
    others = queries.newest_versions(end for row in rows for end in (row.source_id, row.target_id) if end)
    valid = next((version for version in versions if version.edition.state == EditionState.IN_FORCE), None)
    shown = valid or versions[0]
    context = {
        "version": shown,
        "valid": valid,
        "wordings": history.wordings(versions),
        "events": history.events(element_id, rows, others),
        "term_labels": term_labels(),
        "foreign": is_foreign(),
        "canonical": absolute(reverse("strategy:element", args=[element_id])),
        "cite_address": cite_address(shown),
    }
    return render(request, "strategy/element.html", context)


def _not_there(request: HttpRequest, **cited: Any) -> HttpResponse:
    """Who follows a citation of a text that went back to draft is told so; else there is no page here."""
    edition = queries.taken_back_editions().filter(**cited).first()
    if edition is None:
        raise Http404
    return render(request, "strategy/taken_back.html", {"edition": edition}, status=HTTPStatus.NOT_FOUND)


def cite_address(version: ElementVersion) -> str:
    """The address that names edition and number; the permanent reference where a passage has no number of its own."""
    if version.label and "/" not in version.label:
        return absolute(reverse("strategy:passage", args=[version.edition.ordinal, version.label]))
    return absolute(reverse("strategy:element", args=[version.element_id]))


def absolute(path: str) -> str:
    """A full address on the site's own host, whatever host was asked."""
    return f"{settings.ANDOCK_BASE_URL}{path}"


def is_foreign() -> bool:
    """Whether the wording is in another language than the page."""
    return (get_language() or "").split("-")[0] != settings.LANGUAGE_CODE.split("-")[0]


@dataclass(frozen=True, slots=True)
class Text:
    """An edition's outline and passages as a page shows them, and how many passages there are."""

    html: SafeString
    count: int


def _text(request: HttpRequest, edition: Edition) -> Text:
    """Long and the same at every address of the edition, so kept for everyone who reads it, signed in or not."""

    def make() -> Text:
        since = queries.first_editions(edition)
        context = {"edition": edition, "outline": outline(queries.versions_of(edition), since), "foreign": is_foreign()}
        return Text(render_to_string("strategy/_text.html", context), len(since))

    return shared_part(request, f"text {edition.pk}", make, scopes=SCOPES)


def _reading_context(request: HttpRequest, edition: Edition, *, in_force: Edition | None) -> dict[str, Any]:
    text = _text(request, edition)
    permanent = reverse("strategy:edition", args=[edition.ordinal])
    before = queries.previous_edition(edition)
    is_in_force = edition.state == EditionState.IN_FORCE
    return {
        "edition": edition,
        "text": text.html,
        "count": text.count,
        "in_force": in_force,
        "next_edition": queries.edition_in_consultation(edition) if is_in_force else None,
        "signatories": edition.signatories.select_related("organisation"),
        "compare_query": f"von={before.ordinal}&bis={edition.ordinal}" if before else "",
        "permanent_address": absolute(permanent),
        "canonical": absolute(reverse("strategy:current") if is_in_force else permanent),
        "foreign": is_foreign(),
    }
