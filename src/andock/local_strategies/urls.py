from . import desk_urls, run_urls

app_name = "local_strategies"

urlpatterns = [
    *desk_urls.urlpatterns,
    *run_urls.urlpatterns,
]
