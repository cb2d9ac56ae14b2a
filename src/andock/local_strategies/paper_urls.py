"""What is read of local strategies: in force, older versions, the paper for the council, the draft by link."""

from django.urls import path

from .views import exports, paper, reading, sharing

OF_TOWN = "kommunen/<slug:slug>/strategie/"
VERSION = f"{OF_TOWN}fassungen/<int:number>"
DESK = "verwaltung/<slug:slug>/strategie/"

urlpatterns = [
    path(OF_TOWN, reading.current, name="current"),
    path(f"{OF_TOWN}unterschied/", reading.difference, name="difference"),
    path(f"{OF_TOWN}fassungen/", reading.versions, name="versions"),
    path(f"{VERSION}/", reading.version, name="version"),
    path(f"{VERSION}.json", exports.version_json, name="version_json"),
    path(f"{VERSION}.pdf", exports.version_pdf, name="version_pdf"),
    path(f"{VERSION}/synopse/", paper.version_synopsis, name="version_synopsis"),
    path(f"{VERSION}/synopse.pdf", paper.version_synopsis_pdf, name="version_synopsis_pdf"),
    path(f"{OF_TOWN}entwurf/<str:token>/", sharing.shared, name="shared"),
    path(f"{DESK}synopse/", paper.synopsis, name="synopsis"),
    path(f"{DESK}synopse/kopf/", paper.synopsis_head, name="synopsis_head"),
    path(f"{DESK}synopse.pdf", paper.synopsis_pdf, name="synopsis_pdf"),
    path(f"{DESK}synopse.docx", paper.synopsis_docx, name="synopsis_docx"),
    path(f"{DESK}synopse.txt", paper.synopsis_text, name="synopsis_text"),
    path(f"{DESK}weitergeben/", sharing.links, name="links"),
    path(f"{DESK}weitergeben/<uuid:share_id>/widerrufen/", sharing.revoke, name="revoke_link"),
]
