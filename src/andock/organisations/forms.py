"""What an organisation enters about itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.kernel.text import normalise, slugify, without_control_characters

from .crests import as_png
from .models import Profile
from .queries import terms

check_url = URLValidator(schemes=["http", "https"])


class ProfileForm(forms.Form):
    """Text, crest, links and office. ``seen`` tells which state of the profile the person saw."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("About us"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 8, "data-keep": True}),
        help_text=_("A few sentences for people who do not know you. Plain text, no names of persons."),
    )  # fmt: skip
    terms = forms.MultipleChoiceField(
        label=_("What you work on"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Your page names these topics, and the pages of the topics name you."),
    )  # fmt: skip
    links = forms.CharField(
        label=_("Links"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "data-keep": True}),
        help_text=_("One per line: the words to show, then the address, for example: Smart City in Olpe https://www.olpe.de/smart"),
    )  # fmt: skip
    contact_office = forms.CharField(
        label=_("Contact office"), required=False, max_length=200, widget=forms.TextInput(attrs={"data-keep": True}),
        help_text=_("The office, not a person."),
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=_("Office mailbox"), required=False, widget=forms.EmailInput(attrs={"data-keep": True}),
        error_messages={"invalid": _("This does not look like an e-mail address, for example name@example.org.")},
    )  # fmt: skip
    contact_phone = forms.CharField(
        label=_("Office telephone"), required=False, max_length=40, widget=forms.TextInput(attrs={"data-keep": True})
    )
    crest = forms.FileField(
        label=_("Crest or logo"), required=False, widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP up to 5 MB. Only what you may use publicly."),
    )  # fmt: skip
    remove_crest = forms.BooleanField(label=_("Remove the present picture"), required=False)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": initial_of(profile)})
        self.fields["terms"].choices = [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()]
        if not profile.crest:
            del self.fields["remove_crest"]

    def clean_text(self) -> str:
        return normalise(without_control_characters(self.cleaned_data["text"]))

    def clean_links(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines()]
        return [_link(number, line) for number, line in enumerate(lines, start=1) if line]

    def clean_crest(self) -> Any:
        upload = self.cleaned_data["crest"]
        try:
            return as_png(upload) if upload else None
        except ValueError as error:
            raise ValidationError(str(error)) from error


class RenameForm(forms.Form):
    """A new name, and the address that goes with it."""

    name = forms.CharField(label=_("New name"), max_length=200)
    slug = forms.SlugField(
        label=_("New address"), required=False, max_length=80,
        help_text=_("The last part, such as olpe in /kommunen/olpe/. Leave empty to make it from the name."),
        error_messages={"invalid": _("Write small letters, digits and hyphens only, for example bad-berleburg.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200,
        help_text=_("For example the decision of the council with its date. It stands in the trail, not on the page."),
    )  # fmt: skip

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].lower()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not (values["slug"] or slugify(values["name"]).strip("-")):
            self.add_error("slug", gettext("No address can be made from this name. Write one."))
        return values


def initial_of(profile: Profile) -> dict[str, Any]:
    """The profile as the form shows it."""
    return {
        "seen": version_of(profile),
        "text": profile.text,
        "terms": [term.key for term in profile.terms.all()],
        "links": "\n".join(f"{link['label']} {link['url']}" for link in profile.links),
        "contact_office": profile.contact_office,
        "contact_email": profile.contact_email,
        "contact_phone": profile.contact_phone,
    }


def version_of(profile: Profile) -> str:
    """Names one state of the profile; empty while there is none."""
    return profile.changed_at.isoformat() if profile.changed_at else ""


def _link(number: int, line: str) -> dict[str, str]:
    label, _blank, url = without_control_characters(line).rpartition(" ")
    try:
        check_url(url)
    except ValidationError as error:
        raise ValidationError(
            gettext("Line %d does not end with an address such as https://www.example.org.") % number
        ) from error
    if not label.strip():
        raise ValidationError(gettext("Line %d lacks the words to show before the address.") % number)
    return {"label": label.strip(), "url": url}
