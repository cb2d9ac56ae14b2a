"""What editors publish shows at once; what they only draft shows nobody."""

from __future__ import annotations

import pytest

from andock.cms import tree
from andock.cms.models import NewsIndexPage, NewsPage
from andock.kernel.pagecache.models import Version

pytestmark = pytest.mark.django_db


def stamps() -> dict[str, int]:
    return dict(Version.objects.values_list("scope", "stamp"))


@pytest.fixture
def draft() -> NewsPage:
    """A piece of news nobody can read yet."""
    start = tree.start_page("de")
    index = start.add_child(instance=NewsIndexPage(title="Neuigkeiten", slug="neuigkeiten", locale=start.locale))
    news = NewsPage(title="Neu", slug="neu", date_text="2025-12", intro="Kurz.", locale=start.locale, live=False)
    news.clean()
    return index.add_child(instance=news)


def test_draft_saved_shows_readers_nothing(draft: NewsPage) -> None:
    before = stamps()

    draft.title = "Neuer"
    draft.save_revision()

    assert stamps() == before


def test_news_published_and_taken_back_changes_the_pages_but_not_the_frame(draft: NewsPage) -> None:
    drafted = stamps()
    draft.save_revision().publish()
    published = stamps()
    NewsPage.objects.get().unpublish()
    taken_back = stamps()

    assert len({drafted["pages"], published["pages"], taken_back["pages"]}) == 3
    assert drafted["site"] == published["site"] == taken_back["site"]


def test_page_of_the_menu_renamed_changes_the_frame(draft: NewsPage) -> None:
    before = stamps()
    index = NewsIndexPage.objects.get()
    index.title = "Aktuelles"

    index.save_revision().publish()

    assert stamps()["site"] != before["site"]


def test_news_deleted_changes_the_pages(draft: NewsPage) -> None:
    before = stamps()

    draft.delete()

    assert stamps()["pages"] != before["pages"]
