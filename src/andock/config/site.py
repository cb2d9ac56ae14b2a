"""What every page's frame shows: region, menu, foot. Joins modules that must not know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.cms.navigation import own_links, site_links
from andock.kernel.modules import menu
from andock.kernel.pagecache.pages import shared_part
from andock.kernel.pagecache.versions import SITE
from andock.organisations.queries import region_figures
from andock.organisations.region import region_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.design.context import Link, SiteContext
    from andock.organisations.models import Region


def site_context(request: HttpRequest) -> SiteContext:
    """The part of the ``site`` context that is data of this installation."""
    frame = shared_part(request, "frame", lambda: _frame(region_of(request)), scopes=(SITE,))
    return {**frame, **own_links(request), "account_links": _account_links(request)}


def _account_links(request: HttpRequest) -> str:
    """The links of somebody signed in. Without a session cookie nobody is asked: such pages are kept for all."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return "accounts/links.html" if has_session and request.user.is_authenticated else ""


def _frame(region: Region | None) -> SiteContext:
    """The same on every page of a language."""
    links: list[Link] = [{"label": entry.label, "url": reverse(entry.url_name)} for entry in menu()]
    pages = site_links()
    return {
        "region": {
            "name": region.organisation.name if region else "Andock",
            "claim": region.label("strategy") if region else "",
            "facts": _facts() if region else "",
        },
        "menu": links + pages["menu"],
        "legal": pages["legal"],
        "demo": settings.ANDOCK_DEMO,
        "offers": [
            {"label": _("Read the strategy"), "url": reverse("strategy:current")},
            {"label": _("Find a municipality"), "url": reverse("portal:municipalities")},
            {"label": _("Topics"), "url": reverse("portal:topics")},
            {"label": _("Join in"), "url": reverse("portal:join")},
            *pages["offers"],
        ],
        "data": [
            {"label": _("All editions"), "url": reverse("strategy:editions")},
            *pages["data"],
        ],
    }


def _facts() -> str:
    figures = region_figures()
    if not figures["municipalities"]:
        return ""
    return _("%(municipalities)d towns and municipalities, %(population)s people (%(day)s).") % {
        "municipalities": figures["municipalities"],
        "population": f"{figures['population']:,}".replace(",", "."),
        "day": date_format(figures["population_on"], "SHORT_DATE_FORMAT"),
    }
