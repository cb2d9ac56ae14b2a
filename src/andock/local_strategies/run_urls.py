"""Addresses of taking over a new edition."""

from django.urls import path

from .views import run

OF_RUN = "verwaltung/<slug:slug>/strategie/neue-auflage/"

urlpatterns = [
    path(OF_RUN, run.run, name="run"),
    path(f"{OF_RUN}verwerfen/", run.drop, name="run_drop"),
    path(f"{OF_RUN}<slug:name>/", run.step, name="run_step"),
]
