"""Registering for several events of a series at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from .. import queries
from ..choices import Attendance, Room
from ..dating import when
from .registration import Asked, RegistrationForm, seats_left, way_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..models import Allotment, Event, Question
    from ..services.registering import Entry


class SeriesForm(RegistrationForm):
    """The dates to come, those with seats ticked; a question that several of them ask is asked once."""

    def __init__(self, *args: Any, events: Sequence[Event], questions: Sequence[Question], **more: Any) -> None:
        self.dates = {str(event.pk): event for event in events}
        self.ways = {pk: queries.allotments_of(event) for pk, event in self.dates.items()}
        self.asked_once = {_wording(question): question for question in reversed(questions)}
        self.questions = questions
        offered = [
            attendance for attendance in Attendance if any(_offers(ways, attendance) for ways in self.ways.values())
        ]
        is_choice = any(len(ways) > 1 for ways in self.ways.values())
        asked = Asked.of(
            events, [question for question in questions if self.asked_once[_wording(question)] is question],
            attendances=[(attendance, attendance.label) for attendance in offered] if is_choice else [],
        )  # fmt: skip
        super().__init__(*args, asked=asked, **more)
        self._ask_for_dates()

    def chosen(self) -> list[tuple[Allotment, Entry]]:
        """The way to attend each date that was ticked, and what was filled in for it."""
        data = self.cleaned_data
        return [
            (_offers(self.ways[pk], data.get("attendance")) or self.ways[pk][0], self._entry(self.dates[pk]))
            for pk in data["dates"]
        ]

    def _entry(self, event: Event) -> Entry:
        own = [question for question in self.questions if question.event_id == event.pk]
        fields = {question.field: self.asked_once[_wording(question)].field for question in own}
        return self.entry(event, self.cleaned_data["email"], fields)

    def _ask_for_dates(self) -> None:
        with_seats = [pk for pk, ways in self.ways.items() if any(_has_seats(way) for way in ways)]
        self.fields["dates"] = forms.MultipleChoiceField(
            label=_("Which dates?"), choices=[(pk, self._date_label(pk)) for pk in self.dates], initial=with_seats,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Please tick at least one date.")},
        )  # fmt: skip
        self.order_fields(["dates"])
        if "attendance" in self.fields:
            self.fields["attendance"].help_text = _("A date that offers one way only is taken that way.")

    def _date_label(self, pk: str) -> str:
        event, ways = self.dates[pk], self.ways[pk]
        left = ", ".join(way_label(way) for way in ways) if len(ways) > 1 else seats_left(ways[0])
        return f"{when(event)}: {event} ({left})"


def _wording(question: Question) -> tuple[Any, ...]:
    return (question.kind, question.label, question.help, tuple(question.options), question.is_required)


def _offers(ways: Sequence[Allotment], attendance: str | None) -> Allotment | None:
    return next((way for way in ways if way.attendance == attendance), None)


def _has_seats(way: Allotment) -> bool:
    return queries.room_of(way) in {Room.FREE, Room.FEW}
