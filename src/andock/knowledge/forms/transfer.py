"""What people say of a take-over: which, how far, since when, says who; and what is true of it as a whole."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..choices import Stage
from ..transfer_queries import known_receivers
from .entries import Kept, MomentField, Sheet, long_text
from .solution import WHEN, one_of, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andock.organisations.models import Organisation

    from ..models import Solution

REACHED = [choice for choice in Stage.choices if choice[0] != Stage.RETRACTED]
YES_NO = [("", _("not known")), ("yes", _("Yes")), ("no", _("No"))]
MOST_EUROS, MOST_DAYS = 10**12, 100_000


class SayingForm(Kept):
    """When, says who. The receiver's own word needs no source."""

    date_text = MomentField(_("Since when?"), WHEN)
    source = short(_("Where can people read it?"), 500, _("The address of a page, or in words, for example: minutes of the council of 5 May 2026"))  # fmt: skip
    note = long_text(_("What else should people know?"), _("Everybody can read it. Please name no people."), rows=3)

    def __init__(self, *args: Any, is_own_word: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date_text"].required = True
        self.fields["source"].required = not is_own_word

    @property
    def said(self) -> dict[str, str]:
        """What the services write."""
        return {name: self.cleaned_data[name] for name in ("stage", "date_text", "source", "note") if name in self.fields}  # fmt: skip


class StageForm(SayingForm):
    """The next stage."""

    stage = forms.ChoiceField(label=_("How far is it?"), choices=REACHED, widget=forms.RadioSelect)
    field_order: tuple[str, ...] = ("stage",)


class CorrectionForm(StageForm):
    """A row said anew, or taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        never = (Stage.RETRACTED.value, gettext("retracted: this never happened"))
        _offer(self, "stage", [*REACHED, never])


class BeginForm(StageForm):
    """A card of somebody else, and how far it is."""

    solution = forms.ChoiceField(label=_("Which solution?"))
    field_order: tuple[str, ...] = ("solution", "stage")

    def __init__(self, *args: Any, solutions: Iterable[Solution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.solutions = {solution.slug: solution for solution in solutions}
        groups = groupby(self.solutions.values(), key=lambda solution: solution.organisation.name)
        cards = [(owner, [(one.slug, one.title) for one in those]) for owner, those in groups]
        _offer(self, "solution", [("", gettext("Please choose")), *cards])

    def chosen(self) -> dict[str, Any]:
        return {"solution": self.solutions[self.cleaned_data["solution"]], "said": self.said}


class ReportForm(BeginForm):
    """A card, who takes it over, and who says so."""

    receiver = forms.ChoiceField(
        label=_("Who takes it over?"),
        help_text=_("If the organisation is missing, the agency can add it to the directory."),
    )
    field_order = ("solution", "receiver", "stage")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {found.slug: found for found in known_receivers()}
        _offer(self, "receiver", [("", gettext("Please choose")), *_by_place(self.receivers.values())])

    def chosen(self) -> dict[str, Any]:
        return super().chosen() | {"receiver": self.receivers[self.cleaned_data["receiver"]]}


class TransferForm(Sheet):
    """What is true of a take-over as a whole; most of it may stay empty."""

    giver = one_of(_("Taken from"), [], _("Leave it empty if it comes from the owner of the card."))
    version = short(pgettext_lazy("solution", "Version"), 40, _("Which version you took over."))
    adapted = one_of(_("Did it have to be adapted?"), YES_NO)
    what_changed = long_text(_("What was changed?"), rows=4)
    contributed_back = one_of(
        _("Did the changes go back to the owner?"), YES_NO, _("So that everybody else has them too.")
    )
    cost = forms.IntegerField(
        label=_("What did it cost, in euros?"), required=False, min_value=0, max_value=MOST_EUROS,
        help_text=_("All in all, without your own staff."),
    )  # fmt: skip
    staff_days = forms.IntegerField(label=_("How many days of your own staff?"), required=False, min_value=0, max_value=MOST_DAYS)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "giver", [("", gettext("the owner of the card")), *_by_place(known_receivers())])


def _by_place(found: Iterable[Organisation]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = groupby(found, key=lambda organisation: organisation.inside_region)
    words = {True: gettext("In the region"), False: gettext("Outside the region")}
    return [(words[inside], [(one.slug, one.name) for one in those]) for inside, those in groups]


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), "All are lists."
    field.choices = choices
