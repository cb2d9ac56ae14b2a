"""Forms of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.strategy.choices import ElementType

from .choices import DecisionState, Outcome, Relation, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

MOST_LETTERS = 20_000
NO_DAY = _("This is not a day in the calendar. Write it as 2026-03-31.")
WAYS = (
    (DecisionState.ADOPTED, _("Adopt")),
    (DecisionState.DECLINED, _("Decline")),
    (DecisionState.DEFERRED, _("Defer")),
    (DecisionState.UNDECIDED, _("Leave open")),
)
"""What can be done with an element, in the words of somebody who does it."""


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WayForm(forms.Form):
    """A decision with its reason and day. What each way needs is asked for where it is missing."""

    state = forms.ChoiceField(label=_("Decision"), choices=WAYS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to decline or defer. The council reads it; everybody only when you release it."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Until"), required=False, widget=DateInput, error_messages={"invalid": NO_DAY},
        help_text=_("Needed to defer. On this day the question opens again."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        state = data.get("state")
        if state in {DecisionState.DECLINED, DecisionState.DEFERRED} and not data.get("reason", "").strip():
            self._ask("reason", _("Please give a reason in a sentence. The council and your successors will ask for it."))  # fmt: skip
        if state == DecisionState.DEFERRED and "until" in data and not _is_to_come(data["until"]):
            self._ask("until", _("Until when? Choose a day after today; then the question opens again by itself."))
        return data

    def _ask(self, name: str, sentence: Any) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)


def _offer(field: forms.Field, choices: Iterable[Any]) -> None:
    """What can be chosen, where it is known only when the form is shown."""
    cast("forms.ChoiceField", field).choices = list(choices)


def _is_to_come(day: date | None) -> bool:
    return day is not None and day > localdate()


class RowForm(WayForm):
    """A line of the desk, with marks of what its author saw before deciding."""

    state = forms.ChoiceField(label=_("Decision"), choices=[*DecisionState.choices], required=False)
    seen = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(widget=forms.HiddenInput, required=False)

    def has_decided(self) -> bool:
        """Whether something was chosen or typed that differs from what was seen; call after ``is_valid``."""
        found = self.cleaned_data
        if found["state"] not in {"", found["seen"]}:
            return True
        return found["state"] in {DecisionState.DECLINED, DecisionState.DEFERRED} and bool(
            {"reason", "until"} & set(self.changed_data)
        )


class BranchForm(WayForm):
    """An element and all below it."""

    with_decided = forms.BooleanField(label=_("Also what is already decided"), required=False)

    def __init__(self, *args: Any, decided: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decided:
            del self.fields["with_decided"]
        else:
            label = gettext("Also the %d that are already decided") % decided
            self.fields["with_decided"].label = label


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note for colleagues"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


# --- own elements ----------------------------------------------------------------------------------------------------
class OwnForm(forms.Form):
    """An element only this municipality has."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"), required=False, strip=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("A blank line begins a new paragraph, a dash in front makes a list. In a table cells are divided by |."),
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Kind of element"), choices=ElementType.choices, initial=ElementType.MEASURE)
    place = forms.ChoiceField(label=_("Where does it stand?"), required=False)
    serves = forms.ChoiceField(
        label=_("Which regional element does it belong to?"), required=False,
        help_text=_("Then it counts as covered by your own, also where you do not adopt the regional text."),
    )  # fmt: skip
    relation = forms.ChoiceField(label=_("How does it relate to it?"), choices=Relation.choices, required=False)

    def __init__(self, *args: Any, places: Iterable[Any], regional: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["place"], places)
        _offer(self.fields["serves"], [("", gettext("none")), *regional])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("serves") and data.get("relation") in {"", Relation.NONE}:
            self.add_error("relation", _("How does your element relate to the regional one? Choose: the same, a part, or wider."))  # fmt: skip
        return data


class RelationForm(forms.Form):
    """Which regional element one own element belongs to, as a line among others."""

    serves = forms.ChoiceField(label=_("Regional element"), required=False)
    relation = forms.ChoiceField(label=_("Relation"), choices=Relation.choices, required=False)

    def __init__(self, *args: Any, regional: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["serves"], [("", gettext("none")), *regional])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("serves") and data.get("relation") in {"", Relation.NONE}:
            self.add_error("relation", _("How does your element relate to the regional one? Choose: the same, a part, or wider."))  # fmt: skip
        return data


# --- a strategy that already exists ----------------------------------------------------------------------------------
class SourceForm(forms.Form):
    """An existing strategy, as a file or pasted."""

    file = forms.FileField(
        label=_("Word document (.docx)"), required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
        help_text=_("At most 20 MB. Headings become elements; paragraphs, lists and tables stay."),
        error_messages={"empty": _("The file is empty. Please choose the document with your strategy.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Copy it out of Word, a mail or a PDF. We recognise headings by their numbers or because they are short; a line that begins with # is always one."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("text", "").strip():
            self.add_error("file", _("Choose a Word document, or paste text below."))
        return data


class OutlineForm(forms.Form):
    """The text that was read, with # before each heading, to be put right by hand."""

    text = forms.CharField(
        label=_("The text as it was read"), strip=False, widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("# begins an element, ## one below it, ### one below that. Change what was not recognised, then look again."),
    )  # fmt: skip


# --- what was decided ------------------------------------------------------------------------------------------------
class DecidedForm(forms.Form):
    """What a committee or the head of administration decided."""

    outcome = forms.ChoiceField(label=_("What was decided?"), choices=Outcome.choices, widget=forms.RadioSelect)
    weight = forms.ChoiceField(label=_("Who decided, by class"), choices=Weight.choices)
    body = forms.CharField(
        label=_("Name of the committee or office"), max_length=200,
        help_text=_("For example: town council, or the mayor"),
    )  # fmt: skip
    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput, error_messages={"invalid": NO_DAY})
    reference = forms.CharField(
        label=_("Number or address of the paper"), max_length=300, required=False,
        help_text=_("So that everybody finds it in the minutes"),
    )  # fmt: skip
    in_force_on = forms.DateField(
        label=_("In force on"), required=False, widget=DateInput, error_messages={"invalid": NO_DAY},
        help_text=_("Only if it was approved. Left empty, the day of the decision."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With changes: which? Postponed: until when?"),
    )  # fmt: skip

    def decided(self) -> Mapping[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "in_force_on"}
