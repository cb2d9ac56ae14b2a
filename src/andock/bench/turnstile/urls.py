"""The site's own addresses and one more."""

from django.urls import path

from andock.config.urls import handler500
from andock.config.urls import urlpatterns as site

from .views import turnstile

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [path("bench/turnstile/", turnstile), *site]
