"""Registering for an event, and changing what was filled in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from andock.kernel.text import email_key, without_control_characters

from ..choices import Attendance, QuestionKind, Room
from ..needs import ACCESS, CATERING, as_text, as_ticks
from ..queries import room_of
from ..services.registering import Entry
from .fields import LineField, NameField, NamesField, question_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import Promise

    from ..models import Allotment, Event, Question, Registration

RECORDING = "recording"
"""The key of the consent to be recorded in ``Registration.answers``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for: of one event, or of all events of a series together."""

    organisation: str
    keep_days: int
    seats_each: int
    asks_access: bool
    asks_catering: bool
    is_recorded: bool
    questions: Sequence[Question]
    attendances: Sequence[tuple[str, str]]
    full: frozenset[str] = frozenset()

    @classmethod
    def of(cls, events: Sequence[Event], questions: Sequence[Question], **ways: Any) -> Self:
        return cls(
            organisation=str(events[0].organisation),
            keep_days=max(event.keep_days for event in events),
            seats_each=min(event.seats_each for event in events),
            asks_access=any(event.asks_access for event in events),
            asks_catering=any(event.asks_catering for event in events),
            is_recorded=any(event.is_recorded for event in events),
            questions=questions,
            **ways,
        )

    @classmethod
    def of_event(cls, event: Event, ways: Sequence[Allotment], questions: Sequence[Question]) -> Self:
        attendances = [(way.attendance, way_label(way)) for way in ways]
        return cls.of([event], questions, attendances=attendances, full=_full(ways))


class Ways(forms.RadioSelect):
    """Ways to attend; those without any seat cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **more)
        if value in self.full:
            option["attrs"]["disabled"] = True
        return option


LONGEST_KEY = 254
"""Letters of an address as it is compared."""


class MailField(forms.EmailField):
    """An address, without what could end a header line."""

    def to_python(self, value: Any) -> str:
        return without_control_characters(super().to_python(value) or "").strip()

    def clean(self, value: Any) -> str:
        """Folded for comparison some signs become two, and it must be kept like that, too."""
        found = super().clean(value)
        if len(email_key(found)) > LONGEST_KEY:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class PersonForm(forms.Form):
    """Who comes, with whom, and what the organiser wants to know."""

    name = NameField(
        label=gettext_lazy("Your name"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Please give your name, so that you are found on the list.")},
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Asked, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = asked
        if len(asked.attendances) > 1:
            self.fields["attendance"] = self._attendance()
            self.order_fields(["attendance"])
        if asked.seats_each > 1:
            self.fields |= _seats(asked.seats_each)
        self.fields |= {question.field: question_field(question) for question in asked.questions}
        if asked.asks_access:
            self.fields |= _needs("access", _("What do you need to take part well?"), ACCESS)
        if asked.asks_catering:
            self.fields |= _needs("catering", _("What do you eat?"), CATERING)
        if asked.is_recorded:
            self.fields[RECORDING] = forms.BooleanField(label=recording_text(), required=False)
        self.fields["consent"] = _consent(asked)

    def _attendance(self) -> forms.Field:
        field = forms.ChoiceField(
            label=_("How do you take part?"), choices=self.asked.attendances, widget=Ways,
            error_messages={"required": _("Please choose how you take part.")},
        )  # fmt: skip
        field.widget.full = self.asked.full
        return field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named, seats = len(data.get("companions") or ()), data.get("seats")
        if seats and named >= seats:
            self.add_error("companions", _too_many(named, seats))
        return data

    def entry(self, event: Event, email: str, fields: Mapping[str, str] | None = None) -> Entry:
        """What was filled in, for this event; ``fields`` name the field each of its questions is answered by."""
        data = self.cleaned_data
        fields = {question.field: question.field for question in self.asked.questions} if fields is None else fields
        access = as_text(ACCESS, data.get("access", ()), data.get("access_more", ""))
        catering = as_text(CATERING, data.get("catering", ()), data.get("catering_more", ""))
        return Entry(
            name=data["name"],
            email=email,
            seats=data.get("seats", 1),
            companions=data.get("companions", []),
            answers=self._answers(fields),
            access_needs=access if event.asks_access else "",
            catering_needs=catering if event.asks_catering else "",
            language=get_language() or "de",
            consent=self._consented(),
        )

    def _answers(self, fields: Mapping[str, str]) -> dict[str, Any]:
        found = {question: self.cleaned_data[field] for question, field in fields.items()}
        found[RECORDING] = self.cleaned_data.get(RECORDING)
        return {name: value for name, value in found.items() if value is not False and value not in ("", None, [])}

    def _consented(self) -> str:
        """Every text that was ticked, word by word."""
        questions = [question.field for question in self.asked.questions if question.kind == QuestionKind.CONSENT]
        ticked = [name for name in ("consent", RECORDING, *questions) if self.cleaned_data.get(name)]
        return "\n".join(str(self.fields[name].label) for name in ticked)


class RegistrationForm(PersonForm):
    """Somebody registers. ``key`` and ``work`` are hidden, see ``form_key``."""

    email = MailField(
        label=gettext_lazy("E-mail address"), max_length=254,
        help_text=gettext_lazy("The link to confirm goes there. You also change and cancel with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Please give your e-mail address: the link to confirm goes there."),
            "invalid": gettext_lazy("This is not a complete e-mail address, for example name@example.org."),
        },
    )  # fmt: skip
    key = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    work = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def count_seats(self, ways: Sequence[Allotment]) -> None:
        """Say at each way to attend how many seats are free now."""
        field = self.fields.get("attendance")
        if isinstance(field, forms.ChoiceField):
            field.choices = [(way.attendance, way_label(way)) for way in ways]
            field.widget.full = _full(ways)

    def anew(self, key: str) -> None:
        """Give the form another key: the one it came with has served."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["key"], data["work"] = key, ""
        self.data = data


class ChangeForm(PersonForm):
    """Somebody changes what they filled in. The address stays: it is what was confirmed; so do seats and way they have."""

    def __init__(self, *args: Any, asked: Asked, registration: Registration, **more: Any) -> None:
        asked = replace(
            asked, seats_each=max(asked.seats_each, registration.seats),
            full=asked.full - {registration.allotment.attendance},
        )  # fmt: skip
        super().__init__(*args, asked=asked, initial=_filled_in(registration), **more)


def _full(ways: Sequence[Allotment]) -> frozenset[str]:
    return frozenset(way.attendance for way in ways if room_of(way) == Room.FULL)


def way_label(way: Allotment) -> str:
    """A way to attend with the exact number of free seats."""
    return f"{Attendance(way.attendance).label}: {seats_left(way)}"


def seats_left(way: Allotment) -> str:
    """How many seats are free, to the seat."""
    match room_of(way):
        case Room.FULL:
            return _("fully booked")
        case Room.WAITING_LIST:
            return _("waiting list, all seats are taken") if not way.waiting else _waiting(way.waiting)
    if way.free is None:
        return _("seats for everybody")
    return _("one seat free") if way.free == 1 else _("%d seats free") % way.free


def _waiting(number: int) -> str:
    return (
        _("waiting list, one registration before you")
        if number == 1
        else _("waiting list, %d registrations before you") % number
    )


def consent_text(asked: Asked) -> str:
    """What everybody who registers agrees to."""
    return _(
        "%(organisation)s may use what I fill in for this event and write to me about it. It is deleted %(days)d days "
        "after the event. I can have it deleted at any time before that."
    ) % {"organisation": asked.organisation, "days": asked.keep_days}


def recording_text() -> str:
    return _("I agree to be seen and heard in the recording of this event.")


def _consent(asked: Asked) -> forms.Field:
    needed = _("Without your yes we may not write to you. Please tick this, or write to the organiser.")
    return forms.BooleanField(label=consent_text(asked), error_messages={"required": needed})


def _too_many(named: int, seats: int) -> str:
    people = ngettext("You named %d person besides yourself", "You named %d people besides yourself", named) % named
    taken = ngettext("but take %d seat", "but take %d seats", seats) % seats
    return _("%(people)s, %(taken)s. Please make both fit.") % {"people": people, "taken": taken}


def _seats(most: int) -> dict[str, forms.Field]:
    return {
        "seats": forms.TypedChoiceField(
            label=_("How many seats?"), coerce=int, initial=1, choices=[(number, number) for number in range(1, most + 1)]
        ),
        "companions": NamesField(
            label=_("Who comes with you?"), required=False, max_length=most * 120,
            help_text=_("One name a line. You may leave names out."),
            widget=forms.Textarea(attrs={"rows": min(most - 1, 4)}),
        ),
    }  # fmt: skip


def _needs(name: str, label: str, known: Mapping[str, Promise]) -> dict[str, forms.Field]:
    deleted = _("We delete this earlier than the rest: 7 days after the event.")
    return {
        name: forms.MultipleChoiceField(
            label=label, required=False, choices=list(known.items()), help_text=deleted,
            widget=forms.CheckboxSelectMultiple,
        ),
        f"{name}_more": LineField(label=_("Something else"), required=False, max_length=300),
    }  # fmt: skip


def _filled_in(registration: Registration) -> dict[str, Any]:
    access, access_more = as_ticks(ACCESS, registration.access_needs)
    catering, catering_more = as_ticks(CATERING, registration.catering_needs)
    return registration.answers | {
        "attendance": registration.allotment.attendance, "name": registration.name, "seats": registration.seats,
        "companions": registration.companions, "access": access, "access_more": access_more,
        "catering": catering, "catering_more": catering_more, "consent": registration.consent_id is not None,
    }  # fmt: skip
