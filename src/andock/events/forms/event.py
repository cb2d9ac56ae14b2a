"""What organisers enter about an event. Fields travel with the fingerprint of what they were loaded with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from andock.organisations.choices import OrganisationKind
from andock.organisations.queries import municipalities, organisations, terms
from andock.strategy.field_lock import Submitted
from andock.strategy.forms import MAX_TEXT, LockedForm
from andock.strategy.queries import edition_in_force, newest_versions, public_editions, versions_of

from ..choices import WITHOUT_REGISTRATION, Attendance, Door, EventKind, Format, StepFree
from ..patterns import PATTERNS
from ..queries import events_of, series_of
from ..sections import ways_of
from ..timing import FIELDS, Timing, WrongDate, read_timing, timing_of
from .entries import Kept, clock_field, day_field, long_text, moment_field, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.organisations.models import Organisation

    from ..models import Event

MAX_SEATS = 100_000
POSTCODE = r"^\s*(?:[A-Za-z]{1,2}-)?\d{4,5}(?: ?[A-Za-z]{2})?\s*$"
"""Of Germany and its neighbours."""
HOURS = (
    (2, _("2 hours before")), (24, _("a day before")), (48, _("two days before")), (72, _("three days before")),
    (168, _("a week before")), (336, _("two weeks before")),
)  # fmt: skip


class SectionForm(Kept, LockedForm):
    """One section of an event."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)

    def submitted(self) -> dict[str, Submitted]:
        return {name: Submitted(plain(found.value), found.base) for name, found in super().submitted().items()}


class WhenFields(forms.Form):
    """Day and time as people know them."""

    day = day_field(_("Day"))
    time = clock_field(_("Begins at"), _("Left empty, only the day is announced and nobody can register."))
    end_day = day_field(_("Last day"), _("Only if it ends on another day."))
    end_time = clock_field(_("Ends at"))
    roughly = forms.CharField(
        label=_("Or only roughly"), required=False, max_length=40,
        help_text=_("If the day is not known: November 2026, autumn 2026 or 2026. Two with a slash: from, to."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(name in self.errors for name in FIELDS):
            try:
                self.when: Timing = read_timing({name: plain(values.get(name)) or "" for name in FIELDS})
            except WrongDate as wrong:
                self.add_error(wrong.field, str(wrong))
        return values


class WhenForm(WhenFields, SectionForm):
    """When it takes place."""

    marks_optional = False

    def submitted(self) -> dict[str, Submitted]:
        return {name: Submitted(found.value or "", found.base) for name, found in super().submitted().items()}


class PostponeForm(WhenFields, Kept):
    """To when, and why."""

    marks_optional = False

    reason = forms.CharField(
        label=_("Why is it postponed?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it, on the page and in the mail. Please name no personal circumstances."),
    )  # fmt: skip


class CancelForm(Kept):
    """Why it does not take place."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it, on the page and in the mail. Please name no personal circumstances."),
    )  # fmt: skip


class BeginForm(WhenFields, Kept):
    """A new event: what it starts from, what it is called, when it is."""

    marks_optional = False

    title = forms.CharField(label=_("Title"), max_length=200)
    pattern = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect, required=False)
    copy_of = forms.ChoiceField(
        label=_("Or a copy of"), required=False,
        help_text=_("Everything is copied but the date, the people, uploaded files and the link to the online room."),
    )  # fmt: skip
    field_order = ("title", "pattern", "copy_of", *FIELDS)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pattern"].choices = [(key, f"{one.label}: {one.hint}") for key, one in PATTERNS.items()]
        own = [(event.slug, f"{event.title} ({timing_of(event)})") for event in events_of(organisation)]
        self.fields["copy_of"].choices = [("", gettext("none")), *own]
        self.fields["roughly"].help_text = _("If the day is not known yet: November 2026, autumn 2026 or 2026.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors.keys() & {"pattern", "copy_of"} and not values["pattern"] and not values["copy_of"]:
            self.add_error("pattern", gettext("Please choose what it is, or an event to copy."))
        return values


class WhatForm(SectionForm):
    """What it is about and who holds it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    summary = forms.CharField(
        label=_("In one sentence"), max_length=300, required=False, help_text=_("Stands in lists, mails and calendars.")
    )
    text = long_text(_("Description"), _("Plain text; a blank line begins a new paragraph."), rows=10, most=MAX_TEXT)
    host = forms.CharField(
        label=_("Held by"), max_length=200, required=False, help_text=_("Only if it is somebody else than you.")
    )
    partners = forms.MultipleChoiceField(
        label=_("Together with"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Their pages show the event too."),
    )  # fmt: skip
    contact_office = forms.CharField(
        label=_("Office that answers questions"),
        max_length=200,
        required=False,
        help_text=_("The office, not a person."),
    )
    contact_email = forms.EmailField(label=_("Office mailbox"), max_length=254, required=False)
    source = forms.URLField(
        label=_("Source"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Address of an announcement elsewhere, for events that are documented afterwards."),
    )  # fmt: skip
    verified = forms.BooleanField(
        label=_("What stands here is documented"), required=False, help_text=_("If not, the note says what is not.")
    )
    note = long_text(_("Note for readers"), _("For example what is not documented."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = organisations().exclude(pk=self.event.organisation_id).exclude(kind=OrganisationKind.REGION)
        self.fields["partners"].choices = list(others.order_by("name").values_list("slug", "name"))


class WhereForm(SectionForm):
    """Where it is, how people get in, and the online room."""

    format = forms.ChoiceField(label=_("On site or online"), choices=Format.choices, widget=forms.RadioSelect)
    venue = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("For example: town hall, room 12")
    )
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    postal_code = forms.CharField(
        label=_("Postcode"), max_length=10, required=False,
        validators=[RegexValidator(POSTCODE, _("A postcode has four or five digits, for example 57462."))],
    )  # fmt: skip
    town = forms.CharField(label=_("Town"), max_length=100, required=False)
    municipality = forms.ChoiceField(
        label=_("Municipality"), required=False, help_text=_("Its page shows the event, and people find it there.")
    )
    step_free = forms.ChoiceField(label=_("Access to the venue"), choices=StepFree.choices, required=False)
    sign_language = forms.BooleanField(label=_("With sign language interpretation"), required=False)
    access_note = long_text(
        _("More on accessibility"), _("Lift, toilet, induction loop, parking, quiet room; whom to ask."), rows=3
    )
    online_url = forms.URLField(
        label=_("Link to the online room"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Only people whose registration is confirmed get it. If it changes, they get it again."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(one.organisation.slug, one.organisation.name) for one in municipalities()]
        self.fields["municipality"].choices = [("", gettext("none, or outside the region")), *found]


class AboutForm(SectionForm):
    """What it has to do with: topics, passages, edition, series."""

    terms = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The pages of the topics show the event."),
    )  # fmt: skip
    without_technology = forms.BooleanField(label=_("Works without technology"), required=False)
    series = forms.ChoiceField(label=_("Series"), required=False)
    edition = forms.ChoiceField(
        label=_("Presents the edition"), required=False, help_text=_("The page of the edition then names the event.")
    )
    elements = forms.MultipleChoiceField(
        label=_("Passages of the strategy"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Of the edition in force."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].choices = [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()]
        own = series_of(self.event.organisation).values_list("slug", "title")
        self.fields["series"].choices = [("", gettext("none")), *own]
        editions = [(str(one.ordinal), one.label) for one in public_editions()]
        self.fields["edition"].choices = [("", gettext("none")), *editions]
        self.fields["elements"].choices = _passages(self.event)


class RegistrationForm(SectionForm):
    """Who may come, how many, and what they are asked."""

    marks_optional = False

    door = forms.ChoiceField(label=_("How do people register?"), choices=Door.choices, widget=forms.RadioSelect)
    door_url = forms.URLField(
        label=_("Address of the other website"), max_length=500, required=False, assume_scheme="https"
    )
    opens_at = moment_field(_("Registration opens"), _("Left empty: as soon as the event is published."))
    closes_at = moment_field(_("Registration closes"), _("Left empty: when the event begins."))
    needs_approval = forms.BooleanField(label=_("We accept each registration ourselves"), required=False)
    has_waiting_list = forms.BooleanField(
        label=_("With a waiting list"),
        required=False,
        help_text=_("A seat that becomes free is offered to the next by itself."),
    )
    offer_hours = forms.IntegerField(
        label=_("Hours an offered seat is kept"), min_value=1, max_value=336,
        help_text=_("Then it goes to the next. Shortly before the event people have the seat at once."),
    )  # fmt: skip
    seats_each = forms.IntegerField(label=_("Seats one person may take"), min_value=1, max_value=10)
    asks_access = forms.BooleanField(label=_("Ask for needs of accessibility"), required=False)
    asks_catering = forms.BooleanField(label=_("Ask for needs of catering"), required=False)
    is_recorded = forms.BooleanField(
        label=_("The event is recorded"),
        required=False,
        help_text=_("People read it before they register, and consent."),
    )
    keep_days = forms.IntegerField(
        label=_("Days personal data are kept afterwards"), min_value=1, max_value=730,
        help_text=_("Then names and addresses are deleted; only numbers stay."),
    )  # fmt: skip
    reminders = forms.TypedMultipleChoiceField(
        label=_("Remind people who come"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, event: Event, loaded: Mapping[str, Any], **kwargs: Any) -> None:
        self.base_fields = self.base_fields | _seats(event)
        super().__init__(*args, event=event, loaded=loaded, **kwargs)
        known = dict(HOURS)
        hours = sorted({*known, *(int(found) for found in loaded["reminders"])})
        self.fields["reminders"].choices = [
            (str(one), known.get(one) or gettext("%d hours before") % one) for one in hours
        ]
        self.order_fields(["door", "door_url", *_seats(event), *self.fields])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.event.kind in WITHOUT_REGISTRATION and values.get("door") == Door.HERE:
            self.add_error("door", gettext("Nobody registers for a date of this kind. Choose another kind, or that nobody registers."))  # fmt: skip
        return values


SECTIONS: dict[str, type[SectionForm]] = {
    "what": WhatForm, "when": WhenForm, "where": WhereForm, "about": AboutForm, "registration": RegistrationForm,
}  # fmt: skip


def _seats(event: Event) -> dict[str, forms.Field]:
    """Two numbers for each way to attend."""
    found: dict[str, forms.Field] = {}
    for way in ways_of(event):
        label = Attendance(way).label
        found[f"{way}_seats"] = forms.IntegerField(
            label=pgettext_lazy("seats", "Seats: %s") % label, min_value=0, max_value=MAX_SEATS, required=False,
            help_text=_("Left empty: as many as want to come."),
        )  # fmt: skip
        found[f"{way}_reserved"] = forms.IntegerField(
            label=_("Of which reserved: %s") % label, min_value=0, max_value=MAX_SEATS,
            help_text=_("Only you give these seats away, under “Participants”."),
        )  # fmt: skip
    return found


def _passages(event: Event) -> list[tuple[str, str]]:
    """The elements of the edition in force, and those the event names already."""
    edition = edition_in_force()
    found = {str(one.element_id): str(one) for one in versions_of(edition)} if edition else {}
    older = newest_versions(element.pk for element in event.elements.all() if str(element.pk) not in found)
    return [*found.items(), *((str(key), str(one)) for key, one in older.items())]
