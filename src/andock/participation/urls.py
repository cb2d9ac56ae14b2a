"""Fixed words before those with a process's word: they are reserved (``services.processes.RESERVED_SLUGS``)."""

from django.urls import path

from andock.kernel.pagecache.pages import public_page

from .feeds import ContributionFeed, ProcessFeed
from .views import (
    desk,
    desk_exchange,
    desk_people,
    desk_residence,
    desk_table,
    embedded,
    mine,
    open_data,
    public,
    reporting,
)

app_name = "participation"
ROOT = "beteiligung/"
OWN = f"{ROOT}ich/<str:token>/"
DESK = "verwaltung/<slug:slug>/beteiligung/"
PROCESS = f"{DESK}verfahren/<slug:process>/"

urlpatterns = [
    path(ROOT, public.listing, name="list"),
    path(f"{ROOT}neu.atom", public_page(scopes=("participation", "organisations"))(ProcessFeed()), name="feed"),
    path(f"{ROOT}regeln/", public.rules_page, name="rules"),
    path(f"{ROOT}geloescht/", mine.erased, name="erased"),
    path(f"{ROOT}nicht-ich/", mine.not_me, name="not_me"),
    path(f"{ROOT}meine-beitraege/", mine.find, name="find"),
    path(f"{ROOT}bestaetigen/<str:token>/", mine.confirm, name="confirm"),
    path(OWN, mine.mine, name="mine"),
    path(f"{OWN}daten.json", mine.data, name="own_data"),
    path(f"{OWN}name/", mine.rename, name="rename"),
    path(f"{OWN}loeschen/", mine.erase, name="erase"),
    path(f"{OWN}beitraege/<int:contribution_id>/zurueckziehen/", mine.withdraw, name="withdraw"),
    path(f"{OWN}entscheidungen/<int:decision_id>/widersprechen/", mine.object_to, name="object"),
    path(f"{ROOT}beitraege/<int:contribution_id>/", public.contribution, name="contribution"),
    path(f"{ROOT}beitraege/<int:contribution_id>/melden/", reporting.report, name="report"),
    path(f"{ROOT}<slug:slug>/", public.process, name="process"),
    path(f"{ROOT}<slug:slug>/ergebnis/", public.result, name="result"),
    path(f"{ROOT}<slug:slug>/daten/", open_data.page, name="data"),
    path(f"{ROOT}<slug:slug>/beitraege.csv", open_data.as_csv, name="data_csv"),
    path(f"{ROOT}<slug:slug>/beitraege.json", open_data.as_json, name="data_json"),
    path(f"{ROOT}<slug:slug>/zahlen.csv", open_data.figures, name="figures_csv"),
    path(
        f"{ROOT}<slug:slug>/neu.atom",
        public_page(scopes=("process:{slug}", "organisations"))(ContributionFeed()),
        name="contributions_feed",
    ),
    path(f"{ROOT}<slug:slug>/einbetten/", embedded.embedded, name="embedded"),
    path(f"{ROOT}<slug:slug>/danke/", public.thanks, name="thanks"),
    path(f"{ROOT}<slug:slug>/link/", mine.link, name="link"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}neu/", desk.begin, name="begin"),
    path(f"{DESK}pruefen/", desk_people.queue, name="queue"),
    path(f"{DESK}pruefen/protokoll.csv", desk_people.log, name="log"),
    path(f"{DESK}pruefen/<int:contribution_id>/", desk_people.decide, name="decide"),
    path(PROCESS, desk.overview, name="overview"),
    path(f"{PROCESS}bearbeiten/", desk.edit, name="edit"),
    path(f"{PROCESS}veroeffentlichen/", desk.publish, name="publish"),
    path(f"{PROCESS}loeschen/", desk.delete, name="delete"),
    path(f"{PROCESS}beitraege/", desk_people.contributions, name="contributions"),
    path(f"{PROCESS}einspielen/", desk_exchange.read, name="read_in"),
    path(f"{PROCESS}wohnsitz/", desk_residence.overview, name="residence"),
    path(f"{PROCESS}wohnsitz/<int:batch_id>/widerrufen/", desk_residence.revoke, name="revoke_codes"),
    path(f"{PROCESS}tabelle/", desk_table.choose, name="table"),
    path(f"{PROCESS}tabelle/abwaegung.pdf", desk_table.as_pdf, name="table_pdf"),
    path(f"{PROCESS}tabelle/abwaegung.docx", desk_table.as_docx, name="table_docx"),
    path(f"{PROCESS}tabelle/abwaegung.xlsx", desk_table.as_xlsx, name="table_xlsx"),
]
