"""Where a wording comes from, in the words that stand above it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def origin(since: str, here: str) -> str:
    """Since which edition a passage belongs to the strategy; both are labels of editions."""
    if since == here:
        return _("Region, new in the %(edition)s") % {"edition": here}
    return _("Region, since the %(edition)s") % {"edition": since}
