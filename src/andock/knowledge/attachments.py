"""What of the knowledge hangs on passages of the strategy: whoever withdraws or divides one is told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .queries import solutions_serving_any

if TYPE_CHECKING:
    from collections.abc import Collection


def attached(identities: Collection[str]) -> dict[str, list[str]]:
    """The published solutions that serve these passages, in words people know them by."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for element_id, solution in solutions_serving_any(identities):
        words = {"title": solution.title, "owner": solution.organisation.name}
        found[element_id].append(_("Solution “%(title)s” (%(owner)s)") % words)
    return dict(found)
