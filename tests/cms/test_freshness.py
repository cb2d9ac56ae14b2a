"""Publishing tells the page cache exactly what readers see anew."""

from __future__ import annotations

import pytest

from andock.accounts.models import User
from andock.cms.models import LegalPage, NewsPage
from andock.kernel.pagecache.models import Version

pytestmark = pytest.mark.django_db


def stamps() -> dict[str, int]:
    return dict(Version.objects.values_list("scope", "stamp"))


def changed(before: dict[str, int]) -> set[str]:
    after = stamps()
    return {scope for scope in after if after[scope] != before.get(scope)}


@pytest.mark.usefixtures("news")
def test_published_news_concern_pages_only(editor: User) -> None:
    page, before = NewsPage.objects.first(), stamps()

    page.save_revision(user=editor).publish()

    assert changed(before) == {"pages"}


@pytest.mark.usefixtures("pages")
def test_published_page_may_stand_in_every_frame(editor: User) -> None:
    page, before = LegalPage.objects.first(), stamps()

    page.save_revision(user=editor).publish()

    assert changed(before) == {"pages", "site"}


@pytest.mark.usefixtures("pages")
def test_draft_shows_readers_nothing(editor: User) -> None:
    page, before = LegalPage.objects.first(), stamps()

    page.save_revision(user=editor)

    assert changed(before) == set()


@pytest.mark.usefixtures("pages")
def test_deleted_page_vanishes_from_every_frame() -> None:
    page, before = LegalPage.objects.first(), stamps()

    page.delete()

    assert "site" in changed(before)
