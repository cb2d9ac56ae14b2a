"""The context every layout needs: `site`.

The region and the menu belong to higher layers, so they are fetched through one function named in the settings:
`ANDOCK_SITE_CONTEXT = "path.to.function"`, called with the request, returning a dict. What it may hold is `SiteContext`.
"""

from collections.abc import Iterable
from typing import Any, NotRequired, TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language


class Link(TypedDict):
    label: str | Promise
    url: str


class RegionWords(TypedDict):
    """`name` and `claim` stand beside the mark; `facts` is one sentence in the foot."""

    name: str
    claim: NotRequired[str]
    facts: NotRequired[str]


class SiteContext(TypedDict):
    region: RegionWords
    menu: NotRequired[Iterable[Link]]
    offers: NotRequired[Iterable[Link]]
    data: NotRequired[Iterable[Link]]
    legal: NotRequired[Iterable[Link]]
    demo: NotRequired[bool]
    demo_text: NotRequired[str]
    account_links: NotRequired[str]


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy: a response without a layout asks for nothing.

    A view whose address is secret sets ``request.shown_path``: what whoever reports a barrier hands on.
    """
    return {"site": SimpleLazyObject(lambda: _assemble(request))}


def _assemble(request: HttpRequest) -> dict[str, Any]:
    given = _provider()(request)
    return {
        "demo": getattr(settings, "ANDOCK_DEMO", False),
        "home_url": _url("home") or "/",
        "sign_in_url": _url("account_login"),
        "barrier_url": _url("report_barrier"),
        "search_url": _url("search:results"),
        "address": request.build_absolute_uri(request.path),
        "path": getattr(request, "shown_path", request.path),
        "languages": languages_of(request),
        **given,
        "menu": [_with_current(link, request.path) for link in given.get("menu", ())],
    }


def _provider() -> Any:
    path = getattr(settings, "ANDOCK_SITE_CONTEXT", None)
    return import_string(path) if path else _unnamed_region


def _unnamed_region(request: HttpRequest) -> SiteContext:
    return {"region": {"name": "Andock"}}


def languages_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in every language it has: code, name, url, current."""
    here = get_language()
    found = [(code, name, translate_url(request.get_full_path(), code)) for code, name in settings.LANGUAGES]
    return [
        {"code": code, "name": name, "url": url, "current": code == here}
        for code, name, url in found
        if code == here or url != request.get_full_path()
    ]


def _with_current(link: Link, path: str) -> dict[str, Any]:
    """`page` for the entry's own page, `true` for pages below it, empty elsewhere."""
    url = str(link["url"])
    current = "page" if path == url else "true" if url != "/" and path.startswith(url) else ""
    return {**link, "current": current}


def _url(name: str) -> str:
    """The address of a named page, empty when no installed module offers it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
