"""What visitors read when something of ours fails, or when what they send cannot be read."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from andock.config.urls import handler400, handler500
from andock.kernel import uploads

__all__ = ["handler400", "handler500"]


def _database_is_gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection unexpectedly")


def _fault(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


def _form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST.get("text", ""))))


urlpatterns = [path("gone/", _database_is_gone), path("fault/", _fault), path("form/", _form)]
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


def test_form_that_is_too_large_says_how_to_get_the_text_back() -> None:
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = Client().post("/form/", f"text={'x' * size}", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert "laden Sie die Seite nicht neu" in answer.content.decode()


def test_form_with_too_many_fields_says_so_too() -> None:
    many = "&".join(f"f{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))

    assert Client().post("/form/", many, content_type="application/x-www-form-urlencoded").status_code == 413


def test_files_of_more_than_any_form_needs_are_refused_before_they_are_read() -> None:
    body = '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nkurz\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x"

    assert Client().generic("POST", "/form/", body, kind).content == b"4"
    answer = Client().generic("POST", "/form/", body, kind, CONTENT_LENGTH=str(uploads.MOST_BYTES + 1))
    assert answer.status_code == 413


def test_what_cannot_be_read_is_no_fault_of_ours() -> None:
    answer = Client().generic("POST", "/form/", "torn", "multipart/form-data; boundary=")

    assert answer.status_code == 400
