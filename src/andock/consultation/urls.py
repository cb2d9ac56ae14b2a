from django.urls import path

from andock.participation.urls import PROCESS, ROOT

from .views import desk, paper, public, saying

app_name = "consultation"
TEXT = f"{ROOT}<slug:slug>/text/"

urlpatterns = [
    path(TEXT, public.text, name="text"),
    path(f"{TEXT}<uuid:element>/", public.element, name="element"),
    path(f"{TEXT}<uuid:element>/<uuid:block>/", saying.say, name="say"),
    path(f"{PROCESS}text/", desk.choose, name="choose"),
    path(f"{PROCESS}text/aufmerksamkeit/", desk.attention, name="attention"),
    path(f"{PROCESS}text/papier/", paper.pile, name="pile"),
    path(f"{PROCESS}text/<uuid:element>/<uuid:block>/", desk.block, name="block"),
    path(f"{PROCESS}text/<uuid:element>/<uuid:block>/papier/", paper.enter, name="paper"),
]
