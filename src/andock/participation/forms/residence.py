"""What an office fills in to get codes on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.events.forms.entries import Kept

from ..choices import LetterForm
from ..services.residence import MOST_CODES


class CodesForm(Kept):
    """As many as there are addresses, or a number."""

    marks_optional = False

    how = forms.ChoiceField(
        label=_("What do you need?"), choices=LetterForm.choices, widget=forms.RadioSelect, initial=LetterForm.LETTERS,
        error_messages={"required": _("Please choose what you need.")},
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("How many codes?"), required=False, min_value=1, max_value=MOST_CODES,
        help_text=_("One for each person, up to 1,000 at once. Leave it empty where you give addresses."),
    )  # fmt: skip
    addresses = forms.FileField(
        label=_("Addresses"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("CSV with the columns name, street, postcode, town. They stand in the window of the envelope and are not kept here."),
        error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("For whom?"), required=False, max_length=120, help_text=_("Only you read it, for example: Rhode and Sondern. No names of people."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if "number" in self.errors or "addresses" in self.errors:
            return values
        if not values.get("number") and not values.get("addresses"):
            self.add_error("number", gettext("Please say how many codes you need, or give addresses."))
        if values.get("number") and values.get("addresses"):
            self.add_error("number", gettext("There are as many codes as addresses. Please leave the number empty."))
        return values
