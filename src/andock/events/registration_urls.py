from django.urls import URLPattern, path

from .views import mine, register, series_register

urlpatterns: list[URLPattern] = [
    path("veranstaltungen/reihen/<slug:slug>/anmelden/", series_register.register, name="register_series"),
    path("veranstaltungen/reihen/<slug:slug>/danke/", series_register.thanks, name="thanks_series"),
    path("veranstaltungen/anmeldung/<str:token>/", mine.mine, name="mine"),
    path("veranstaltungen/anmeldung/<str:token>/aendern/", mine.change, name="mine_change"),
    path("veranstaltungen/anmeldung/<str:token>/absagen/", mine.cancel, name="mine_cancel"),
    path("veranstaltungen/anmeldung/<str:token>/daten.json", mine.data, name="mine_data"),
    path("veranstaltungen/anmeldung/<str:token>/loeschen/", mine.erase, name="mine_erase"),
    path("veranstaltungen/<slug:slug>/anmelden/", register.register, name="register"),
    path("veranstaltungen/<slug:slug>/danke/", register.thanks, name="thanks"),
]
