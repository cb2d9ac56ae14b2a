"""What one office writes to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from andock.events.forms.entries import Kept
from andock.kernel.text import normalise, without_control_characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.organisations.models import Organisation

MOST = 20_000


class WordsField(forms.CharField):
    """A long text. It has no ``maxlength``, with which browsers cut off what is pasted without a word."""

    widget = forms.Textarea(attrs={"rows": 8})

    def __init__(self, label: Any, help_text: Any = "", *, most: int = MOST, required: bool = True) -> None:
        too_long = _("At most %(limit_value)d characters, please; these are %(show_value)d.")
        super().__init__(
            label=label, help_text=help_text, required=required, validators=[MaxLengthValidator(most, too_long)],
            error_messages={"required": _("Please write something.")},
        )  # fmt: skip

    def to_python(self, value: Any) -> str:
        return normalise(without_control_characters(super().to_python(value) or ""))


class WriteForm(Kept):
    """One contribution. ``key`` is new with every form that is shown."""

    text = WordsField(_("Your text"), _("Please name offices and no people. Your office and role stand beside it."))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class AskForm(WriteForm):
    """A new question, in the name of one of one's organisations."""

    text = WordsField(
        _("Your question"), _("What you want to know, and what for. Please name offices and no people; your office and role stand beside it.")
    )  # fmt: skip
    organisation = forms.ChoiceField(label=_("In the name of"))
    field_order = ("organisation", "text", "key")

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(organisations) == 1:
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField), "A list."
        field.choices = [("", _("Please choose")), *((found.slug, found.name) for found in organisations)]
