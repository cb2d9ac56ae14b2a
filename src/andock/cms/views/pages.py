"""Pages the editors wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from .. import queries, tree
from ..models.pages import PAGE_SIZE

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from ..models import NewsIndexPage


@require_safe
def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page at its address. A page without translation shows its German text, with a notice."""
    language = get_language() or settings.LANGUAGE_CODE
    page = queries.page_at(path, language)
    if page is None:
        raise Http404
    if page.locale.language_code != language and (own := queries.translations_of(page).get(language)):
        return redirect(tree.address(own, language))
    request.cms_page = page.specific
    request.cms_page.locale = page.locale
    # Wagtail asks the site, its root and every part of the path; the page is already found.
    request._wagtail_route_for_request = RouteResult(request.cms_page)
    return serve(request, path)


def news_index(request: HttpRequest, page: NewsIndexPage) -> HttpResponseBase:
    """The news, a page at a time."""
    found = Paginator(queries.news(), PAGE_SIZE).get_page(request.GET.get("seite"))
    language = get_language() or settings.LANGUAGE_CODE
    items = [(item, tree.address(item, language)) for item in found]
    return render(request, page.template, {"page": page, "self": page, "shown": found, "items": items})
