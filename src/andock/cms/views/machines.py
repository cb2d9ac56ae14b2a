"""What search engines, browsers and security researchers ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.kernel.modules import sitemaps
from andock.kernel.pagecache.pages import public_page
from andock.organisations.queries import the_region

from ..publishing import PAGES

if TYPE_CHECKING:
    from django.http import HttpRequest

SECURITY_TXT_VALID = timedelta(days=180)  # RFC 9116 recommends less than a year
CLOSED_TO_ROBOTS = ("/redaktion/", "/konto/", "/verwaltung/", "/demo/", "/barriere-melden/danke/", "/suche/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = ["/"] if settings.ANDOCK_DEMO else CLOSED_TO_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@public_page(scopes=(PAGES, "organisations", "strategy", "events"))
def sitemap(request: HttpRequest) -> HttpResponse:
    """All public pages of all modules, with their languages."""
    return sitemap_views.sitemap(request, sitemaps())


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); absent until the operator has named a contact."""
    contact = settings.ANDOCK_CONTACT
    if not contact:
        raise Http404
    expires = (timezone.now() + SECURITY_TXT_VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact if '://' in contact else f'mailto:{contact}'}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: de, en",
        f"Canonical: {request.build_absolute_uri(reverse('security_txt'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    region = the_region()
    name = region.organisation.name if region else "Andock"
    icon = {"src": static("design/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": name,
        "short_name": name[:12],
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "display": "browser",
        "background_color": "#F5F4EF",
        "theme_color": "#1F5240",
        "icons": [icon],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("design/mark.svg"), permanent=True)
