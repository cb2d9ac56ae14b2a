"""Every answer carries the security headers: pages, files, errors, redirects, data."""

import pytest
from django.test import Client

from tests.factories.organisations import municipality, region

pytestmark = pytest.mark.django_db
HEADERS = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
)
ANSWERS = {
    "/": 200,
    "/kommunen/nirgends/": 404,
    "/kommunen": 301,
    "/karte/kommunen.geojson": 200,
    "/healthz": 200,
    "/media/nirgends.png": 404,
    "/static/nirgends.css": 404,
    "/static/portal/map.js": 200,
    "/robots.txt": 200,
    "/konto/": 302,
    "/redaktion/": 302,
}


@pytest.mark.parametrize("address", ANSWERS)
def test_answer_carries_every_header(settings, address: str) -> None:
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    region()
    municipality("Olpe")

    answer = Client(raise_request_exception=False).get(address)

    answer.close()
    assert answer.status_code == ANSWERS[address]
    assert not [name for name in HEADERS if name not in answer.headers]
    assert "frame-ancestors" in answer.headers["Content-Security-Policy"]


def test_form_refused_and_unknown_host_carry_them_too() -> None:
    strict = Client(enforce_csrf_checks=True)

    for answer, code in ((strict.post("/konto/anmelden/"), 403), (strict.get("/", headers={"host": "x.example"}), 400)):
        assert answer.status_code == code
        assert not [name for name in HEADERS if name not in answer.headers]
