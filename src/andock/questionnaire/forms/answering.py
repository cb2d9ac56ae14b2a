"""Answering: citizens on their own, and staff for those who answered on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.participation.forms.person import PersonForm

from ..answers import fitting
from .asking import answer_in, fields_of, is_group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BoundField

    from ..models import Question


@dataclass(frozen=True, slots=True)
class Part:
    """A question as the form shows it."""

    question: Question
    fields: list[BoundField]
    is_group: bool
    condition: str


class Asking(forms.Form):
    """Asks the questions; ``given`` is what was typed, by the key of the question, when the form is valid."""

    use_required_attribute = False
    demands_answers = True

    def __init__(
        self, *args: Any, questions: Sequence[Question], towns: Mapping[str, str], before: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.questions, self.before = questions, before or {}
        self.given: dict[str, Any] = {}
        self.names = {one.field: fields_of(one, self.before.get(one.field), towns) for one in questions}
        for fields in self.names.values():
            self.fields |= fields
        self.order_fields([name for fields in self.names.values() for name in fields])

    def full_clean(self) -> None:
        """What is missing depends on what was answered before it, so no field decides that alone."""
        asked = [field for fields in self.names.values() for field in fields.values()]
        wanted = [field.required for field in asked]
        for field in asked:
            field.required = False
        super().full_clean()
        for field, is_required in zip(asked, wanted, strict=True):
            field.required = is_required

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for question in self.questions:
            try:
                self.given[question.field] = answer_in(question, values)
            except forms.ValidationError as error:
                self.add_error(self._first(question.field), error)
        for field, sentence in fitting(self.questions, self.given)[1].items():
            if self.demands_answers and not any(name in self.errors for name in self.names[field]):
                self.add_error(self._first(field), sentence)
        return values

    def _first(self, field: str) -> str:
        return next(iter(self.names[field]))

    def parts(self) -> list[Part]:
        """The questions with their fields, in their order."""
        return [
            Part(
                one, [self[name] for name in self.names[one.field]], is_group(one), one.condition(),
            )
            for one in self.questions
        ]  # fmt: skip

    def others(self) -> list[BoundField]:
        """What else the form asks for."""
        asked = {name for fields in self.names.values() for name in fields}
        return [field for field in self.visible_fields() if field.name not in asked]


class AnswersForm(Asking, PersonForm):
    """The questions, and who answers them as far as the device does not know it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "pseudonym" in self.fields:
            self.fields["pseudonym"].help_text = _(
                "Your own or an invented one. Nobody reads it here: answers are counted without names."
            )


class PaperForm(Asking):
    """Staff type a sheet. What was left out on paper stays left out."""

    demands_answers = False
    marks_optional = False

    paper_number = forms.IntegerField(
        label=_("Number on the sheet"), min_value=1, max_value=999_999,
        help_text=_("Number the sheets before you begin: so none is entered twice, and each can be found again."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_fields(["paper_number"])


class Preview(Asking):
    """What citizens will see; nothing is sent."""
