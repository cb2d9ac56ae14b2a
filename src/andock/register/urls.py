from django.urls import path

from .views import agency, evidence, exports, letters, public, town

app_name = "register"

OF_TOWN = "verwaltung/<slug:slug>/andocken/"

urlpatterns = [
    path("andocken/", public.register, name="register"),
    path("andocken/register.csv", exports.register_csv, name="register_csv"),
    path("andocken/register.json", exports.register_json, name="register_json"),
    path("andocken/nachweis/<int:declaration_id>.pdf", evidence.released, name="evidence"),
    path("andocken/absichtserklaerung/<slug:slug>.pdf", letters.letter_pdf, name="letter_pdf"),
    path("andocken/absichtserklaerung/<slug:slug>.docx", letters.letter_docx, name="letter_docx"),
    path("verwaltung/andocken/", agency.overview, name="overview"),
    path("verwaltung/andocken/erklaerung/<int:declaration_id>/", agency.review, name="review"),
    path("verwaltung/andocken/nachweis/<int:declaration_id>/", evidence.private, name="private_evidence"),
    path(OF_TOWN, town.desk, name="desk"),
    path(f"{OF_TOWN}erklaerung/", town.declare, name="declare"),
    path(f"{OF_TOWN}erklaerung/<int:declaration_id>/einreichen/", town.hand_in, name="hand_in"),
    path(f"{OF_TOWN}erklaerung/<int:declaration_id>/zurueckziehen/", town.withdraw, name="withdraw"),
    path(f"{OF_TOWN}erklaerung/<int:declaration_id>/freigeben/", town.release, name="release"),
    path(f"{OF_TOWN}aussetzen/", town.pause, name="pause"),
    path(f"{OF_TOWN}fortsetzen/", town.resume, name="resume"),
    path(f"{OF_TOWN}beenden/", town.end, name="end"),
]
