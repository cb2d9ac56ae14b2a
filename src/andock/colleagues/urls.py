"""Fixed words before those with a slug; the fixed words of groups are reserved (``knowledge.addresses``)."""

from django.urls import path

from .views import asking, board, directory, enquiries, group_desk, groups

app_name = "colleagues"

ENQUIRIES = "verwaltung/<slug:slug>/anfragen/"
ENQUIRY = f"{ENQUIRIES}<uuid:enquiry_id>/"
OFFICES = "verwaltung/<slug:slug>/aemter/"
OFFICE = f"{OFFICES}<int:office_id>/"
GROUPS = "verwaltung/<slug:slug>/lerngruppen/"
GROUP = f"{GROUPS}<slug:group>/"

urlpatterns = [
    path("lerngruppen/", groups.listing, name="groups"),
    path("lerngruppen/<slug:group>/", groups.group, name="group"),
    path("verwaltung/frage/<slug:solution>/", asking.ask, name="ask"),
    path("verwaltung/verzeichnis/", directory.listing, name="directory"),
    path(ENQUIRIES, enquiries.desk, name="enquiries"),
    path(ENQUIRY, enquiries.thread, name="enquiry"),
    path(f"{ENQUIRY}schliessen/", enquiries.close, name="close_enquiry"),
    path(f"{ENQUIRY}oeffnen/", enquiries.reopen, name="reopen_enquiry"),
    path(OFFICES, directory.desk, name="offices"),
    path(f"{OFFICES}neu/", directory.add, name="add_office"),
    path(OFFICE, directory.edit, name="edit_office"),
    path(f"{OFFICE}entfernen/", directory.remove, name="remove_office"),
    path(GROUPS, group_desk.desk, name="group_desk"),
    path(f"{GROUPS}neu/", group_desk.found, name="found_group"),
    path(GROUP, board.board, name="board"),
    path(f"{GROUP}bearbeiten/", group_desk.edit, name="edit_group"),
    path(f"{GROUP}beitreten/", group_desk.join, name="join_group"),
    path(f"{GROUP}austreten/", group_desk.leave, name="leave_group"),
    path(f"{GROUP}beitraege/<int:post_id>/loeschen/", board.delete, name="delete_post"),
]
