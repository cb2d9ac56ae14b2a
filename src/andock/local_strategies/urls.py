from . import run_urls

app_name = "local_strategies"

urlpatterns = [*run_urls.urlpatterns]
