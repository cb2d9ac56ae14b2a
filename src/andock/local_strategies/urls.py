"""Addresses of local strategies; each part of the module has its own list."""

from . import matrix_urls, run_urls

app_name = "local_strategies"

urlpatterns = [
    *matrix_urls.urlpatterns,
    *run_urls.urlpatterns,
]
