from django.urls import URLPattern, path

from .views import calendar

urlpatterns: list[URLPattern] = [
    path("veranstaltungen/kalender.ics", calendar.region, name="ics_region"),
    path("veranstaltungen/kalender/kommune/<slug:slug>.ics", calendar.organisation, name="ics_organisation"),
    path("veranstaltungen/kalender/thema/<slug:slug>.ics", calendar.topic, name="ics_topic"),
    path("veranstaltungen/anmeldung/<str:token>/termin.ics", calendar.own, name="ics_own"),
    path("veranstaltungen/<slug:slug>/termin.ics", calendar.event, name="ics"),
]
