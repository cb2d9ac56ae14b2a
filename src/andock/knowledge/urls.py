from django.urls import URLPattern

from .desk_urls import urlpatterns as desk
from .visitor_urls import urlpatterns as visitors

app_name = "knowledge"

# Fixed words before those with a slug.
urlpatterns: list[URLPattern] = [*desk, *visitors]
