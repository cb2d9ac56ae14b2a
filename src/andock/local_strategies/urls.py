"""Addresses of local strategies; each part of the module has its own list."""

from . import paper_urls

app_name = "local_strategies"

urlpatterns = [
    *paper_urls.urlpatterns,
]
