"""Which contributions stand in the table for the council."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..table import Choice

ANSWERED = "beantwortet"


class TableForm(forms.Form):
    """The choice stands in the address, so that a download can be asked for again."""

    marks_optional = False

    beitraege = forms.ChoiceField(
        label=_("Which contributions"), required=False, widget=forms.RadioSelect,
        choices=[("", _("All that are public")), (ANSWERED, _("Only those with an answer"))],
    )  # fmt: skip
    namen = forms.BooleanField(label=_("With the names people have chosen"), required=False)
    intern = forms.BooleanField(
        label=_("Those that wait or are hidden too; each is marked, and the paper is for the office only"),
        required=False,
    )

    def choice(self) -> Choice:
        if not self.is_valid():
            return Choice()
        data = self.cleaned_data
        return Choice(data["beitraege"] == ANSWERED, data["namen"], data["intern"])
