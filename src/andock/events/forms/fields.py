"""Fields for what strangers type: one line, several lines, an address, and the organiser's own questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from andock.kernel.text import normalise, without_control_characters

from ..choices import QuestionKind

if TYPE_CHECKING:
    from ..models import Question

DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of the text after them and so make it look like another one."""
ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)
MOST = 999_999

TOO_LONG = ngettext_lazy(
    "Please shorten this to %(limit_value)d character; it has %(show_value)d.",
    "Please shorten this to %(limit_value)d characters; it has %(show_value)d.",
    "limit_value",
)


class TextField(forms.CharField):
    """Text of a stranger: without control characters, the longest one said in a sentence.

    In several lines it has no ``maxlength``, with which browsers cut off what is pasted without a word.
    """

    def __init__(self, *, max_length: int, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = TOO_LONG
        self.widget.attrs["dir"] = "auto"
        if isinstance(self.widget, forms.Textarea):
            self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return normalise(DIRECTIONS.sub("", without_control_characters(text.replace("\r", "\n"))))


class LineField(TextField):
    """One line, whatever was typed or pasted."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class NameField(LineField):
    """A person's name. It goes into mails, so it must not carry an address to press on."""

    def validate(self, value: str) -> None:
        super().validate(value)
        refuse_address(value)


class NamesField(TextField):
    """Names, one a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line for line in super().to_python(value).split("\n") if line]

    def run_validators(self, value: list[str]) -> None:
        super().run_validators("\n".join(value))

    def validate(self, value: list[str]) -> None:
        refuse_address("\n".join(value))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class SentOnce:
    """A form whose hidden ``request_key`` makes it one act however often it is sent."""

    data: Any

    def anew(self) -> None:
        """Give the form another key: the one it came with has served."""
        self.data = self.data.copy()
        self.data["request_key"] = str(uuid4())


def refuse_address(text: str) -> None:
    """Raise where a name holds an address on the web."""
    if ADDRESS.search(text):
        raise forms.ValidationError(_("A name holds no web address. Please write the name alone."))


def question_field(question: Question) -> forms.Field:
    """The field that asks a question of the organiser."""
    common: dict[str, Any] = {"label": question.label, "help_text": question.help, "required": question.is_required}
    options = [(option, option) for option in question.options]
    match question.kind:
        case QuestionKind.CHOICE:
            choices = options if question.is_required else [*options, ("", _("No answer"))]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case QuestionKind.NUMBER:
            return forms.IntegerField(
                min_value=0,
                max_value=MOST,
                error_messages={"invalid": _("Please write a number and nothing else, for example 3.")},
                **common,
            )
        case QuestionKind.CONSENT:
            needed = _("Without this yes we cannot take your registration. Please write to us if you cannot say yes.")
            return forms.BooleanField(error_messages={"required": needed}, **common)
    return LineField(max_length=500, **common)
