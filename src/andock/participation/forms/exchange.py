"""A file with contributions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReadInForm(forms.Form):
    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.json,text/csv,application/json"}),
        help_text=_("CSV or JSON as it is exported here. At most 5 MB."),
        error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip
