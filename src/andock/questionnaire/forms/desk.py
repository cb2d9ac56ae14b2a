"""What offices write: the words around the questions, and each question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.events.forms.entries import Kept, long_text

from ..choices import QuestionKind
from ..services.editing import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..models import Question

LONGEST_LABEL = 200


class WordsForm(Kept):
    """What stands around the questions."""

    marks_optional = False

    introduction = long_text(_("Before the questions"), _("What the answers are for, and who reads them."), rows=4)
    thanks = long_text(_("After sending"), _("What happens with the answers, and when the result is there."), rows=3)


class MendForm(Kept):
    """The words of a question that somebody has answered already."""

    label = forms.CharField(label=_("Question"), max_length=300)
    help = forms.CharField(label=_("Hint"), max_length=500, required=False)


class QuestionForm(MendForm):
    """A whole question."""

    marks_optional = False

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices, widget=forms.RadioSelect)
    options = long_text(
        _("Answers to choose from"), _("One in each line. Not for a scale, own words or a place."), rows=5
    )
    rows = long_text(_("Rows"), _("One in each line; only for one answer in each row."), rows=4)
    low = forms.IntegerField(label=_("The scale begins with"), required=False, min_value=0, max_value=10)
    low_label = forms.CharField(label=_("The lowest number means"), required=False, max_length=80)
    high = forms.IntegerField(label=_("The scale ends with"), required=False, min_value=0, max_value=10)
    high_label = forms.CharField(label=_("The highest number means"), required=False, max_length=80)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    shown_if = forms.ChoiceField(
        label=_("Ask it of whom?"), required=False,
        help_text=_("Everybody, or only those who chose an answer of a question that stands before this one."),
    )  # fmt: skip
    field_order = ("label", "help", "kind", "options")

    def __init__(self, *args: Any, before: Sequence[Question], **more: Any) -> None:
        super().__init__(*args, **more)
        shown_if = self.fields["shown_if"]
        assert isinstance(shown_if, forms.ChoiceField), "A list."
        shown_if.choices = [("", _("everybody")), *_conditions(before)]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in ("options", "rows"):
            values[name] = lines(values.get(name, ""))
            if any(len(line) > LONGEST_LABEL for line in values[name]):
                self.add_error(name, gettext("A line may have 200 letters at most."))
        return values

    def draft(self) -> Draft:
        """The question without what its kind does not need."""
        data = dict(self.cleaned_data)
        question_id, _dot, option = data.pop("shown_if").partition(".")
        data |= {"shown_if": int(question_id) if question_id else None, "shown_if_option": option}
        return Draft(**{name: value for name, value in data.items() if name not in _needless(data["kind"])})


def _needless(kind: str) -> set[str]:
    found = set() if kind == QuestionKind.SCALE else {"low", "high", "low_label", "high_label"}
    found |= set() if kind == QuestionKind.MATRIX else {"rows"}
    return found | ({"options"} if kind in {QuestionKind.SCALE, QuestionKind.TEXT, QuestionKind.PLACE} else set())


def _conditions(before: Sequence[Question]) -> list[tuple[str, str]]:
    return [
        (f"{question.pk}.{key}", gettext("who chose “%(answer)s” at “%(question)s”") % {"answer": label, "question": question})
        for question in before if question.can_lead_on for key, label in question.option_labels().items()
    ]  # fmt: skip


def lines(text: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))


def initial_of(question: Question) -> dict[str, Any]:
    """What stands in the form of a question that is there."""
    names = ("label", "help", "kind", "low", "high", "low_label", "high_label", "is_required")
    return {name: getattr(question, name) for name in names} | {
        "options": "\n".join(question.option_labels().values()), "rows": "\n".join(question.row_labels().values()),
        "shown_if": f"{question.shown_if_id}.{question.shown_if_option}" if question.shown_if_id else "",
    }  # fmt: skip
