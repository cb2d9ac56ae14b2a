"""The words of a digest: what is followed as headings, below each what is new, every piece with its link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andock.notifications.links import unlinked
from andock.search.answers import localised
from andock.search.source import kinds
from andock.search.words import tongue

from .addresses import link_to_mine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .matching import Group, Line
    from .models import Follower

MOST_LINES = 20
"""So many lines a thing has; the page shows the others."""


def subject(groups: Sequence[Group]) -> str:
    first, others = groups[0].thing.name, len(groups) - 1
    if not others:
        return _("News: %s") % first
    return ngettext("News: %(name)s and one more", "News: %(name)s and %(number)d more", others) % {
        "name": first,
        "number": others,
    }


def blocks(follower: Follower, groups: Sequence[Group]) -> list[str]:
    """The blocks of the mail, in the language that is active."""
    way = f"{_('Change how often we write, or what you follow')}:\n{link_to_mine(follower)}"
    begin = _("this is new on what you follow:")
    return [begin, *(block for group in groups for block in _of_group(group, follower.language)), way]


def _of_group(group: Group, language: str) -> Iterator[str]:
    thing = group.thing
    yield f"{thing.kind.label}: {unlinked(thing.name)}"  # the words of a search are a person's
    yield from (_of_line(line, language) for line in group.lines[:MOST_LINES])
    if (more := len(group.lines) - MOST_LINES) > 0:
        words = ngettext("%d more piece of news is on its page", "%d more pieces of news are on its page", more) % more
        yield f"{words}:\n{settings.ANDOCK_BASE_URL}{thing.url}"


def _of_line(line: Line, language: str) -> str:
    document, known = line.document, kinds()
    kind = known[document.filing.kind].one if document.filing.kind in known else ""
    title = document.title if tongue(document.language) == tongue(language) else _("%s (in German)") % document.title
    words = ", ".join(str(word) for word in (line.what.label, kind) if word)
    return f"{words}: {title}\n{settings.ANDOCK_BASE_URL}{localised(document.url, language)}"
