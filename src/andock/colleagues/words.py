"""What a region calls its learning groups and what belongs to them; plain words where it has none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from andock.organisations.models import Region


def words(region: Region | None = None) -> dict[str, str]:
    """By the keys of the labels in ``region.yaml``; ``school`` is empty where nothing stands above the groups."""
    region = region or the_region()
    plain = {
        "school": "", "group": _("Learning group"), "groups": _("Learning groups"), "meetings": _("Meetings"),
        "board": _("Board"), "collection": _("Solutions"),
    }  # fmt: skip
    return {key: (region.label(key) if region else "") or word for key, word in plain.items()}
