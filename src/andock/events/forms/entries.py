"""What the forms of the desk are made of: days, times, text that is safe in mails, calendars and spreadsheets."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.kernel.text import normalise, one_line, without_control_characters

from ..timing import in_reach
from .fields import TOO_LONG

UNTYPED = (
    forms.HiddenInput, forms.FileInput, forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect,
)  # fmt: skip
MAX_NOTE = 4000
NO_DAY = _("This is not a day in the calendar. Write it as 2024-03-31.")
NO_TIME = _("This is not a time. Write it as 18:30.")
NO_MOMENT = _("This is not a moment in the calendar. Write it as 2026-05-04T18:30.")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def _in_reach(value: date) -> None:
    try:
        in_reach(value)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


def long_text(label: Any, help_text: Any = "", *, rows: int = 4, most: int = MAX_NOTE) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=help_text)


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=DayInput(), help_text=help_text, error_messages={"invalid": NO_DAY},
        validators=[_in_reach],
    )  # fmt: skip


def clock_field(label: Any, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=ClockInput(), help_text=help_text, error_messages={"invalid": NO_TIME}
    )


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, widget=MomentInput(), help_text=help_text, error_messages={"invalid": NO_MOMENT},
        validators=[_in_reach],
    )  # fmt: skip


def plain(value: Any) -> Any:
    """A cleaned value as it is compared and stored: days, times and moments as text, lists in one order."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return sorted(value) if isinstance(value, list) else value


class Clean(forms.Form):
    """Text comes without control characters: in one line, or with its lines where the field has several.

    A field of several lines has no ``maxlength``, with which browsers cut off what is pasted without a word.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop("maxlength", None)
                if field.max_length:  # else its own validator has a sentence of its own
                    field.error_messages.setdefault("max_length", TOO_LONG)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name, value in list(values.items()):
            if isinstance(value, str):
                values[name] = self._cleaned(name, value)
                if value and not values[name] and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return values

    def _cleaned(self, name: str, value: str) -> str:
        has_lines = isinstance(self.fields[name].widget, forms.Textarea)
        return normalise(without_control_characters(value)) if has_lines else one_line(value)


class Kept(Clean):
    """What is typed is kept on the device until it is saved, see ``accounts/js/session.js``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, UNTYPED):
                field.widget.attrs["data-keep"] = True
