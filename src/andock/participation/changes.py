"""Where a text was changed for what people said: read from the address of the passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from andock.kernel.modules import passages
from andock.local_strategies.addresses import IDENTITY, LocalPassage, passage_at
from andock.strategy.queries import version_labelled, wordings_of

from .services.answering import Unfit

if TYPE_CHECKING:
    from andock.local_strategies.models import Version
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition

PERMALINK = re.compile(rf"^(?:/[-a-z]+)?/strategie/stelle/({IDENTITY})/?$")
NUMBERED = re.compile(r"^(?:/[-a-z]+)?/strategie/auflagen/(\d+)/([^/]+)/?$")


@dataclass(frozen=True, slots=True)
class Change:
    """A passage as an edition or a local version has it; nothing where no text was changed."""

    element_id: UUID | None = None
    edition: Edition | None = None
    version: Version | None = None
    own_passage: UUID | None = None

    def columns(self) -> dict[str, Any]:
        """As a response keeps it."""
        return {
            "element_id": self.element_id, "edition": self.edition, "version": self.version, "own_passage": self.own_passage,
        }  # fmt: skip


def local_change(found: LocalPassage) -> Change:
    if found.is_own:
        return Change(version=found.version, own_passage=found.identity)
    return Change(found.identity, version=found.version)


def change_at(address: str, office: Organisation | None = None) -> Change:
    """The passage at an address of this site: its permalink, or its number in an edition. Raises ``Unfit``.

    Where an ``office`` says what it changed: also a passage of a local strategy, and one at a tool's own address
    (``passages`` in a manifest).
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        parts = urlsplit("")
    path = parts.path
    if office and (found_there := _beyond_the_framework(path, parts.fragment, office)):
        return found_there
    if match := NUMBERED.search(path):
        found = version_labelled(int(match[1]), match[2])
        if found:
            return Change(found.element_id, found.edition)
    elif match := PERMALINK.search(path):
        newest = wordings_of(UUID(match[1])).first()
        if newest:
            return Change(newest.element_id, newest.edition)
    raise Unfit(
        _("“%s” is no passage of the strategy. Open the passage, and copy the address from the top of the browser.")
        % address[:120]
    )


def _beyond_the_framework(path: str, fragment: str, office: Organisation) -> Change | None:
    if local := passage_at(path, fragment, office):
        return local_change(local)
    return next(filter(None, (passage(path) for passage in passages())), None)
