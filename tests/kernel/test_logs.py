"""What must never stand in a log."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from andock.kernel.logs import format_exception, redact, redact_text

EMAIL = "canary@olpe.example"
SECRET = "canary-5f2d9c71"
SPEAK = f"""
import logging, structlog, django
django.setup()
from django.test import Client
from django.http import HttpResponse
from django.urls import path
import andock.config.urls as urls

def fail(request, key):
    secret_of_the_view = {SECRET!r}
    try:
        raise KeyError({SECRET!r} + {EMAIL!r})
    except KeyError as error:
        raise ValueError("row of " + {EMAIL!r} + " " + {SECRET!r}) from error

urls.urlpatterns[:] = [path("fail/<str:key>/", fail)]
urls.handler400 = urls.handler404 = urls.handler500 = lambda request, exception=None: HttpResponse(status=500)
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = {SECRET!r}
client.get("/fail/inv1te-{SECRET}-abcdefghij/?mail={EMAIL}&t={SECRET}", HTTP_HOST="localhost",
           HTTP_AUTHORIZATION="Bearer {SECRET}", HTTP_USER_AGENT={EMAIL!r}, HTTP_REFERER="https://x/?{SECRET}=1")
client.post("/fail/x/", {{"password": {SECRET!r}, "email": {EMAIL!r}}}, HTTP_HOST="localhost")
client.get("/", HTTP_HOST="evil-{EMAIL}")
client.get("/no-such-page/?token={SECRET}", HTTP_HOST="localhost")
logging.getLogger("library").warning("mail to %s failed, password=%s", {EMAIL!r}, {SECRET!r})
structlog.get_logger("andock").info("invited", email={EMAIL!r}, token={SECRET!r}, nested={{"to": [{EMAIL!r}], "cookie": {SECRET!r}}})
try:
    int({SECRET!r} + {EMAIL!r})
except ValueError:
    logging.getLogger("library").exception("could not read")
    structlog.get_logger("andock").exception("failed")
"""


def test_canary_address_and_canary_secret_never_reach_the_log(tmp_path: Path) -> None:
    source = str(Path(__file__).resolve().parents[2] / "src")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": source,
        "ANDOCK_DATA": str(tmp_path),
        "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "andock.config.settings.production",
    }

    done = subprocess.run(
        [sys.executable, "-c", SPEAK], env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
    )

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    events = [line["event"] for line in lines]
    assert events.count("request_failed") == 2
    assert {"invited", "failed", "could not read"} <= set(events)
    assert "canary" not in done.stderr
    assert "canary" not in done.stdout
    failed = next(line for line in lines if line["event"] == "request_failed")
    assert failed["request_id"]
    assert "builtins.KeyError" in failed["exception"]
    assert "in fail" in failed["exception"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("to anna.b+c@olpe.example.", "to [removed]."),
        ("<anna@olpe.example>", "<[removed]>"),
        ("GET /suche/?q=Anna&x=1", "GET /suche/?[removed]"),
        ("GET /konto/key/3-cabc12-0123456789abcdef/", "GET /konto/key/[removed]/"),
        ("Set-Cookie: sessionid=abc; Path=/", "Set-Cookie: [removed]"),
        ("Authorization: Basic YW5uYTpi", "Authorization: [removed]"),
        ("Why not? Because.", "Why not? Because."),
        ("/strategie/stelle/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/", "/strategie/stelle/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/"),
        ("/kommunen/bad-berleburg-am-rothaarsteig/", "/kommunen/bad-berleburg-am-rothaarsteig/"),
    ],
)  # fmt: skip
def test_text_loses_what_is_private_and_keeps_the_rest(text: str, clean: str) -> None:
    assert redact_text(text) == clean


def test_values_under_a_secret_name_are_removed_however_deep() -> None:
    line = redact(None, "info", {"headers": {"Cookie": "a", "Accept": "b"}, "list": [{"password": "c"}], "count": 3})

    assert line == {"headers": {"Cookie": "[removed]", "Accept": "b"}, "list": [{"password": "[removed]"}], "count": 3}


def raised(error: Exception) -> str:
    try:
        raise error
    except type(error):
        return format_exception(sys.exc_info())


def test_message_of_an_error_about_the_program_is_kept_and_that_of_others_is_not() -> None:
    assert "no attribute 'x'" in raised(AttributeError("no attribute 'x'"))
    assert "Anna" not in raised(ValueError("Anna"))
