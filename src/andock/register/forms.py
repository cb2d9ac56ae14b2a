"""What people enter about docking, and the sentence that helps where it does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date


class DayForm(forms.Form):
    """For which day the register answers. Its field name is German: it stands in shared addresses."""

    marks_optional = False

    am = forms.DateField(
        label=_("As on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a day in the calendar. Write it as 2024-03-31.")},
    )

    def day(self) -> date | None:
        """The day asked for; None where none is given or it makes no sense."""
        return self.cleaned_data.get("am") if self.is_valid() else None
