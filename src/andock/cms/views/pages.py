"""Pages the editors wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.organisations.queries import terms

from .. import queries, tree
from ..models import NewsIndexPage
from ..models.pages import PAGE_SIZE
from ..publishing import PAGES

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@require_safe
@public_page(scopes=(PAGES, "organisations"), query=("seite", "thema"))
def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page at its address. A page without translation shows its German text, with a notice."""
    language = get_language() or settings.LANGUAGE_CODE
    page = queries.page_at(path, language)
    if page is None:
        raise Http404
    if page.locale.language_code != language and (own := queries.translations_of(page).get(language)):
        return redirect(tree.address(own, language))
    shown = page.specific
    shown.locale = page.locale
    request.cms_page = shown
    # Not Wagtail's own way there: it asks the site, its root, every part of the path and for restrictions we do not have.
    return news_index(request, shown) if isinstance(shown, NewsIndexPage) else shown.serve(request)


def news_index(request: HttpRequest, page: NewsIndexPage) -> HttpResponseBase:
    """The news, a page at a time; all, or those about a topic. A topic that is none shows all."""
    about = list(terms().filter(slug=slug)) if (slug := request.GET.get("thema", "")) else []
    pages = queries.news_carrying(about) if about else queries.news()
    found = Paginator(pages, PAGE_SIZE).get_page(request.GET.get("seite"))
    language = get_language() or settings.LANGUAGE_CODE
    items = [(item, tree.address(item, language)) for item in found]
    context = {"page": page, "self": page, "shown": found, "items": items, "topic": about[0] if about else None}
    return render(request, page.template, context)
