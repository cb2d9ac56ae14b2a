from django.urls import path

from . import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("kommunen/", views.municipalities, name="municipalities"),
    path("kommunen/<slug:slug>/", views.municipality, name="municipality"),
    path("karte/kommunen.geojson", views.borders, name="borders"),
    path("mitmachen/", views.join, name="join"),
    path("themen/", views.topics, name="topics"),
    path("themen/<slug:slug>/", views.topic, name="topic"),
]
