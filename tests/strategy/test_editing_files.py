"""Editions come in from files and go out into them; a wrong file writes nothing."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from andock.accounts.models import User
from andock.strategy.exchange import dump
from andock.strategy.models import Edition, Framework
from tests.factories.strategy import document, element, identity
from tests.strategy.editing import draft, order
from tests.strategy.test_editing_pages import address, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def edition(framework: Framework, editor: User) -> Edition:
    return draft(framework, editor)


def upload(client: Client, content: object, **fields: str) -> tuple[int, str]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    answer = client.post(
        reverse("strategy:edit_import"), {"file": SimpleUploadedFile("auflage.json", raw)} | fields, follow=True
    )
    return answer.status_code, answer.content.decode()


def test_exported_draft_is_imported_again(desk: Client, edition: Edition) -> None:
    exported = desk.get(address("edit_export", edition)).content
    desk.post(address("edit_delete", edition))

    status, _html = upload(desk, exported)

    assert status == 200
    assert order(Edition.objects.get(ordinal=2)) == ["g1", "g2", ".m1", ".m2"]


def test_wrong_file_lists_every_problem_with_its_place_and_writes_nothing(desk: Client, framework: Framework) -> None:
    wrong = dump(document(element("g1"), element("g2"), ordinal=3))
    wrong["elements"][0] |= {"title": "", "type": "poem"}
    wrong["elements"][1] |= {"parent": identity("nobody")}

    status, html = upload(desk, wrong)

    assert status == 409
    for place in ("elements[0].title", "elements[0].type", "elements[1].parent"):
        assert f"<code>{place}</code>" in html
    assert not Edition.objects.exists()


def damaged(**changes: object) -> dict:
    return dump(document(element("g1"), ordinal=3)) | changes


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"no json",
        b"[" * 100_000,
        [],
        damaged(framework="fremd"),
        damaged(label="x" * 81),
        damaged(note="\x00"),
        damaged(note="\ud800"),
        damaged(lineage=[{"kind": "withdrawn", "source": identity("nobody"), "target": None}]),
        damaged(lineage=[{"kind": "withdrawn", "source": identity("g1"), "target": identity("g1")}]),
        damaged(lineage=[{"kind": "moved"}]),
        damaged(
            elements=dump(document(element("g1"), element("g2")))["elements"],
            lineage=[
                {"kind": "replaced", "source": identity(one), "target": identity(other), "reason": "Tausch."}
                for one, other in (("g1", "g2"), ("g2", "g1"))
            ],
        ),
        damaged(elements=[dump(document(element("g1")))["elements"][0] | {"label": "x" * 21}]),
        damaged(elements=[dump(document(element("g1")))["elements"][0] | {"terms": ["topics/nichts"]}]),
        damaged(
            elements=[
                dump(document(element(f"d{depth}", parent=identity(f"d{depth - 1}") if depth else None)))["elements"][0]
                for depth in range(10)
            ]
        ),
    ],
)
def test_damaged_file_is_refused_with_a_sentence(desk: Client, framework: Framework, content: object) -> None:
    status, html = upload(desk, content)

    assert status == 409
    assert 'role="alert"' in html
    assert not Edition.objects.exists()


def test_file_above_5_mb_is_refused(desk: Client, framework: Framework) -> None:
    status, html = upload(desk, b" " * (5 * 1024 * 1024 + 1))

    assert status == 409
    assert "5 MB" in html
