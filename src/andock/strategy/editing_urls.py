"""Addresses of the strategy's editor, below /strategie/bearbeiten/."""

from django.urls import path

from .views import editing, editing_element, editing_publication, editing_structure

urlpatterns = [
    path("", editing.drafts, name="edit"),
    path("einlesen/", editing_publication.import_edition, name="edit_import"),
    path("<int:ordinal>/", editing.edition, name="edit_edition"),
    path("<int:ordinal>/angaben/", editing.describe, name="edit_describe"),
    path("<int:ordinal>/gruende/", editing.reasons, name="edit_reasons"),
    path("<int:ordinal>/neu/", editing_structure.add, name="edit_add"),
    path("<int:ordinal>/nummern/", editing_structure.numbers, name="edit_numbers"),
    path("<int:ordinal>/zurueckholen/", editing_structure.missing, name="edit_missing"),
    path("<int:ordinal>/vorschau/", editing_publication.preview, name="edit_preview"),
    path("<int:ordinal>/veroeffentlichen/", editing_publication.publish, name="edit_publish"),
    path("<int:ordinal>/stand/", editing_publication.state, name="edit_state"),
    path("<int:ordinal>/loeschen/", editing_publication.delete, name="edit_delete"),
    path("<int:ordinal>/auflage.json", editing_publication.export, name="edit_export"),
    path("<int:ordinal>/<uuid:element_id>/", editing_element.element, name="edit_element"),
    path("<int:ordinal>/<uuid:element_id>/verschieben/", editing_structure.put, name="edit_put"),
    path("<int:ordinal>/<uuid:element_id>/teilen/", editing_structure.split, name="edit_split"),
    path("<int:ordinal>/<uuid:element_id>/verbinden/", editing_structure.join, name="edit_join"),
    path("<int:ordinal>/<uuid:element_id>/ersetzen/", editing_structure.replace, name="edit_replace"),
    path("<int:ordinal>/<uuid:element_id>/zurueckziehen/", editing_structure.withdraw, name="edit_withdraw"),
]
