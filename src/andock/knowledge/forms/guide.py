"""What publishers write of a guide: one screen, its steps and its checklist as text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.pdf import check_pdf
from andock.organisations.queries import terms

from .. import queries
from ..choices import FileKind
from ..guide_sheet import MOST_ROWS, MOST_TITLE, items_of, steps_of
from .entries import MAX_TEXT, AddressesField, Clean, Kept, MomentField, Sheet, WebField, long_text
from .solution import WHEN, many, paragraphs, short

READERS = {"steps": steps_of, "checklist": items_of}


class GuideForm(Sheet):
    """The whole guide."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = short(_("In one sentence"), 400, _("Stands in the list."))
    text = paragraphs(_("Introduction"), _("Plain text; a blank line begins a new paragraph."), rows=6)
    steps = long_text(
        _("Steps"), _("One step a paragraph: its first line is the heading. A blank line begins the next step."),
        rows=14, most=MAX_TEXT,
    )  # fmt: skip
    checklist = long_text(
        _("Checklist"), _("One line to tick each. A hint may stand behind a |, for example: Ask the data protection officer | early"),
        rows=8, most=MAX_TEXT,
    )  # fmt: skip
    number = short(_("Number"), 20, _("In your series, for example 07-1."))
    topic = short(_("Heading in the list"), 80, _("Guides with the same heading stand together."))
    date_text = MomentField(_("Date"), WHEN)
    version = short(pgettext_lazy("solution", "Version"), 40)
    url = WebField(_("Address of the text"), _("If the text lies elsewhere, readers are led there."))
    solutions = AddressesField(_("Solutions it is about"), _("The address of each card, one a line."))
    terms = many(_("Topics"), _("The pages of the topics show the guide."))
    verified = forms.BooleanField(
        label=_("What stands here is documented"), required=False, help_text=_("If not, the note says what is not.")
    )
    note = paragraphs(_("Note for readers"), _("For example what is not documented."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered, cards = self.fields["terms"], self.fields["solutions"]
        assert isinstance(offered, forms.MultipleChoiceField), "A list."
        assert isinstance(cards, AddressesField), "Addresses."
        offered.choices = [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()]
        cards.known = {*queries.published_solutions().values_list("slug", flat=True), *kwargs["loaded"]["solutions"]}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name, read in READERS.items():
            rows = read(values.get(name, ""))
            if len(rows) > MOST_ROWS:
                self.add_error(name, gettext("At most %d, please; divide the guide.") % MOST_ROWS)
            elif any(not title or len(title) > MOST_TITLE[name] for title, _more in rows):
                self.add_error(name, gettext("A heading or line has at most %d letters.") % MOST_TITLE[name])
            elif name == "checklist" and any(len(hint) > MOST_TITLE[name] for _title, hint in rows):
                self.add_error(name, gettext("A hint has at most %d letters.") % MOST_TITLE[name])
        return values


FIELDS = (
    "title", "summary", "text", "steps", "checklist", "number", "topic", "date_text", "version", "url", "solutions",
    "verified", "note",
)  # fmt: skip
FOLDED = ("terms",)


class BeginForm(Kept):
    """A new guide: its title."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("A question people ask is a good title."))


class FileForm(Clean):
    """A PDF or a link, perhaps an earlier version."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("What is it?"), choices=FileKind.choices)
    version = short(pgettext_lazy("solution", "Version"), 40)
    date_text = MomentField(_("Date"), WHEN)
    file = forms.FileField(
        label=_("PDF"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("At most 20 MB. Everybody can read it once the guide is published."),
        error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip
    url = WebField(_("Or a link"))

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
