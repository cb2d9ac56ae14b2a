"""A view that does nothing, as the unit all pages are measured in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = b"<!doctype html><title>40 kB</title><p>" + b"x" * 40_000


def constant(request: HttpRequest) -> HttpResponse:
    # Else the server would send it in pieces: no middleware adds the length.
    return HttpResponse(PAGE, headers={"Content-Length": str(len(PAGE))})


urlpatterns = [path("", constant)]
