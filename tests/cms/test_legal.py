"""Going public: red while a legal page is missing or unfinished."""

from __future__ import annotations

import pytest

from andock.cms.checks import check_legal_pages
from andock.cms.choices import LegalKind
from andock.cms.findings import legal_pages
from andock.cms.models import LegalPage
from andock.cms.page_format import body_of
from andock.cms.tree import start_page

pytestmark = pytest.mark.django_db


def publish(kind: LegalKind, text: str = "Alles ausgefüllt.") -> LegalPage:
    page = LegalPage(title=str(kind.label), slug=kind.value, kind=kind, body=body_of([{"paragraph": text}]))
    return start_page("de").add_child(instance=page)


def ids() -> list[str]:
    return [error.id for error in check_legal_pages(None)]


def test_check_without_pages_names_every_kind() -> None:
    assert ids() == ["cms.E001"] * 4


def test_check_with_all_pages_filled_in_is_green() -> None:
    for kind in LegalKind:
        publish(kind)

    assert ids() == []
    assert all(finding.is_good for finding in legal_pages())


def test_check_with_a_placeholder_left_is_red() -> None:
    for kind in LegalKind:
        publish(kind, "Vertreten durch [[Name]]" if kind == LegalKind.IMPRINT else "Fertig.")

    assert ids() == ["cms.E002"]
    assert [finding.is_good for finding in legal_pages()] == [False, True, True, True]


def test_check_with_a_page_taken_down_is_red() -> None:
    for kind in LegalKind:
        page = publish(kind)
    page.unpublish()

    assert ids() == ["cms.E001"]


@pytest.mark.usefixtures("pages")
def test_shipped_pages_wait_for_their_operator() -> None:
    assert ids() == ["cms.E002"] * 4
