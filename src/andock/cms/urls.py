"""Addresses below the language."""

from django.urls import path

from andock.kernel.pagecache.pages import public_page

from .feeds import NewsFeed
from .publishing import PAGES
from .views import barrier

urlpatterns = [
    path("barriere-melden/", barrier.report, name="report_barrier"),
    path("barriere-melden/danke/", barrier.thanks, name="report_barrier_thanks"),
    path(
        "neuigkeiten/feed.atom", public_page(scopes=(PAGES, "organisations", "strategy"))(NewsFeed()), name="news_feed"
    ),
]
