"""What an organisation enters about one of its offices, and how the directory is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.events.forms.entries import Kept
from andock.organisations.queries import terms

from ..mailboxes import looks_personal
from .enquiry import WordsField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from andock.organisations.models import Organisation

    from ..models import Office

KEYS = ("wort", "thema", "ort")


class OfficeForm(Kept):
    """One office. ``seen`` tells which state of it the person saw; a mailbox that looks personal is asked about once."""

    marks_optional = False

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the office"), max_length=200,
        help_text=_("The office, not a person, for example: Staff unit for digitalisation."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Mailbox"), required=False,
        help_text=_("A mailbox several people read. It stays the same when somebody leaves or is ill."),
        error_messages={"invalid": _("This does not look like an e-mail address, for example name@example.org.")},
    )  # fmt: skip
    is_role_mailbox = forms.BooleanField(
        label=_("This mailbox belongs to the office and not to one person"), required=False
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    asks = WordsField(
        _("What it can be asked"), _("In a few sentences, for example: sensors and radio networks, tenders, council papers."),
        most=2000, required=False,
    )  # fmt: skip
    terms = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, office: Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _initial(office) if office else None})
        field = self.fields["terms"]
        assert isinstance(field, forms.MultipleChoiceField), "A list."
        field.choices = [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()]
        if not looks_personal(self["email"].value() or ""):
            del self.fields["is_role_mailbox"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values["email"] and not values["phone"]:
            self.add_error(
                "email", gettext("Write a mailbox or a telephone number, so that the office can be reached.")
            )
        if values.get("email") and values.pop("is_role_mailbox", True) is False:
            self.add_error(
                "email",
                gettext(
                    "This looks like the mailbox of one person. Better is one of the office: it stays when people change, and nobody's name is published. If it is one of the office, tick so below."
                ),
            )
        values.pop("is_role_mailbox", None)
        return values


class DirectoryFilter(forms.Form):
    """By a word, a topic and a town. Unknown values are ignored. The names are German: they stand in addresses."""

    marks_optional = False

    wort = forms.CharField(label=_("Search word"), required=False, max_length=100)
    thema = forms.ChoiceField(label=_("Topic"), required=False)
    ort = forms.ChoiceField(label=_("Town or organisation"), required=False)

    def __init__(self, data: QueryDict, organisations: Iterable[Organisation]) -> None:
        super().__init__(data or None)
        topics, places = self.fields["thema"], self.fields["ort"]
        assert isinstance(topics, forms.ChoiceField), "A list."
        assert isinstance(places, forms.ChoiceField), "A list."
        topics.choices = [("", _("All topics")), *{term.slug: str(term) for term in terms()}.items()]
        places.choices = [("", _("Everywhere")), *((found.slug, found.name) for found in organisations)]

    def chosen(self) -> dict[str, str]:
        """The values that make sense, by their keys in the address."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        return {name: values[name] for name in KEYS if values.get(name)}


def _initial(office: Office) -> dict[str, Any]:
    return {
        "seen": office.changed_at.isoformat(), "name": office.name, "email": office.email, "phone": office.phone,
        "asks": office.asks, "terms": [term.key for term in office.terms.all()], "is_role_mailbox": True,
    }  # fmt: skip
