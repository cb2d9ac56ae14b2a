from django.urls import URLPattern, path

from .views import archive, desk

app_name = "newsletter"

DESK = "verwaltung/<slug:slug>/rundbrief/"
ISSUE = f"{DESK}<int:issue_id>/"

urlpatterns: list[URLPattern] = [
    path("rundbrief/", archive.archive, name="archive"),
    path("rundbrief/<int:number>/", archive.issue, name="issue"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}neu/", desk.begin, name="begin"),
    path(ISSUE, desk.edit, name="edit"),
    path(f"{ISSUE}vorschau/", desk.preview, name="preview"),
    path(f"{ISSUE}versand/", desk.dispatch, name="dispatch"),
    path(f"{ISSUE}loeschen/", desk.delete, name="delete"),
]
