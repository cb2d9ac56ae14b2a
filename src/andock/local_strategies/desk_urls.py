"""Addresses of the workspace, below /verwaltung/<slug>/strategie/."""

from django.urls import path

from .views import desk, desk_element, desk_own, desk_states, importing

BELOW = "verwaltung/<slug:slug>/strategie/"

urlpatterns = [
    path(BELOW, desk.desk, name="desk"),
    path(f"{BELOW}beginnen/", desk.begin, name="begin"),
    path(f"{BELOW}stelle/<uuid:element_id>/", desk_element.element, name="element"),
    path(f"{BELOW}stelle/<uuid:element_id>/zweig/", desk.branch, name="branch"),
    path(f"{BELOW}stelle/<uuid:element_id>/notiz/", desk_element.note, name="note"),
    path(f"{BELOW}eigene/neu/", desk_own.add, name="add_own"),
    path(f"{BELOW}eigene/zuordnen/", desk_own.relate, name="relate_own"),
    path(f"{BELOW}eigene/<uuid:element_id>/", desk_own.edit, name="own"),
    path(f"{BELOW}eigene/<uuid:element_id>/entfernen/", desk_own.remove, name="remove_own"),
    path(f"{BELOW}einlesen/", importing.read, name="import"),
    path(f"{BELOW}stand/", desk_states.states, name="states"),
    path(f"{BELOW}stand/beschluss/", desk_states.record, name="record"),
    path(f"{BELOW}stand/loeschen/", desk_states.delete, name="delete_draft"),
]
