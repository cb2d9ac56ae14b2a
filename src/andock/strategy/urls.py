from django.urls import include, path

from . import editing_urls
from .views import reading

app_name = "strategy"

urlpatterns = [
    path("strategie/", reading.current, name="current"),
    path("strategie/auflagen/", reading.editions, name="editions"),
    path("strategie/auflagen/<int:ordinal>/", reading.edition, name="edition"),
    path("strategie/bearbeiten/", include(editing_urls.urlpatterns)),
    path("strategie/stelle/<uuid:element_id>/", reading.element, name="element"),
]
