from django.urls import include, path

from . import editing_urls
from .views import compare, exports, reading, succession

app_name = "strategy"

urlpatterns = [
    path("strategie/", reading.current, name="current"),
    path("strategie/auflagen/", reading.editions, name="editions"),
    path("strategie/auflagen/<int:ordinal>/", reading.edition, name="edition"),
    path("strategie/auflagen/<int:ordinal>.json", exports.edition_json, name="edition_json"),
    path("strategie/auflagen/<int:ordinal>.pdf", exports.edition_pdf, name="edition_pdf"),
    path("strategie/auflagen/<int:ordinal>/<str:label>/", reading.passage, name="passage"),
    path("strategie/vergleich/", compare.compare, name="compare"),
    path("strategie/bearbeiten/", include(editing_urls.urlpatterns)),
    path("verwaltung/organisationen/nachfolge/", succession.follow, name="succession"),
    path("strategie/stelle/<uuid:element_id>/", reading.element, name="element"),
]
