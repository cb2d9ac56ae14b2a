"""Somebody says that a contribution should not stand there."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.events.forms.entries import Clean

from ..choices import Reason


class ReportForm(Clean):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=Reason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is wrong with it.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("In your own words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
