"""What of the events hangs on passages of the strategy: whoever takes over an edition without one of them checks it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from . import queries
from .dating import when

if TYPE_CHECKING:
    from collections.abc import Collection


def on_elements(identities: Collection[str]) -> dict[str, list[str]]:
    """The events to come that deal with these passages, by passage, the next first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for element_id, event in queries.coming_about(map(UUID, identities), timezone.localdate()):
        found[element_id].append(_("Event: %(title)s, %(when)s") % {"title": event.title, "when": when(event)})
    return dict(found)
