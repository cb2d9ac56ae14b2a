"""Feeds, and the page that stands in frames on other sites."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.cast import Cast
from tests.factories.participation import NOW, held, process, said

from .test_table import desk, page

__all__ = ["desk"]

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return [entry.findtext(f"{ATOM}title") or "" for entry in ET.fromstring(answer.content).iter(f"{ATOM}entry")]  # noqa: S314  our own


def test_feed_of_processes_has_the_latest_first_and_no_draft(cast: Cast, client: Client) -> None:
    process(cast.olpe, title="Alt", published_at=NOW - timedelta(days=3))
    process(cast.olpe, title="Neu")
    process(cast.olpe, title="Entwurf", publication="draft")

    assert entries(client, "/beteiligung/neu.atom") == ["Neu", "Alt"]


def test_feed_of_a_process_has_its_public_contributions(cast: Cast, client: Client) -> None:
    made = process(cast.olpe)
    said(made, "Mehr Bänke.", title="Bänke")
    said(made, "Mehr Licht.", about="2.1 Ufer", now=NOW + timedelta(hours=1))
    held(made, title="Wartet")
    said(process(cast.olpe), title="Woanders")

    assert entries(client, f"/beteiligung/{made.slug}/neu.atom") == ["Idee: 2.1 Ufer", "Bänke"]


def test_text_of_people_is_no_markup_in_a_feed(cast: Cast, client: Client) -> None:
    made = process(cast.olpe)
    said(made, "<script>alert(1)</script>")

    assert "&lt;script&gt;" not in client.get(f"/beteiligung/{made.slug}/neu.atom").content.decode().replace(
        "&amp;lt;", ""
    )


# --- in a frame -------------------------------------------------------------------------------------------------------
def test_only_this_page_may_stand_in_a_frame(cast: Cast, client: Client) -> None:
    made = process(cast.olpe)

    framed, page_itself = (client.get(f"/beteiligung/{made.slug}/{path}") for path in ("einbetten/", ""))

    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "script-src 'self'" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in page_itself["Content-Security-Policy"]
    assert page_itself["X-Frame-Options"] == "DENY"


def test_frame_says_what_runs_and_leads_out_of_the_frame(cast: Cast, client: Client) -> None:
    made = process(cast.olpe, starts=timezone.now() - timedelta(days=1))

    text = client.get(f"/beteiligung/{made.slug}/einbetten/").content.decode()

    assert "Grün am Fluss" in text
    assert f'/beteiligung/{made.slug}/" target="_top">Mitmachen</a>' in text
    assert "<form" not in text
    assert "<script" not in text


def test_frame_sets_no_cookie_and_knows_nobody(cast: Cast, client: Client, desk: Client) -> None:
    made = process(cast.olpe)
    said(made, "Von Ada.")

    own, strangers = (
        desk.get(f"/beteiligung/{made.slug}/einbetten/"),
        Client().get(f"/beteiligung/{made.slug}/einbetten/"),
    )

    assert not strangers.cookies
    assert own.content == strangers.content
    assert "Von Ada" not in own.content.decode()


def test_desk_gives_the_lines_for_the_own_website(cast: Cast, desk: Client) -> None:
    made = process(cast.olpe)

    text = desk.get(page(made).replace("tabelle/", "")).content.decode()

    assert f"/beteiligung/{made.slug}/einbetten/&quot;" in text or f'/beteiligung/{made.slug}/einbetten/"' in text
    assert "&lt;iframe" in text
