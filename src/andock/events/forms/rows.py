"""Lists of rows that organisers enter: questions and programme; documents, series and files with events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.kernel.pdf import check_pdf
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.forms import MAX_TEXT, LockedForm, RowsField

from ..choices import DocumentKind, QuestionKind
from .entries import Clean, Kept, clock_field, long_text, plain

FEWEST_OPTIONS = 2
LONGEST_OPTION = 200
MOST_DIGITS = 3


class QuestionRow(Clean):
    """A question of the organiser."""

    marks_optional = False

    id = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Question"), max_length=300)
    kind = forms.ChoiceField(label=_("Answer"), choices=QuestionKind.choices, initial=QuestionKind.TEXT)
    options = long_text(_("Answers to choose from"), _("One in each line; only for “One” and “Several”."), rows=3)
    help = forms.CharField(label=_("Hint"), max_length=300, required=False)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        wanted = values.get("kind") in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
        options = _lines(values.get("options", "")) if wanted else []
        if wanted and len(options) < FEWEST_OPTIONS:
            self.add_error("options", gettext("Please give at least two answers, one in each line."))
        if any(len(option) > LONGEST_OPTION for option in options):
            self.add_error("options", gettext("An answer may have 200 letters at most."))
        values["options"] = options
        return values

    def value(self) -> dict[str, Any] | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("label") else None


class ProgrammeRow(Clean):
    """A point of the programme."""

    id = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    at = clock_field(_("Time"))
    title = forms.CharField(label=_("Title"), max_length=200)
    speakers = forms.CharField(
        label=_("Who speaks"),
        max_length=300,
        required=False,
        help_text=_("Name and office; only who agreed to be named."),
    )
    text = long_text(_("More"), rows=2)

    def value(self) -> dict[str, Any] | None:
        found = self.cleaned_data
        return found | {"at": plain(found["at"]) or ""} if found.get("title") else None


def _lines(text: str) -> list[str]:
    """The lines of a text that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))


class Rows(RowsField):
    """A list of rows locked as one field, in which one row can move or go with each press of a button."""

    def __init__(self, form: type[forms.Form], saved: list[dict], data: Any = None) -> None:
        shown = [row | {"options": "\n".join(row["options"])} if "options" in row else row for row in saved]
        super().__init__("rows", form, shown, saved, data)
        self.gone = _number(data.get("delete", "")) if data is not None else None

    def is_valid(self) -> bool:
        """What is to go need not be right."""
        return all(form.is_valid() for place, form in enumerate(self.formset) if place != self.gone)

    def submitted(self, act: Callable[[list[int]], list[int]] = list) -> Submitted:
        found = {
            place: form.value() for place, form in enumerate(self.formset) if place != self.gone and form.is_valid()
        }
        return Submitted([found[place] for place in act([place for place, value in found.items() if value])], self.base)

    def rebase(self, theirs: list[dict]) -> None:
        """Saving again replaces knowingly what somebody else saved."""
        self.base = fingerprint(theirs)


ROWS: dict[str, type[forms.Form]] = {"questions": QuestionRow, "programme": ProgrammeRow}


def step(up: str, down: str) -> Callable[[list[int]], list[int]]:
    """Moves the row with this number one up or down."""

    def move(places: list[int]) -> list[int]:
        number = _number(up or down)
        if number not in places:
            return places
        here = places.index(number)
        there = here - 1 if up else here + 1
        if 0 <= there < len(places):
            places[here], places[there] = places[there], places[here]
        return places

    return move


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


class DocumentForm(Clean):
    """A PDF or a link."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("What is it?"), choices=DocumentKind.choices)
    file = forms.FileField(
        label=_("PDF"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("At most 20 MB. Everybody can read it once the event is published."),
        error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip
    url = forms.URLField(label=_("Or a link"), max_length=500, required=False, assume_scheme="https")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            check_pdf(file)
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and bool(values.get("file")) == bool(values.get("url")):
            self.add_error("file", gettext("Choose a PDF or give a link, one of both."))
        return values


class SeriesForm(Kept, LockedForm):
    """Events that belong together."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = long_text(_("Description"), rows=6, most=MAX_TEXT)
    at_once = forms.BooleanField(
        label=_("People may register for the whole series at once"), required=False,
        help_text=_("Each event keeps its own seats and its own waiting list."),
    )  # fmt: skip


class ImportForm(forms.Form):
    """A file with events."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.ics,text/csv,text/calendar"}),
        help_text=_("CSV as it is exported here, or a calendar (ICS). At most 5 MB."),
        error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip
