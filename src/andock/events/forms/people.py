"""What those who run an event fill in about its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..choices import Attendance, Group
from ..models import Registration
from ..services.registering import Entry
from .fields import LineField, NameField, NamesField, SentOnce, TextField

if TYPE_CHECKING:
    from ..models import Allotment, Event

MOST_SEATS = 10


class PeopleFilterForm(forms.Form):
    """What part of the participants to show; a nonsensical wish shows all."""

    suche = forms.CharField(label=_("Name, e-mail address or code"), required=False, max_length=200)
    weg = forms.ChoiceField(
        label=_("Way to attend"), required=False, choices=[("", pgettext_lazy("ways", "all")), *Attendance.choices]
    )
    stand = forms.ChoiceField(required=False, choices=[("", ""), *Group.choices], widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, *args: Any, allotments: list[Allotment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(allotments) < 2:  # noqa: PLR2004  there is nothing to choose from
            del self.fields["weg"]

    def wanted(self) -> dict[str, str]:
        """As keywords of ``people_queries.people``."""
        self.is_valid()
        wanted = self.cleaned_data
        return {
            "search": wanted.get("suche", ""),
            "attendance": wanted.get("weg", ""),
            "standing": wanted.get("stand", ""),
        }


class EnterForm(SentOnce, forms.Form):
    """Somebody who called, or stands at the door."""

    allotment = forms.TypedChoiceField(label=_("Way to attend"), coerce=int, widget=forms.RadioSelect)
    name = NameField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254,
        help_text=_("If there is one, the person gets a confirmation with a link to change or cancel."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("This does not look like an e-mail address, for example name@example.org.")},
    )  # fmt: skip
    seats = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST_SEATS, initial=1)
    companions = NamesField(
        label=_("Who else comes"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One name per line."),
    )  # fmt: skip
    access_needs = LineField(label=_("Needs of accessibility"), required=False, max_length=500)
    catering_needs = LineField(label=_("Needs of catering"), required=False, max_length=500)
    note = LineField(
        label=pgettext_lazy("participant", "Note"),
        required=False,
        max_length=500,
        help_text=_("Only people who run the event read it."),
    )
    uses_reserve = forms.BooleanField(label=_("Use reserved seats"), required=False)
    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, event: Event, allotments: list[Allotment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allotment"].choices = [(one.pk, _way(one)) for one in allotments]
        self.fields["allotment"].initial = allotments[0].pk if len(allotments) == 1 else None
        if len(allotments) == 1:
            self.fields["allotment"].widget = forms.HiddenInput()
        for name, is_asked in (("access_needs", event.asks_access), ("catering_needs", event.asks_catering)):
            if not is_asked:
                del self.fields[name]
        reserved = sum(one.reserved for one in allotments)
        if reserved:
            self.fields["uses_reserve"].help_text = _("%d reserved seats are left.") % reserved
        else:
            del self.fields["uses_reserve"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        companions = data.get("companions", [])
        if len(companions) >= data.get("seats", MOST_SEATS):
            self.add_error("companions", _("More names than people. Please raise the number of people first."))
        if any(len(name) > Registration._meta.get_field("name").max_length for name in companions):
            self.add_error("companions", _("One of the names is longer than 120 characters. Please shorten it."))
        return data

    def entry(self) -> Entry:
        """As the service takes it; mails to people entered by hand speak the language of this page."""
        data = self.cleaned_data
        return Entry(
            name=data["name"], email=data["email"], seats=data["seats"], companions=data["companions"],
            access_needs=data.get("access_needs", ""), catering_needs=data.get("catering_needs", ""),
            language=get_language() or "de",
        )  # fmt: skip


class NoteForm(forms.Form):
    """What to remember about somebody."""

    text = TextField(
        label=pgettext_lazy("participant", "Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only people who run the event read it."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why somebody is rejected or cancelled."""

    reason = LineField(
        label=_("Reason"), required=False, max_length=300, help_text=_("It stands in the mail to the person.")
    )

    def __init__(self, *args: Any, is_written: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_written:
            self.fields["reason"].help_text = ""


class DoorForm(forms.Form):
    """Whom somebody at the door is looking for."""

    suche = forms.CharField(
        label=_("Code or name"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "enterkeyhint": "search"}),
    )  # fmt: skip
    marks_optional = False


def _way(allotment: Allotment) -> str:
    """The way to attend with what is left, for the eyes of the organiser."""
    label = str(allotment.get_attendance_display())
    if allotment.free is None:
        return label
    free = max(allotment.free, 0)
    words = ngettext("%(way)s: %(free)d seat free", "%(way)s: %(free)d seats free", free)
    return words % {"way": label, "free": free}
