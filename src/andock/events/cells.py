"""How cells of CSV files with events are read: the same in a region's folder and in what organisers import."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.dates import parse_date

from .timing import in_reach


def moment(text: str) -> datetime:
    """A moment; without an offset it is one of the region's clock."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(_("“%s” is no moment. Write it as 2026-05-04T18:00.") % text) from error
    in_reach(found)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def moment_or_date(text: str) -> datetime | str:
    """A moment, or a date as exactly as it is known."""
    if "T" in text:
        return moment(text)
    found = parse_date(text)
    in_reach(found.earliest, found.latest)
    return found.text


def several(text: str) -> list[str]:
    """Several words in one cell, divided by ; or blanks."""
    return text.replace(";", " ").split()
