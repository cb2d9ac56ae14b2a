"""Addresses without a language: the editorial office, files, and what machines ask for."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from .views import machines, media, office

urlpatterns = [
    # Before Wagtail's own: one login serves every door, and accounts are kept elsewhere.
    re_path(r"^redaktion/(?:login|password_reset)/", office.to_sign_in),
    path("redaktion/logout/", office.to_sign_out),
    path("redaktion/account/", office.to_account),
    re_path(
        r"^redaktion/(?:users|groups|embeds|choose-external-oembed|(?:pages|collections)/\d+/privacy)/", office.closed
    ),
    path("redaktion/", include(wagtailadmin_urls)),
    path("dokumente/", include(wagtaildocs_urls)),
    path("media/<path:name>", media.public_file, name="public_file"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("site.webmanifest", machines.web_manifest, name="web_manifest"),
    path("favicon.ico", machines.favicon),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
]
