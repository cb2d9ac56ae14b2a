"""What everybody sees of events. Calendars, registration and desk have files of their own."""

from django.urls import path

from andock.kernel.pagecache.pages import public_page

from .feeds import EventFeed
from .views import event_page, listing, series

ROOT = "veranstaltungen/"

urlpatterns = [
    path(ROOT, listing.listing, name="list"),
    path(f"{ROOT}monat/", listing.month, name="month"),
    path(f"{ROOT}neu.atom", public_page(scopes=("events", "organisations"))(EventFeed()), name="feed"),
    path(f"{ROOT}reihen/<slug:slug>/", series.series, name="series"),
    path(f"{ROOT}<slug:slug>/", event_page.event, name="event"),
    path(f"{ROOT}<slug:slug>/unterlagen/<int:number>.pdf", event_page.document, name="document"),
]
