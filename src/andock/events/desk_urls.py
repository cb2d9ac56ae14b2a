"""Where organisers write their events. The fixed words before an event's own word are reserved (``RESERVED_SLUGS``)."""

from django.urls import path

from .views import desk, desk_acts, desk_edit, desk_exchange, desk_series

ROOT = "verwaltung/<slug:slug>/veranstaltungen/"
EVENT = f"{ROOT}<slug:event>/"

urlpatterns = [
    path(ROOT, desk.desk, name="desk"),
    path(f"{ROOT}alle.csv", desk_exchange.export, name="export"),
    path(f"{ROOT}neu/", desk.begin, name="begin"),
    path(f"{ROOT}neu/datei/", desk_exchange.read, name="import"),
    path(f"{ROOT}reihen/", desk_series.begin, name="begin_series"),
    path(f"{ROOT}reihen/<slug:series>/", desk_series.edit, name="edit_series"),
    path(EVENT, desk.overview, name="edit"),
    path(f"{EVENT}worum/", desk_edit.section, {"name": "what"}, name="edit_what"),
    path(f"{EVENT}wann/", desk_edit.section, {"name": "when"}, name="edit_when"),
    path(f"{EVENT}wo/", desk_edit.section, {"name": "where"}, name="edit_where"),
    path(f"{EVENT}bezug/", desk_edit.section, {"name": "about"}, name="edit_about"),
    path(f"{EVENT}anmeldung/", desk_edit.section, {"name": "registration"}, name="edit_registration"),
    path(f"{EVENT}fragen/", desk_edit.rows, {"name": "questions"}, name="edit_questions"),
    path(f"{EVENT}programm/", desk_edit.rows, {"name": "programme"}, name="edit_programme"),
    path(f"{EVENT}unterlagen/", desk_edit.documents, name="edit_documents"),
    path(f"{EVENT}unterlagen/<int:document_id>/entfernen/", desk_edit.remove_document, name="remove_document"),
    path(f"{EVENT}veroeffentlichen/", desk_acts.publish, name="publish"),
    path(f"{EVENT}verschieben/", desk_acts.postpone, name="postpone"),
    path(f"{EVENT}absagen/", desk_acts.cancel, name="cancel_event"),
    path(f"{EVENT}loeschen/", desk_acts.delete, name="delete_event"),
]
