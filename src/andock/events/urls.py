from django.urls import URLPattern

from .calendar_urls import urlpatterns as calendar
from .desk_urls import urlpatterns as desk
from .participant_urls import urlpatterns as participants
from .registration_urls import urlpatterns as registration
from .visitor_urls import urlpatterns as visitors

app_name = "events"

# Fixed words before those with a slug.
urlpatterns: list[URLPattern] = [*calendar, *registration, *desk, *participants, *visitors]
