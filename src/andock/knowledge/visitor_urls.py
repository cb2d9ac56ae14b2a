"""What everybody sees of solutions, guides and transfers. Fixed words before those with a slug."""

from django.urls import path

from andock.kernel.pagecache.pages import public_page

from .feeds import GuideFeed, SolutionFeed, TransferFeed
from .views import feedback, fitting, guides, listing, solution_page, transfers

SOLUTIONS, GUIDES, TRANSFERS = "loesungen/", "leitfaeden/", "nachnutzung/"
FEED = "neu.atom"
of_solutions = public_page(scopes=("solutions", "organisations"))
of_guides = public_page(scopes=("guides", "organisations"))

urlpatterns = [
    path(SOLUTIONS, listing.listing, name="solutions"),
    path(f"{SOLUTIONS}loesungen.csv", listing.as_csv, name="solutions_csv"),
    path(f"{SOLUTIONS}passend/", fitting.fitting, name="fitting"),
    path(f"{SOLUTIONS}{FEED}", of_solutions(SolutionFeed()), name="solutions_feed"),
    path(f"{SOLUTIONS}<slug:slug>/", solution_page.solution, name="solution"),
    path(f"{SOLUTIONS}<slug:slug>/unterlagen/<int:number>.pdf", solution_page.document, name="solution_document"),
    path(GUIDES, guides.listing, name="guides"),
    path(f"{GUIDES}{FEED}", of_guides(GuideFeed()), name="guides_feed"),
    path(f"{GUIDES}<slug:slug>/", guides.guide, name="guide"),
    path(f"{GUIDES}<slug:slug>/unterlagen/<int:number>.pdf", guides.file, name="guide_file"),
    path(f"{GUIDES}<slug:slug>/rueckmeldung/", feedback.give, name="feedback"),
    path(f"{GUIDES}<slug:slug>/rueckmeldung/danke/", feedback.thanks, name="feedback_thanks"),
    path(TRANSFERS, transfers.listing, name="transfers"),
    path(f"{TRANSFERS}{FEED}", of_solutions(TransferFeed()), name="transfers_feed"),
    path(f"{TRANSFERS}uebernahmen.csv", transfers.as_csv, name="transfers_csv"),
]
