"""An issue as a mail: its sections as they were written, each with its link, and the way to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .models import Issue


def blocks(issue: Issue) -> list[str]:
    """In the language that is active, which is the reader's; the sections are in the editors'."""
    found = [block for section in issue.sections for block in _of_section(section)]
    if issue.number:
        page = settings.ANDOCK_BASE_URL + reverse("newsletter:issue", args=[issue.number])
        found.append(f"{_('Read this issue on the site')}:\n{page}")
    return found


def _of_section(section: Mapping[str, str]) -> Iterator[str]:
    yield from filter(None, (section.get("title"), section.get("text")))
    if url := section.get("url"):
        yield f"{_('Read more')}:\n{absolute(url)}"


def absolute(url: str) -> str:
    """An address as it stands in a mail."""
    return settings.ANDOCK_BASE_URL + url if url.startswith("/") else url
