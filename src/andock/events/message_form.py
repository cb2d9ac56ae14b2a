"""The form of a message to those who registered."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choices import RegistrationState
from .forms.fields import SentOnce
from .letters import PLACEHOLDERS, unknown_words
from .services.messaging import ADDRESSED

LONGEST_TEXT = 5000


class MessageForm(SentOnce, forms.Form):
    """Subject, text with placeholders, and to whom; ``request_key`` makes a form sent twice one message."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 12}))
    states = forms.TypedMultipleChoiceField(
        label=gettext_lazy("To whom"), coerce=RegistrationState, widget=forms.CheckboxSelectMultiple,
        choices=[(state.value, state.label) for state in ADDRESSED],
    )  # fmt: skip
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A new form writes to those who come."""
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4
        for name in ("subject", "text"):
            self.fields[name].widget.attrs["data-keep"] = True
        self.fields["states"].initial = [RegistrationState.CONFIRMED.value]
        self.fields["text"].help_text = _("These words in braces are filled in for each person: %s") % _gaps()

    def clean_subject(self) -> str:
        return self._checked(" ".join(self.cleaned_data["subject"].split()))

    def clean_text(self) -> str:
        return self._checked(self.cleaned_data["text"])

    def _checked(self, text: str) -> str:
        """Raises ``ValidationError`` where something stands in braces that nobody can fill in."""
        if wrong := unknown_words(text):
            words = ", ".join(f"{{{word}}}" for word in wrong)
            raise forms.ValidationError(
                _("We cannot fill in %(wrong)s. Possible are: %(gaps)s") % {"wrong": words, "gaps": _gaps()}
            )
        return text


def _gaps() -> str:
    return ", ".join(f"{{{word}}}" for word in PLACEHOLDERS)
