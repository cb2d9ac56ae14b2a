from django.urls import path

from . import views

app_name = "design"

urlpatterns = [
    path("gestaltung/", views.style_page, name="style_page"),
    path("karte/<str:language>-<slug:digest>.svg", views.tile_map, name="tile_map"),
]
