"""What maps are drawn from. Tiles have no language, see ``plain_urls``."""

from django.urls import path

from . import views

app_name = "maps"

urlpatterns = [
    path("karte/kacheln/<int:z>/<int:x>/<int:y>/", views.tile, name="tile"),
    path("karte/grund.geojson", views.ground, name="ground"),
]
