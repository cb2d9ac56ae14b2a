"""Ideas stand below their process."""

from django.urls import path

from andock.participation.urls import PROCESS, ROOT

from .views import desk, idea_page, listing, merging, sending, supporting

app_name = "ideas"
IDEAS = f"{ROOT}<slug:slug>/ideen/"
IDEA = f"{IDEAS}<int:number>/"
DESK = f"{PROCESS}ideen/"
OWN = f"{DESK}<int:number>/"

urlpatterns = [
    path(f"{ROOT}ideen/zusammenlegen/<str:token>/", merging.agree, name="agree"),
    path(IDEAS, listing.listing, name="list"),
    path(f"{IDEAS}orte.geojson", listing.places, name="places"),
    path(f"{IDEAS}neu/", sending.new, name="new"),
    path(IDEA, idea_page.idea, name="idea"),
    path(f"{IDEA}foto.jpg", idea_page.photo, name="photo"),
    path(f"{IDEA}unterstuetzen/", supporting.support, name="support"),
    path(f"{IDEA}beitragen/", sending.remark, name="remark"),
    path(DESK, desk.ideas, name="desk"),
    path(f"{DESK}papier/", desk.paper, name="paper"),
    path(f"{OWN}ort/", desk.place, name="desk_place"),
    path(f"{OWN}verknuepfen/", desk.links, name="desk_links"),
    path(f"{OWN}zusammenlegen/", merging.propose, name="desk_merge"),
    path(f"{OWN}zusammenlegen/zurueck/", merging.take_back, name="desk_merge_back"),
]
