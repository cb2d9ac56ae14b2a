"""What offices fill in: a process, its phases, what was decided and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.events.forms.entries import Clean, DayInput, Kept, MomentInput, long_text
from andock.events.queries import public_events
from andock.knowledge.forms.entries import AddressesField
from andock.organisations.queries import terms

from ..blueprints import described
from ..choices import Blueprint, Reason, Stance, Verdict
from ..services.processes import PhaseEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.accounts.models import User

    from ..models import Phase

MOST = 20_000
NO_MOMENT = {"required": _("Please say when."), "invalid": _("This is not a moment in the calendar. Write it as 2026-05-04T18:30.")}  # fmt: skip


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=MomentInput(), help_text=help_text, error_messages=NO_MOMENT)


class BeginForm(Kept):
    """A new process."""

    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("What people are asked, for example: Your ideas for the banks of the Hönne.")
    )  # fmt: skip
    blueprint = forms.ChoiceField(label=_("What is to happen?"), choices=Blueprint.choices, widget=forms.RadioSelect)
    begins_at = _moment(
        _("When does it begin?"), _("The phases follow each other from then on. You can move each later.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blueprint = self.fields["blueprint"]
        assert isinstance(blueprint, forms.ChoiceField), "A list."
        blueprint.choices = [(one, described(one)) for one in Blueprint.values]


class ProcessForm(Kept):
    """The whole process. ``seen`` tells which state of it the person saw."""

    marks_optional = False

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In one sentence"), required=False, max_length=300, help_text=_("What you want to know of people. Stands in the list; needed to publish.")
    )  # fmt: skip
    text = long_text(
        _("What it is about"), _("What is planned, what can still be changed, and who decides when."), rows=8, most=MOST
    )
    contact_email = forms.EmailField(
        label=_("Office mailbox"),
        required=False,
        help_text=_("Answers questions about this process; needed to publish. No private address."),
    )
    is_region_wide = forms.BooleanField(
        label=_("Open for the whole region; whoever names a municipality is answered there"), required=False
    )
    holds_back = forms.BooleanField(label=_("We check every contribution before it is shown"), required=False)
    asks_age = forms.BooleanField(label=_("Ask for the age band (nobody has to say)"), required=False)
    asks_place = forms.BooleanField(label=_("Ask where people live (nobody has to say)"), required=False)
    needs_residence = forms.BooleanField(
        label=_("Only people who prove that they live here, by a code from our letter or by their account"),
        required=False,
    )
    terms = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    events = AddressesField(_("Events"), _("The address of each published event that belongs to it, one a line."))
    result = long_text(_("What came of it"), _("Write it when it is over: people look for it."), rows=6, most=MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered, meetings = self.fields["terms"], self.fields["events"]
        assert isinstance(offered, forms.MultipleChoiceField), "A list."
        assert isinstance(meetings, AddressesField), "Addresses."
        offered.choices = [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()]
        meetings.known = set(public_events().values_list("slug", flat=True)) if self.is_bound else ()


class PhaseForm(Kept):
    """One phase; a prefix tells it from the others."""

    marks_optional = False

    title = forms.CharField(label=_("Title of the phase"), max_length=120)
    text = long_text(_("What people should know"), rows=3)
    starts_at = _moment(_("Begins"))
    ends_at = _moment(_("Ends"), _("From this minute on nothing can be sent any more."))

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        initial = {name: getattr(phase, name) for name in ("title", "text", "starts_at", "ends_at")}
        super().__init__(*args, prefix=f"phase{phase.pk}", initial=initial, **kwargs)
        self.phase = phase

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        starts, ends = values.get("starts_at"), values.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", gettext("It ends before it begins. Please set the days anew."))
        return values

    def entry(self) -> PhaseEntry:
        data = self.cleaned_data
        return PhaseEntry(self.phase.pk, data["title"], data["text"], data["starts_at"], data["ends_at"])


class DecideForm(Clean):
    """Show or hide; hiding needs a reason of the published list."""

    verdict = forms.ChoiceField(choices=Verdict.choices)
    marks_optional = False

    reason = forms.ChoiceField(
        label=_("Reason, if it is not shown"), required=False, choices=[("", _("Please choose")), *Reason.choices]
    )
    text = forms.CharField(
        label=_("Words to the author, if you like"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("verdict") == Verdict.HIDDEN and not values.get("reason"):
            self.add_error("reason", gettext("Please choose a reason: the author reads it."))
        return values


class ChosenForm(Kept):
    """Contributions were ticked."""

    chosen = forms.TypedMultipleChoiceField(
        label=_("Contributions"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Nothing was chosen. Please tick the contributions first.")},
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField), "A list."
        chosen.choices = [(pk, str(pk)) for pk in offered]


class AnswerForm(ChosenForm):
    stance = forms.ChoiceField(
        label=_("Answer"), choices=Stance.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what becomes of it.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody reads it. Plain words, please: what you do, or why not."),
        error_messages={"required": _("Please say why: people gave you their time.")},
    )  # fmt: skip
    forwarded_to = forms.CharField(
        label=_("Forwarded to"), required=False, max_length=200, help_text=_("An office, no person. Only where you forward it.")
    )  # fmt: skip
    change = forms.CharField(
        label=_("Changed passage"), required=False, max_length=500, help_text=_("The address of the passage, if you have changed the text for it: in the framework strategy, or in your own local strategy."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("stance") == Stance.FORWARDED and not values.get("forwarded_to"):
            self.add_error("forwarded_to", gettext("Please name the office it goes to."))
        return values


class AssignForm(ChosenForm):
    assignee = forms.ChoiceField(label=_("Who answers"), required=False)
    due_on = forms.DateField(label=_("To be answered by"), required=False, widget=DayInput())

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assignee = self.fields["assignee"]
        assert isinstance(assignee, forms.ChoiceField), "A list."
        assignee.choices = [("", _("nobody in particular")), *((str(one.pk), str(one)) for one in people)]

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(gettext("This day is over. Please choose a later one."))
        return day
