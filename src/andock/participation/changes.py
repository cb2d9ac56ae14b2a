"""Where a text was changed for what people said: read from the address of the passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from andock.strategy.queries import version_labelled, wordings_of

from .services.answering import Unfit

if TYPE_CHECKING:
    from andock.strategy.models import Edition

UUID_TEXT = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PERMALINK = re.compile(rf"/strategie/stelle/({UUID_TEXT})/?$")
NUMBERED = re.compile(r"/strategie/auflagen/(\d+)/([^/]+)/?$")


@dataclass(frozen=True, slots=True)
class Change:
    """A passage as an edition has it; nothing where no text was changed."""

    element_id: UUID | None = None
    edition: Edition | None = None

    def columns(self) -> dict[str, Any]:
        """As a response keeps it."""
        return {"element_id": self.element_id, "edition": self.edition}


def change_at(address: str) -> Change:
    """The passage at an address of this site: its permalink, or its number in an edition. Raises ``Unfit``."""
    path = urlsplit(address.strip()).path
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
