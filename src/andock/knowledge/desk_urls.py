"""Where organisations write cards, guides, take-overs and findings. Fixed words before a card's own word are reserved."""

from django.urls import path

from .views import (
    desk_files,
    desk_findings,
    desk_guides,
    desk_solution_acts,
    desk_solutions,
    desk_transfer,
    desk_transfers,
)

SOLUTIONS = "verwaltung/<slug:slug>/loesungen/"
SOLUTION = f"{SOLUTIONS}<slug:solution>/"
GUIDES = "verwaltung/<slug:slug>/leitfaeden/"
GUIDE = f"{GUIDES}<slug:guide>/"
TRANSFERS = "verwaltung/<slug:slug>/uebernahmen/"
TRANSFER = f"{TRANSFERS}<uuid:transfer>/"
FINDINGS = "verwaltung/<slug:slug>/erkenntnisse/"
FINDING = f"{FINDINGS}<uuid:finding>/"

urlpatterns = [
    path(SOLUTIONS, desk_solutions.desk, name="solution_desk"),
    path(f"{SOLUTIONS}alle.csv", desk_files.export, name="export_solutions"),
    path(f"{SOLUTIONS}neu/", desk_solutions.begin, name="begin_solution"),
    path(f"{SOLUTIONS}neu/publiccode/", desk_files.from_publiccode, name="publiccode"),
    path(f"{SOLUTIONS}datei/", desk_files.read, name="import_solutions"),
    path(SOLUTION, desk_solutions.edit, name="edit_solution"),
    path(f"{SOLUTION}unterlagen/", desk_solution_acts.documents, name="documents_of_solution"),
    path(
        f"{SOLUTION}unterlagen/<int:document_id>/entfernen/",
        desk_solution_acts.remove_document,
        name="remove_document_of_solution",
    ),
    path(f"{SOLUTION}veroeffentlichen/", desk_solution_acts.publish, name="publish_solution"),
    path(f"{SOLUTION}bestaetigen/", desk_solution_acts.confirm, name="confirm_solution"),
    path(f"{SOLUTION}archivieren/", desk_solution_acts.archive, name="archive_solution"),
    path(f"{SOLUTION}loeschen/", desk_solution_acts.delete, name="delete_solution"),
    path(GUIDES, desk_guides.desk, name="guide_desk"),
    path(f"{GUIDES}neu/", desk_guides.begin, name="begin_guide"),
    path(GUIDE, desk_guides.edit, name="edit_guide"),
    path(f"{GUIDE}unterlagen/", desk_guides.files, name="documents_of_guide"),
    path(f"{GUIDE}unterlagen/<int:document_id>/entfernen/", desk_guides.remove_file, name="remove_document_of_guide"),
    path(f"{GUIDE}rueckmeldungen/", desk_guides.feedback, name="feedback_of_guide"),
    path(
        f"{GUIDE}rueckmeldungen/<int:feedback_id>/loeschen/",
        desk_guides.delete_feedback,
        name="delete_feedback_of_guide",
    ),
    path(f"{GUIDE}veroeffentlichen/", desk_guides.publish, name="publish_guide"),
    path(f"{GUIDE}archivieren/", desk_guides.archive, name="archive_guide"),
    path(f"{GUIDE}loeschen/", desk_guides.delete, name="delete_guide"),
    path("verwaltung/uebernehmen/", desk_transfers.take_over, name="take_over"),
    path(TRANSFERS, desk_transfers.desk, name="transfer_desk"),
    path(f"{TRANSFERS}neu/", desk_transfers.begin, name="begin_transfer"),
    path(f"{TRANSFERS}neu/andere/", desk_transfers.report, name="report_transfer"),
    path(TRANSFER, desk_transfer.edit, name="edit_transfer"),
    path(f"{TRANSFER}angaben/", desk_transfer.describe, name="describe_transfer"),
    path(f"{TRANSFER}<uuid:stage>/bestaetigen/", desk_transfer.confirm, name="confirm_stage"),
    path(f"{TRANSFER}<uuid:stage>/berichtigen/", desk_transfer.correct, name="correct_stage"),
    path(FINDINGS, desk_findings.desk, name="finding_desk"),
    path(f"{FINDINGS}neu/", desk_findings.begin, name="begin_finding"),
    path(FINDING, desk_findings.edit, name="edit_finding"),
    path(f"{FINDING}veroeffentlichen/", desk_findings.publish, name="publish_finding"),
    path(f"{FINDING}archivieren/", desk_findings.archive, name="archive_finding"),
    path(f"{FINDING}loeschen/", desk_findings.delete, name="delete_finding"),
]
