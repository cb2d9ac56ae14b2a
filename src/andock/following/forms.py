"""Beginning to follow, and choosing how often to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.events.forms.registration import MailField

from .choices import OFFERED, Frequency


class FollowForm(forms.Form):
    """Somebody gives an address. ``key`` and ``work`` are hidden, see ``kernel.form_key``."""

    email = MailField(
        label=_("E-mail address"), max_length=254,
        help_text=_("We send a link there. Nothing else comes before you have pressed the button behind it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please give your e-mail address: the link to confirm goes there."),
            "invalid": _("This is not a complete e-mail address, for example name@example.org."),
        },
    )  # fmt: skip
    frequency = forms.ChoiceField(
        label=_("How often shall we write?"), choices=OFFERED, initial=Frequency.DAILY, widget=forms.RadioSelect,
        help_text=_("Only when there is something new. You can change it at any time."),
        error_messages={"required": _("Please choose how often we shall write.")},
    )  # fmt: skip
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    work = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, is_digested: bool = True, **more: object) -> None:
        """The newsletter comes when it appears: there is nothing to choose."""
        super().__init__(*args, **more)
        if not is_digested:
            self.fields["frequency"].required = False
            self.fields["frequency"].widget = forms.HiddenInput()


class FrequencyForm(forms.Form):
    frequency = forms.ChoiceField(
        label=_("How often shall we write?"), choices=Frequency.choices, widget=forms.RadioSelect,
        help_text=_("Only when there is something new. The newsletter comes when it appears."),
    )  # fmt: skip
