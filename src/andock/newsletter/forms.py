"""Writing an issue: a subject, and sections with a text and perhaps a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from andock.kernel.text import normalise, one_line, without_control_characters

MOST_SECTIONS = 12
WEB = URLValidator(schemes=["http", "https"])


class IssueForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"), max_length=150, help_text=_("The first thing people see of it. It is also its title here."),
        error_messages={"required": _("Please write a subject: without one the mail would look empty.")},
    )  # fmt: skip

    def clean_subject(self) -> str:
        return one_line(self.cleaned_data["subject"])


class SectionForm(forms.Form):
    """One section; left empty it is none."""

    title = forms.CharField(label=_("Heading"), max_length=150, required=False)
    text = forms.CharField(
        label=_("Text"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Plain text; an empty line begins a paragraph."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Link"), max_length=500, required=False,
        help_text=_("A page of this site such as /loesungen/…, or an address elsewhere that begins with https://."),
    )  # fmt: skip

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_text(self) -> str:
        return normalise(without_control_characters(self.cleaned_data["text"]))

    def clean_url(self) -> str:
        url = one_line(self.cleaned_data["url"])
        is_own_page = url.startswith("/") and not url.startswith(("//", "/\\")) and " " not in url
        if url and not is_own_page:
            try:
                WEB(url)
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("This is no address. Copy it from the browser, or write the page here, such as /loesungen/.")
                ) from error
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("text") and (data.get("title") or data.get("url")):
            self.add_error("text", _("Please write the text too, or empty the whole section."))
        return data


SectionFormSet = forms.formset_factory(
    SectionForm, extra=2, max_num=MOST_SECTIONS, validate_max=True, absolute_max=MOST_SECTIONS + 2
)
"""The sections, and two empty ones to write in."""
