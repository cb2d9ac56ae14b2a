"""Loading pages and news: once, twice, after an editor was there."""

from __future__ import annotations

from pathlib import Path

import pytest
from wagtail.models import Page

from andock.accounts.models import User
from andock.cms.loader import load_news, load_pages
from andock.cms.models import ContentPage, LegalPage, NewsPage
from andock.cms.page_format import body_of
from andock.organisations.region_folder import Refused, RegionFolder

from .conftest import REGION

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("pages")
def test_loading_twice_changes_nothing() -> None:
    before = list(Page.objects.values_list("pk", "title", "draft_title", "url_path"))

    reports = load_pages(RegionFolder(REGION))

    assert {(report.created, report.changed) for report in reports} == {(0, 0)}
    assert list(Page.objects.values_list("pk", "title", "draft_title", "url_path")) == before


@pytest.mark.usefixtures("news")
def test_changed_file_changes_the_page(news_folder: RegionFolder) -> None:
    path = news_folder.path / "news.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Es geht los.", "Es ging los."), encoding="utf-8")

    report = load_news(news_folder)

    assert (report.created, report.changed) == (0, 1)
    assert NewsPage.objects.get(slug="olpe-faengt-an").intro == "Es ging los."


@pytest.mark.usefixtures("pages")
def test_page_edited_on_the_site_stays(editor: User) -> None:
    page = LegalPage.objects.get(kind="imprint", locale__language_code="de")
    page.title = "Impressum der Agentur"
    page.save_revision(user=editor).publish()

    reports = load_pages(RegionFolder(REGION))

    assert LegalPage.objects.get(pk=page.pk).title == "Impressum der Agentur"
    assert any("Impressum der Agentur" in note for report in reports for note in report.notes)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("key: a\nlegal: unsinn\ntranslations: {de: {title: A, body: []}}", "unsinn"),
        ("key: a\ntranslations: {de: {body: []}}", "title"),
        ("key: a\ntranslations: {de: {title: A, body: [{script: x}]}}", "script"),
        ("key: a\ntranslations: {de: {title: A, body: [{call: {text: x, address: 'javascript:x'}}]}}", "https://"),
    ],
)
def test_bad_page_is_refused_with_file_and_reason(agency, tmp_path: Path, file: str, reason: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.yaml").write_text(file, encoding="utf-8")

    with pytest.raises(Refused) as refused:
        load_pages(RegionFolder(tmp_path))

    assert "pages/a.yaml" in str(refused.value)
    assert reason in str(refused.value)
    assert not ContentPage.objects.exists()


def test_line_break_in_a_paragraph_is_closed_for_the_editor() -> None:
    [block] = body_of([{"paragraph": "eins<br>zwei"}])

    assert block["value"] == "<p>eins<br/>zwei</p>"


def test_news_with_a_hostile_source_is_refused(agency, tmp_path: Path) -> None:
    (tmp_path / "news.yaml").write_text('- {date: "2025", title: A, text: B, source: "javascript:alert(1)"}', "utf-8")

    with pytest.raises(Refused, match=r"news\.yaml"):
        load_news(RegionFolder(tmp_path))

    assert not NewsPage.objects.exists()
