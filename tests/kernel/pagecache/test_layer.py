"""Who gets a kept page, who never does, and that nobody can tell the difference."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import brotli
import pytest
from csp.constants import NONCE
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.models import Term

from . import site
from .conftest import Browser


def publish(label: str, *scopes: str) -> None:
    with public_transaction():
        Term.objects.update(labels={"de": label})
        bump(*(scopes or ("terms",)))


def test_page_asked_twice_is_rendered_once(browser: Browser, rendered: list[str]) -> None:
    first, second = browser.get("/seite/"), browser.get("/seite/")

    assert rendered == ["/seite/"]
    assert first == second
    assert "Klima" in first.body.decode()


def test_kept_page_has_every_header_of_a_rendered_one(browser: Browser) -> None:
    kept = (browser.get("/seite/"), browser.get("/seite/"))[1]
    publish("Klima")

    assert browser.get("/seite/").headers == kept.headers
    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "X-Frame-Options",
        "Permissions-Policy",
    ):
        assert name in kept
    assert kept["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert kept["Vary"] == "Accept-Encoding, Cookie, HX-Request"


def test_change_of_scope_shows_at_next_request(browser: Browser) -> None:
    browser.get("/seite/")

    publish("Wetter")

    assert "Wetter" in browser.get("/seite/").body.decode()


def test_change_of_site_scope_shows_on_every_page(browser: Browser) -> None:
    browser.get("/ort/olpe/")

    publish("Wetter", "site")

    assert "Wetter" in browser.get("/ort/olpe/").body.decode()


def test_change_of_other_scope_keeps_page(browser: Browser, rendered: list[str]) -> None:
    browser.get("/ort/olpe/")

    publish("Wetter", "term:soest")
    browser.get("/ort/olpe/")

    assert rendered == ["/ort/olpe/"]


def test_change_rolled_back_keeps_page(browser: Browser, rendered: list[str]) -> None:
    browser.get("/seite/")

    with pytest.raises(ZeroDivisionError), public_transaction():  # noqa: PT012
        bump("terms")
        1 / 0  # noqa: B018
    browser.get("/seite/")

    assert rendered == ["/seite/"]


def test_change_during_rendering_is_not_kept_as_fresh(browser: Browser, rendered: list[str]) -> None:
    site.while_rendering.append(lambda: publish("Wetter"))
    assert "Klima" in browser.get("/seite/").body.decode()
    site.while_rendering.clear()

    assert "Wetter" in browser.get("/seite/").body.decode()
    assert len(rendered) == 2


def test_deadline_passed_is_rendered_anew(browser: Browser, rendered: list[str]) -> None:
    site.deadlines.append("2025-06-15T18:00:00+02:00")
    deadline = datetime(2025, 6, 15, 18, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()
    browser.now = deadline - 60
    browser.get("/frist/")

    browser.now = deadline - 0.001
    browser.get("/frist/")
    assert len(rendered) == 1

    browser.now = deadline
    browser.get("/frist/")
    assert len(rendered) == 2


@pytest.mark.parametrize("day", ["2025-03-30", "2025-06-15", "2025-10-26", "2025-12-31"])
def test_midnight_in_the_region_ends_every_page(browser: Browser, rendered: list[str], day: str) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    browser.now = datetime.fromisoformat(f"{day}T00:00:01").replace(tzinfo=berlin).timestamp()
    browser.get("/seite/")
    browser.now = datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=berlin).timestamp()
    browser.get("/seite/")
    assert len(rendered) == 1

    browser.now += 1
    browser.get("/seite/")
    assert len(rendered) == 2


def test_two_people_never_see_each_others_page(browser: Browser) -> None:
    assert "nobody" in browser.get("/name/").body.decode()

    anna = browser.get("/name/", cookie="sessionid=anna")
    boris = browser.get("/name/", cookie="csrftoken=x; sessionid=boris")

    assert "name: anna" in anna.body.decode()
    assert "name: boris" in boris.body.decode()
    assert anna["Cache-Control"] == boris["Cache-Control"] == "private, no-store"
    assert "nobody" in browser.get("/name/").body.decode()


@pytest.mark.parametrize("headers", [{"cookie": "messages=x"}, {"authorization": "Basic eA=="}])
def test_personal_request_bypasses(browser: Browser, rendered: list[str], headers: dict[str, str]) -> None:
    browser.get("/seite/")

    assert browser.get("/seite/", **headers)["Cache-Control"] == "private, no-store"
    assert len(rendered) == 2


def test_foreign_cookie_does_not_bypass(browser: Browser, rendered: list[str]) -> None:
    browser.get("/seite/")
    browser.get("/seite/", cookie="csrftoken=abc; django_language=en")

    assert len(rendered) == 1


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:8000@evil.example", "localhost:99", "LOCALHOST:8000", "localhost.:8000", ""]
)
def test_poisoned_host_neither_hits_nor_is_kept(browser: Browser, host: str) -> None:
    browser.get("/seite/", host=host)
    assert len(browser.app.store) == 0

    browser.get("/seite/")
    poisoned = browser.get("/seite/", host=host)
    assert (
        poisoned.status == 400 or host.lower().removesuffix(":8000").removesuffix(".") in poisoned.body.decode().lower()
    )
    assert len(browser.app.store) == 1


def test_forwarded_host_is_not_believed(browser: Browser) -> None:
    browser.get("/seite/", x_forwarded_host="evil.example")

    assert "evil" not in browser.get("/seite/").body.decode()


@pytest.mark.parametrize(
    ("query", "times"),
    [("von=1&bis=3", 1), ("von=1&von=2", 2), ("utm_source=x", 2), ("von=1&x=2", 2), ("von=" + "1" * 300, 2)],
)
def test_only_listed_query_keys_are_kept(browser: Browser, rendered: list[str], query: str, times: int) -> None:
    first, second = browser.get(f"/seite/?{query}"), browser.get(f"/seite/?{query}")

    assert len(rendered) == times
    assert first == second


def test_queries_are_told_apart(browser: Browser) -> None:
    assert browser.get("/seite/?von=1").body != browser.get("/seite/?von=2").body


def test_languages_are_told_apart_by_path_alone(browser: Browser, rendered: list[str]) -> None:
    german, english = browser.get("/seite/", accept_language="en"), browser.get("/en/seite/")

    assert german.body.startswith(b"de ")
    assert english.body.startswith(b"en ")
    assert (german["Content-Language"], english["Content-Language"]) == ("de", "en")
    assert browser.get("/seite/", accept_language="de") == german
    assert len(rendered) == 2


def test_htmx_fragment_is_told_apart(browser: Browser) -> None:
    assert "htmx=None" in browser.get("/seite/").body.decode()
    assert "htmx=true" in browser.get("/seite/", hx_request="true").body.decode()
    assert "htmx=None" in browser.get("/seite/").body.decode()


@pytest.mark.parametrize(
    "headers", [{"hx_boosted": "true"}, {"hx_history_restore_request": "true"}, {"hx_request": "yes"}]
)
def test_other_htmx_requests_bypass(browser: Browser, rendered: list[str], headers: dict[str, str]) -> None:
    for _time in range(2):
        browser.get("/seite/", **headers)

    assert len(rendered) == 2


def test_every_encoding_holds_the_same_page(browser: Browser, rendered: list[str]) -> None:
    plain = browser.get("/seite/")
    packed = browser.get("/seite/", accept_encoding="gzip, deflate")
    best = browser.get("/seite/", accept_encoding="gzip, deflate, br, zstd")

    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.body) == brotli.decompress(best.body) == plain.body
    assert (packed["Content-Encoding"], best["Content-Encoding"]) == ("gzip", "br")
    assert [int(answer["Content-Length"]) for answer in (plain, packed, best)] == [
        len(answer.body) for answer in (plain, packed, best)
    ]
    assert len(rendered) == 1
    assert browser.get("/seite/", accept_encoding="br;q=0, gzip") == packed


@pytest.mark.parametrize("kept", [False, True], ids=["cold", "warm"])
def test_head_has_headers_of_get_and_no_body(browser: Browser, kept: bool) -> None:
    if kept:
        browser.get("/seite/", accept_encoding="br")

    head = browser.get("/seite/", method="HEAD", accept_encoding="br")

    assert head.body == b""
    assert head.headers == browser.get("/seite/", accept_encoding="br").headers


@pytest.mark.parametrize("kept", [False, True], ids=["cold", "warm"])
def test_reader_who_has_this_very_page_gets_304(browser: Browser, kept: bool) -> None:
    etag = browser.get("/seite/")["ETag"]
    if not kept:
        publish("Klima")

    answer = browser.get("/seite/", if_none_match=f'"other", {etag}')

    assert (answer.status, answer.body) == (304, b"")
    assert answer["ETag"] == etag
    assert "Content-Length" not in answer


def test_reader_who_has_an_old_page_gets_the_new_one(browser: Browser) -> None:
    etag = browser.get("/seite/")["ETag"]
    publish("Wetter")

    answer = browser.get("/seite/", if_none_match=etag)

    assert answer.status == 200
    assert answer["ETag"] != etag


@pytest.mark.parametrize("path", ["/token/", "/cookie/", "/nonce/"])
def test_page_with_something_personal_is_never_kept(
    browser: Browser, rendered: list[str], settings: Any, path: str
) -> None:
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": ["'self'", NONCE]}}

    answers = [browser.get(path) for _time in range(2)]

    assert len(rendered) == 2
    assert answers[0]["Cache-Control"] == "private, no-store"
    assert len(browser.app.store) == 0


@pytest.mark.parametrize("path", ["/weg/", "/strom/", "/ohne/"])
def test_other_answers_are_never_kept(browser: Browser, rendered: list[str], path: str) -> None:
    for _time in range(2):
        assert "Klima" in browser.get(path).body.decode()

    assert len(rendered) == 2
    assert len(browser.app.store) == 0


def test_post_is_never_answered_from_a_kept_page(browser: Browser, rendered: list[str]) -> None:
    browser.get("/seite/")
    answer = browser.get("/seite/", method="POST")

    assert len(rendered) == 2
    assert answer["Cache-Control"] == "private, no-store"


@contextmanager
def inside_a_transaction() -> Iterator[None]:
    """As Django's own test client does: a request that begins must not drop the connection of the transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def test_page_rendered_inside_a_transaction_is_not_kept(browser: Browser) -> None:
    with inside_a_transaction():
        browser.get("/seite/")

    assert len(browser.app.store) == 0


def test_database_without_answer_leaves_the_page_to_django(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.get("/seite/")
    monkeypatch.setattr(browser.app.versions, "read", lambda _scopes: None)

    assert browser.get("/seite/").status == 200
    assert len(site.rendered) == 2


def test_part_of_pages_is_made_once_until_its_scope_changes(browser: Browser, made: list[str]) -> None:
    first, second = browser.get("/teil/eins/").body, browser.get("/teil/zwei/").body
    assert (first, second, made) == (b"Klima", b"Klima", ["Klima"])

    publish("Wetter")

    assert browser.get("/teil/drei/").body == b"Wetter"
    assert made == ["Klima", "Wetter"]


def test_part_of_pages_is_made_anew_for_another_language(browser: Browser, made: list[str]) -> None:
    browser.get("/teil/eins/")
    browser.get("/en/teil/zwei/")

    assert made == ["Klima"] * 2


def test_part_of_pages_made_inside_a_transaction_is_not_kept(browser: Browser, made: list[str]) -> None:
    with inside_a_transaction():
        browser.get("/teil/eins/")
    browser.get("/teil/zwei/")

    assert made == ["Klima"] * 2
