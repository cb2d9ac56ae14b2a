"""What a reader says of a guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.kernel.text import normalise, without_control_characters

MAX_REASON = 2000


class FeedbackForm(forms.Form):
    """It helped, or it did not and why. ``nickname`` is bait: people never see it."""

    helped = forms.ChoiceField(
        label=_("Did the guide help you?"), choices=[("ja", _("Yes, it helped")), ("nein", _("No, it did not"))],
        widget=forms.RadioSelect, error_messages={"required": _("Please say whether it helped. One word is enough for us.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Because …"), required=False, max_length=MAX_REASON, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was missing, what was wrong, what you did otherwise. Please name no people. Only the publisher reads it."),
    )  # fmt: skip
    nickname = forms.CharField(required=False)

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data.get("nickname"))

    @property
    def values(self) -> dict[str, Any]:
        return {"helped": self.cleaned_data["helped"] == "ja", "reason": self.cleaned_data["reason"]}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["reason"] = normalise(without_control_characters(values.get("reason", "")))
        if values.get("helped") == "nein" and not values["reason"] and "reason" not in self.errors:
            self.add_error("reason", gettext("Please write in a few words what was missing, so that it can be mended."))
        return values
