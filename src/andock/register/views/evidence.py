"""The evidence of a declaration: private until the organisation releases it, never shown inside the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .. import queries, rules

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..models import Declaration


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def released(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """The evidence beside an entry of the register, for everybody."""
    found = queries.released_declaration(declaration_id)
    if found is None:
        raise Http404
    return _file(found)


@require_safe
@cache_control(private=True, no_store=True)
def private(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """The evidence for those who wrote it and who confirm it."""
    found = get_object_or_404(queries.declarations().exclude(evidence=""), pk=declaration_id)
    rules.may_see_evidence(request.user, found).demand()
    return _file(found)


def _file(declaration: Declaration) -> HttpResponse:
    """Always as a download with a policy of its own: nothing in it may act as a page of this site."""
    try:
        with declaration.evidence.open("rb") as file:
            content = file.read()
    except OSError as error:
        raise Http404 from error
    name = f"nachweis-{declaration.organisation.slug}-{declaration.day.isoformat()}.pdf"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
