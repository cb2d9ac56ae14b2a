"""What new events start from: a handful of kinds with what usually belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from .choices import Attendance, Door, EventKind, Format

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Pattern:
    """Columns of the event, seats by way to attend, and the hours before it at which people are reminded."""

    label: str | Promise
    hint: str | Promise
    columns: Mapping[str, Any]
    seats: Mapping[str, int] = field(default_factory=dict)
    reminders: tuple[int, ...] = ()


PATTERNS: dict[str, Pattern] = {
    "evening": Pattern(
        _("Evening in the town hall"), _("On site, 60 seats, waiting list, reminder a day before"),
        {"kind": EventKind.TALK, "format": Format.ON_SITE, "door": Door.HERE},
        {Attendance.ROOM: 60}, (24,),
    ),
    "online": Pattern(
        _("Online event"), _("Any number of people; the link only for those who confirmed; reminders a day and an hour before"),
        {"kind": EventKind.EXCHANGE, "format": Format.ONLINE, "door": Door.HERE, "asks_access": True},
        reminders=(24, 1),
    ),
    "conference": Pattern(
        _("Conference"), _("On site and online, 100 seats in the room, catering is asked, reminders a week and a day before"),
        {"kind": EventKind.CONFERENCE, "format": Format.HYBRID, "door": Door.HERE, "asks_catering": True},
        {Attendance.ROOM: 100}, (168, 24),
    ),
    "workshop": Pattern(
        _("Workshop"), _("On site, 20 seats, you accept each registration yourself"),
        {"kind": EventKind.WORKSHOP, "format": Format.ON_SITE, "door": Door.HERE, "needs_approval": True},
        {Attendance.ROOM: 20}, (48,),
    ),
    "tour": Pattern(
        _("Guided tour"), _("On site, 15 seats, two for each registration"),
        {"kind": EventKind.GUIDED_TOUR, "format": Format.ON_SITE, "door": Door.HERE, "seats_each": 2},
        {Attendance.ROOM: 15}, (24,),
    ),
    "date": Pattern(
        _("A date only"), _("Committee meeting, deadline or milestone: listed, nobody registers"),
        {"kind": EventKind.MILESTONE, "format": Format.UNKNOWN, "door": Door.NONE},
    ),
}  # fmt: skip
