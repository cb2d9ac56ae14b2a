"""Addresses below the language."""

from django.urls import path

from .feeds import NewsFeed
from .views import barrier

urlpatterns = [
    path("barriere-melden/", barrier.report, name="report_barrier"),
    path("barriere-melden/danke/", barrier.thanks, name="report_barrier_thanks"),
    path("neuigkeiten/feed.atom", NewsFeed(), name="news_feed"),
]
