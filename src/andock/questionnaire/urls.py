from django.urls import path

from .views import answering, desk, paper, results

app_name = "questionnaire"
ROOT = "beteiligung/<slug:slug>/fragen/"
DESK = "verwaltung/<slug:slug>/beteiligung/verfahren/<slug:process>/fragen/"

urlpatterns = [
    path(ROOT, answering.answer, name="answer"),
    path(f"{ROOT}danke/", answering.thanks, name="thanks"),
    path(f"{ROOT}bestaetigen/<str:token>/", answering.confirm, name="confirm"),
    path(f"{ROOT}ergebnis/", results.results, name="results"),
    path(f"{ROOT}ergebnis.csv", results.as_csv, name="results_csv"),
    path(f"{ROOT}ergebnis.json", results.as_json, name="results_json"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}neu/", desk.add, name="add"),
    path(f"{DESK}vorschau/", desk.preview, name="preview"),
    path(f"{DESK}papier/", paper.enter, name="paper"),
    path(f"{DESK}texte/", paper.words, name="words"),
    path(f"{DESK}antworten.csv", results.table, name="table"),
    path(f"{DESK}<int:question_id>/", desk.change, name="change"),
    path(f"{DESK}<int:question_id>/verschieben/", desk.move, name="move"),
    path(f"{DESK}<int:question_id>/loeschen/", desk.remove, name="remove"),
]
