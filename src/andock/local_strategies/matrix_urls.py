"""The regional view: who takes over what, what a draft edition would mean, what municipalities offer."""

from django.urls import path

from .views import matrix, offers, outlook

urlpatterns = [
    path("andocken/uebersicht/", matrix.overview, name="matrix"),
    path("andocken/uebersicht.csv", matrix.matrix_csv, name="matrix_csv"),
    path("andocken/uebersicht.json", matrix.matrix_json, name="matrix_json"),
    path("strategie/bearbeiten/<int:ordinal>/ausblick/", outlook.ahead, name="outlook"),
    path("verwaltung/andocken/angebote/", offers.offers, name="offers"),
    path("verwaltung/<slug:slug>/strategie/angebote/", offers.own_offers, name="own_offers"),
]
