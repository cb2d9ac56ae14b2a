"""Addresses about participants, below /verwaltung/<organisation>/veranstaltungen/<event>/."""

from django.urls import URLPattern, path

from .views import door, figures, message, people, people_files

BELOW = "verwaltung/<slug:slug>/veranstaltungen/<slug:event>/"
PEOPLE = f"{BELOW}teilnehmende/"
PERSON = f"{PEOPLE}<uuid:registration_id>/"

urlpatterns: list[URLPattern] = [
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}neu/", people.enter, name="enter_person"),
    path(f"{PEOPLE}nachricht/", message.message, name="message"),
    path(f"{PEOPLE}liste.csv", people_files.as_csv, name="people_csv"),
    path(f"{PEOPLE}liste.xlsx", people_files.as_xlsx, name="people_xlsx"),
    path(f"{PEOPLE}liste.pdf", people_files.list_pdf, name="people_pdf"),
    path(f"{PEOPLE}namensschilder.pdf", people_files.badges_pdf, name="badges_pdf"),
    path(f"{PEOPLE}bescheinigungen.pdf", people_files.certificates_pdf, name="certificates_pdf"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}bescheinigung.pdf", people_files.certificate_pdf, name="certificate_pdf"),
    path(f"{BELOW}zahlen/", figures.figures, name="figures"),
    path(f"{BELOW}einlass/", door.door, name="door"),
    path(f"{BELOW}einlass/liste.json", door.people, name="door_people"),
    path(f"{BELOW}einlass/meldungen/", door.reports, name="door_reports"),
]
