"""What a group says of itself, and what its members write on its board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.events.forms.entries import Kept
from andock.events.queries import public_events
from andock.knowledge.forms.entries import AddressesField, WebField
from andock.knowledge.queries import published_solutions
from andock.organisations.queries import terms

from .enquiry import WordsField

if TYPE_CHECKING:
    from andock.knowledge.models import Solution


class GroupForm(Kept):
    """The whole group. ``seen`` tells which state of it the person saw."""

    marks_optional = False

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("The subject, for example: sensors and radio networks.")
    )
    summary = forms.CharField(
        label=_("In one sentence"), required=False, max_length=400, help_text=_("Stands in the list.")
    )
    text = WordsField(_("What it is about"), _("Plain text; a blank line begins a new paragraph."), required=False)
    events = AddressesField(
        _("Meetings"),
        _("The address of each published event, one a line. The page tells those that come from those that are over."),
    )
    terms = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered, meetings = self.fields["terms"], self.fields["events"]
        assert isinstance(offered, forms.MultipleChoiceField), "A list."
        assert isinstance(meetings, AddressesField), "Addresses."
        offered.choices = [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()]
        meetings.known = set(public_events().values_list("slug", flat=True)) if self.is_bound else ()


class PostForm(Kept):
    """A post, or an answer. ``key`` is new with every form that is shown."""

    text = WordsField(_("Your text"), _("Please name offices and no people. Your office and role stand beside it."))
    link = WebField(_("Link"))
    solution = forms.CharField(
        label=_("Solution"), required=False, max_length=500, help_text=_("The address of its card, if it is about one.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    answers_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_solution(self) -> Solution | None:
        word = self.cleaned_data["solution"].strip().rstrip("/").rpartition("/")[2]
        found = published_solutions().filter(slug=word).first() if word else None
        if word and found is None:
            raise forms.ValidationError(gettext("“%s” is not known here.") % word[:80])
        return found
