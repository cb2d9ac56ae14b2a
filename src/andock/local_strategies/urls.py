"""Addresses of local strategies; each part of the module has its own list."""

from . import desk_urls, matrix_urls, paper_urls, run_urls

app_name = "local_strategies"

urlpatterns = [
    *paper_urls.urlpatterns,
    *desk_urls.urlpatterns,
    *matrix_urls.urlpatterns,
    *run_urls.urlpatterns,
]
