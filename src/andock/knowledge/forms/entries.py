"""What the forms of the desk are made of: dates in words, ranges, addresses of cards and events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andock.events.forms.entries import Clean, DayInput, Kept, long_text
from andock.kernel.dates import parse_date
from andock.strategy.field_lock import Submitted
from andock.strategy.forms import MAX_TEXT, LockedForm

from ..models.solution import WEB
from ..ranges import parse_range

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["MAX_TEXT", "Clean", "Kept", "LockedForm", "long_text"]
TO = re.compile(r"\s*(?:–|—|bis|to)\s*")
UNITS = re.compile(r"[.\s’']|€|euro?s?|tage?n?|days?", re.IGNORECASE)


class MomentField(forms.CharField):
    """A date as exactly as it is known."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, required=False, max_length=40, help_text=help_text)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        try:
            return parse_date(text).text if text else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class RangeField(forms.CharField):
    """From … to …, as people write it: “1.000 bis 5.000 €”."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, required=False, max_length=60, help_text=help_text)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        plain = UNITS.sub("", TO.sub("-", text.lower()))
        try:
            return str(parse_range(plain)) if text else ""
        except ValueError as error:
            raise forms.ValidationError(_("Write a number, or two: 1000 to 5000.")) from error


class DayField(forms.DateField):
    """A day, as text that can be compared."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label, required=False, widget=DayInput(), help_text=help_text,
            error_messages={"invalid": gettext_lazy("This is not a day in the calendar. Write it as 2024-03-31.")},
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.isoformat() if found else ""


class WebField(forms.URLField):
    """An address that a browser may open, and nothing else."""

    default_validators = [WEB]

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, required=False, max_length=500, assume_scheme="https", help_text=help_text)


class AddressesField(forms.CharField):
    """Cards or events, one a line: the address of each page or the last word of it."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, required=False, max_length=10_000, help_text=help_text)
        self.known: Collection[str] = ()

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        words = [line.strip().rstrip("/").rpartition("/")[2] for line in str(super().clean(value)).splitlines()]
        found = sorted({word for word in words if word})
        if unknown := [word for word in found if word not in self.known]:
            raise forms.ValidationError(_("“%s” is not known here.") % unknown[0][:80])
        return found


class Sheet(Kept, LockedForm):
    """A form of many fields, most of which may stay empty, whose values come plain and in one order."""

    marks_optional = False

    def submitted(self) -> dict[str, Submitted]:
        found: Mapping[str, Submitted] = super().submitted()
        return {name: Submitted(_plain(one.value), one.base) for name, one in found.items()}


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
