"""Forms of the public pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.kernel.text import without_control_characters

from .models import BarrierReport


class BarrierForm(forms.ModelForm):
    """What kept somebody out. ``nickname`` is bait: people never see it."""

    nickname = forms.CharField(required=False)
    too_many = False

    class Meta:
        model = BarrierReport
        fields = ("text", "page", "email")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "page": forms.TextInput(),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {
            "text": _("For example: “I cannot reach the menu with the keyboard.”"),
            "page": _("The address of the page, as far as you know it."),
            "email": _("Only if you want an answer. We delete it after a year at the latest."),
        }
        error_messages = {
            "text": {"required": _("Please write what did not work. One sentence is enough.")},
            "email": {"invalid": _("This is not a complete e-mail address, for example name@example.org.")},
        }

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data.get("nickname"))

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("text", "page", "email")}

    def clean_text(self) -> str:
        return without_control_characters(self.cleaned_data["text"])

    def clean_page(self) -> str:
        return " ".join(without_control_characters(self.cleaned_data["page"]).split())

    def refuse(self, reason: str) -> None:
        """Say why the report is not taken now, keeping what was typed."""
        self.too_many = True
        self.add_error(None, reason)
