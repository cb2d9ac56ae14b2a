"""What visitors read when something of ours fails."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from andock.config.urls import handler500

__all__ = ["handler500"]


def _database_is_gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection unexpectedly")


def _fault(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


urlpatterns = [path("gone/", _database_is_gone), path("fault/", _fault)]
pytestmark = pytest.mark.urls(__name__)


def test_database_that_does_not_answer_closes_the_page_for_a_moment() -> None:
    answer = Client(raise_request_exception=False).get("/gone/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "120"
    assert "Für einen Moment geschlossen" in answer.content.decode()


def test_fault_of_ours_says_so_and_tells_no_details() -> None:
    answer = Client(raise_request_exception=False).get("/fault/")

    assert answer.status_code == 500
    assert "Der Fehler liegt bei uns" in answer.content.decode()
    assert "ValueError" not in answer.content.decode()
