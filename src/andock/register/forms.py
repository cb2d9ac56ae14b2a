"""What people enter about docking, and the sentence that helps where it does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from andock.kernel.pdf import check_pdf
from andock.strategy.admission import obstacles
from andock.strategy.choices import DockingBasis
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.forms import DisputedForm

from .choices import BASES, ApproachState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict
    from andock.strategy.models import Framework


NO_DAY = _("This is not a day in the calendar. Write it as 2024-03-31.")


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayForm(forms.Form):
    """For which day the register answers. Its field name is German: it stands in shared addresses."""

    marks_optional = False

    am = forms.DateField(
        label=_("As on"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": NO_DAY},
    )

    def day(self) -> date | None:
        """The day asked for; None where none is given or it makes no sense."""
        return self.cleaned_data.get("am") if self.is_valid() else None


class DeclarationForm(DisputedForm):
    """On what basis an organisation docks, with the evidence, and the marks of what its author saw before."""

    marks_optional = False

    basis = forms.ChoiceField(label=_("On what basis?"), choices=BASES, widget=forms.RadioSelect)
    day = forms.DateField(
        label=_("Date"), widget=DateInput, error_messages={"invalid": NO_DAY},
        help_text=_("The day on which the letter was signed or the resolution passed."),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Number of the resolution"), max_length=80, required=False,
        help_text=_("Needed with a resolution of the council: the number of the paper or resolution. A letter needs none."),
    )  # fmt: skip
    evidence = forms.FileField(
        label=_("Evidence as PDF"), widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("The signed letter, or the resolution from the minutes. At most 20 MB. Only you and the agency see it."),
        error_messages={
            "required": _("Please add the signed letter or the resolution as PDF."),
            "empty": _("The file is empty. Please choose the signed document."),
        },
    )  # fmt: skip
    is_released = forms.BooleanField(
        label=_("Everybody may read the evidence in the register, once it is confirmed."), required=False,
        help_text=_("Please make signatures unreadable first if they should not be public. You can change this later."),
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        organisation: Organisation,
        framework: Framework,
        loaded: Mapping[str, Any],
        conflicts: Mapping[str, Conflict] | None = None,
    ) -> None:
        super().__init__(data, files, loaded=loaded, conflicts=conflicts)
        del self.initial["evidence"]  # no browser takes a file back
        self.organisation, self.framework = organisation, framework
        had_none = data is None or data.get("base_evidence") == fingerprint("")
        if loaded["evidence"] or not had_none:
            self.fields["evidence"].required = False
        if loaded["evidence"]:
            self.fields["evidence"].label = _("Other evidence as PDF")
            self.fields["evidence"].help_text = _("Leave empty to keep the file that is there.")

    def clean_evidence(self) -> Any:
        file = self.cleaned_data["evidence"]
        if file:
            check_pdf(file)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("basis") == DockingBasis.COUNCIL_RESOLUTION and not data.get("number", "").strip():
            self.add_error("number", _("A resolution needs its number, so that everybody finds it in the minutes."))
        if data.get("basis") and data.get("day"):
            for place, sentence in obstacles(self.organisation, self.framework, data["basis"], data["day"]):
                self.add_error(place or None, sentence)
        if self.errors:
            self.ask_for_file_again()
        return data

    def ask_for_file_again(self) -> None:
        """A page that comes back has everything that was typed, but no browser takes a file back."""
        if self.files.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", _("Please choose the PDF once more: browsers do not keep a chosen file."))

    def submitted(self) -> dict[str, Submitted]:
        found = super().submitted()
        return found | {"day": Submitted(found["day"].value.isoformat(), found["day"].base)}


class QuestionForm(forms.Form):
    """What the agency still needs to know."""

    question = forms.CharField(
        label=_("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It goes to the editors and releasers by mail. They change the declaration and hand it in again."),
    )  # fmt: skip


class StandingForm(forms.Form):
    """From which day on an organisation pauses, resumes or ends."""

    day = forms.DateField(label=_("From which day on?"), widget=DateInput, error_messages={"invalid": NO_DAY})
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=400,
        help_text=_("The agency reads it, and it stands in your audit trail. Please name no personal circumstances."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"day": localdate()} | self.initial


class ApproachForm(DisputedForm):
    """How far the talks are, and what comes next."""

    state = forms.ChoiceField(label=_("As it stands"), choices=ApproachState.choices, widget=forms.RadioSelect)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_step_on = forms.DateField(label=_("Until when"), required=False, widget=DateInput, error_messages={"invalid": NO_DAY})  # fmt: skip
    note = forms.CharField(
        label=_("Notes"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only the agency reads them. Please write about the matter, not about people."),
    )  # fmt: skip

    def clean_next_step_on(self) -> str:
        day = self.cleaned_data["next_step_on"]
        return day.isoformat() if day else ""


class InviteForm(forms.Form):
    """Whom to invite to dock."""

    addressee = forms.CharField(
        label=_("Form of address"), max_length=200,
        help_text=_("As letter and mail begin, for example “Dear Mayor Example,”."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, help_text=_("The personal link goes there and is good for 90 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    as_releaser = forms.BooleanField(
        label=_("Also invite this person to act here for the municipality, as its first releaser."), required=False,
        help_text=_("A second mail follows with a link that sets up the account; it is good for 14 days."),
    )  # fmt: skip


class InterestForm(forms.Form):
    """Who is interested. Office data only."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    role = forms.CharField(
        label=_("Your office"), max_length=200, help_text=_("For example: head of the building department."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip
    mailbox = forms.EmailField(
        label=_("Office mailbox"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The agency answers there. Nothing of this is published; it is deleted a year after the link has expired."),
    )  # fmt: skip
