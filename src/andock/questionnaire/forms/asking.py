"""The questions as fields of a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from andock.events.forms.fields import LineField, TextField

from ..choices import MOST_LETTERS, MOST_LETTERS_OF_A_PLACE, QuestionKind
from ..results import scale_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..models import Question

    Fields = dict[str, forms.Field]


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the fields of one question: its name, the cleaned values, and what it was answered before."""

    question: Question
    values: Mapping[str, Any]

    def of(self, part: str) -> Any:
        return self.values.get(f"{self.question.field}-{part}")


def fields_of(question: Question, before: Any, towns: Mapping[str, str]) -> Fields:
    """The fields that ask a question; ``before`` is the answer that stands in them."""
    return _FIELDS[QuestionKind(question.kind)](question, before, towns)


def is_group(question: Question) -> bool:
    """Whether it takes several fields."""
    return question.kind in {QuestionKind.RANKING, QuestionKind.PLACE, QuestionKind.MATRIX}


def answer_in(question: Question, values: Mapping[str, Any]) -> Any:
    """The answer in the cleaned values. Raises ``ValidationError`` where places in an order are given twice."""
    given = Given(question, values)
    match question.kind:
        case QuestionKind.RANKING:
            return _order(given)
        case QuestionKind.PLACE:
            return {"municipality": given.of("municipality") or "", "words": given.of("words") or ""}
        case QuestionKind.MATRIX:
            return {key: given.of(key) for key in question.row_labels() if given.of(key)}
    return values.get(question.field)


def _order(given: Given) -> list[str]:
    places = {key: int(given.of(key)) for key in given.question.option_labels() if given.of(key)}
    if len(set(places.values())) < len(places):
        raise forms.ValidationError(_("Each place can be given once only: one first, one second and so on."))
    return sorted(places, key=lambda key: places[key])


def _asked(question: Question) -> dict[str, Any]:
    return {"label": question.label, "help_text": question.help, "required": question.is_required}


def _single(question: Question, before: Any, _towns: Mapping[str, str]) -> Fields:
    choices = list(question.option_labels().items())
    choices += [] if question.is_required else [("", _("No answer"))]
    return {question.field: forms.ChoiceField(choices=choices, widget=forms.RadioSelect, initial=before or "", **_asked(question))}  # fmt: skip


def _several(question: Question, before: Any, _towns: Mapping[str, str]) -> Fields:
    choices = list(question.option_labels().items())
    return {question.field: forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, initial=before, **_asked(question))}  # fmt: skip


def _scale(question: Question, before: Any, _towns: Mapping[str, str]) -> Fields:
    choices = list(scale_labels(question).items())
    choices += [] if question.is_required else [("", _("No answer"))]
    return {
        question.field: forms.TypedChoiceField(
            choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect,
            initial="" if before is None else str(before), **_asked(question),
        )
    }  # fmt: skip


def _text(question: Question, before: Any, _towns: Mapping[str, str]) -> Fields:
    widget = forms.Textarea(attrs={"rows": 4})
    return {question.field: TextField(max_length=MOST_LETTERS, widget=widget, initial=before, **_asked(question))}


def _place(question: Question, before: Any, towns: Mapping[str, str]) -> Fields:
    before = before or {}
    return {
        f"{question.field}-municipality": forms.ChoiceField(
            label=_("Municipality"), choices=[("", _("no particular one")), *towns.items()],
            initial=before.get("municipality", ""),
        ),
        f"{question.field}-words": LineField(
            label=_("Which place?"), max_length=MOST_LETTERS_OF_A_PLACE, initial=before.get("words", ""),
            help_text=_("For example a street, a square or a stop."),
        ),
    }  # fmt: skip


def _ranking(question: Question, before: Any, _towns: Mapping[str, str]) -> Fields:
    labels, order = question.option_labels(), before or []
    choices = [("", _("no place")), *((str(place), f"{place}.") for place in range(1, len(labels) + 1))]
    places = {key: str(place) for place, key in enumerate(order, start=1)}
    return {
        f"{question.field}-{key}": forms.ChoiceField(label=label, choices=choices, initial=places.get(key, ""))
        for key, label in labels.items()
    }  # fmt: skip


def _matrix(question: Question, before: Any, _towns: Mapping[str, str]) -> Fields:
    before = before or {}
    choices = list(question.option_labels().items())
    choices += [] if question.is_required else [("", _("No answer"))]
    return {
        f"{question.field}-{key}": forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect, initial=before.get(key, "")
        )
        for key, label in question.row_labels().items()
    }  # fmt: skip


_FIELDS: dict[QuestionKind, Callable[[Question, Any, Mapping[str, str]], Fields]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.SEVERAL: _several,
    QuestionKind.SCALE: _scale,
    QuestionKind.RANKING: _ranking,
    QuestionKind.TEXT: _text,
    QuestionKind.PLACE: _place,
    QuestionKind.MATRIX: _matrix,
}
