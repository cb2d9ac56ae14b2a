"""Paper for an event as tagged PDF: the list at the door, name badges, certificates of attendance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andock.design.drawing import drawn

from .dating import when
from .places import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import Event, Registration

FOLDER = Path(__file__).parent / "typst"


def list_pdf(event: Event, registrations: Iterable[Registration]) -> bytes:
    """Everybody expected, with a box to tick for each seat."""
    registrations = list(registrations)
    people = [
        {
            "name": one.name, "companions": ", ".join(one.companions), "code": one.code, "seats": one.seats,
            "way": one.allotment.get_attendance_display(), "note": " · ".join(filter(None, (one.access_needs, one.note))),
        }
        for one in registrations
    ]  # fmt: skip
    seats = sum(one.seats for one in registrations)
    words = {
        "title": _("List of participants"), "name": _("Name"), "code": _("Code"), "seats": _("Seats"), "way": _("Way to attend"),
        "note": _("Needs and notes"), "came": _("Here"), "nobody": _("Nobody is registered yet."),
        "sum": ngettext("%d person is registered.", "%d people are registered.", seats) % seats,
        "private": _("This list holds personal data. Destroy it after the event."),
    }  # fmt: skip
    return drawn(FOLDER / "list.typ", _about(event) | {"people": people, "words": _words() | words})


def badges_pdf(event: Event, names: list[str]) -> bytes:
    """Badges of 90 × 54 mm to cut out, ten on a page."""
    words = {"title": _("Name badges"), "nobody": _("Nobody is registered yet.")}
    return drawn(FOLDER / "badges.typ", _about(event) | {"names": names, "words": _words() | words})


def certificates_pdf(event: Event, names: list[str], *, crest: bytes = b"") -> bytes:
    """One page for each person who came. ``crest`` is a PNG."""
    about = _about(event)
    words = {
        "title": _("Certificate of attendance"), "crest": _("Crest of %s") % event.organisation,
        "took_part": _("took part in this event:"), "signature": _("Place, date, signature"),
        "held_by": _("Held by: %s") % (event.host or about["organisation"]),
    }  # fmt: skip
    return drawn(FOLDER / "certificate.typ", about | {"names": names, "crest": list(crest), "words": _words() | words})


def names_of(registrations: Iterable[Registration]) -> list[str]:
    """Everybody whose name is known, the companions too."""
    return [name for one in registrations for name in [one.name, *one.companions][: one.seats] if name]


def names_of_those_who_came(registrations: Iterable[Registration], seats: dict[Any, set[int]]) -> list[str]:
    """Those of them whose own seat was taken at the door."""
    return [
        name
        for one in registrations
        for seat, name in enumerate([one.name, *one.companions])
        if name and seat in seats.get(one.pk, ())
    ]


def _about(event: Event) -> dict[str, Any]:
    organisation = event.organisation.official_name or event.organisation.name
    return {"event": event.title, "organisation": organisation, "when": str(when(event)), "where": address(event)}


def _words() -> dict[str, str]:
    return {"page": _("page"), "of": _("of"), "site": settings.ANDOCK_BASE_URL}
