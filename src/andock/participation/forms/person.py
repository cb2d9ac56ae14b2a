"""What everybody fills in who takes part: who they are, as far as the process needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from andock.events.forms.entries import Clean
from andock.events.forms.registration import MailField
from andock.kernel.form_key import new_key
from andock.organisations.queries import municipalities_on, organisations

from ..choices import AgeBand
from ..codes import read_code
from ..rules import place_of
from ..services.people import Introduction

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Participant, Process


class CodeField(forms.CharField):
    """The code of a letter, read however it was typed."""

    default_error_messages = {
        "required": gettext_lazy("Please type the code from your letter: only people who live here take part.")
    }  # fmt: skip

    def __init__(self, *, place: str = "", **more: Any) -> None:
        attributes = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        told = _("Only people who live here take part: %s. The code stands in the letter you got, for example 7KQ2-M9XD-04TR. It is good for one person.") % place  # fmt: skip
        values = {"label": gettext_lazy("Code from your letter"), "max_length": 60, "help_text": told}
        super().__init__(widget=forms.TextInput(attrs=attributes), **values | more)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        try:
            return read_code(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class CodeForm(forms.Form):
    """Nothing but the code, where it is all that is asked."""

    use_required_attribute = False

    def __init__(self, *args: Any, process: Process, is_asked: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.is_asked = is_asked
        if is_asked:
            self.fields["code"] = CodeField(place=place_of(process))

    def code(self) -> str:
        """What was typed. The form must be valid."""
        return self.cleaned_data.get("code", "")


class PersonForm(Clean):
    """Whoever the device knows is not asked again. ``website`` is a trap: people do not see it.

    ``asks_code``: they have not proved yet that they live where the process asks. ``key`` and ``work`` are hidden, see
    ``kernel.form_key``.
    """

    website = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    work = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, process: Process, known: Participant | None, has_account: bool = False, asks_code: bool = False,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.process, self.known = process, known
        if known is None:
            self.fields |= _who()
            if has_account:
                del self.fields["email"]
        if asks_code:
            self.fields["code"] = CodeField(place=place_of(process))
        if process.asks_age:
            self.fields["age_band"] = _age()
        if process.asks_place:
            self.fields["home"] = _home()

    def introduction(self) -> Introduction:
        """Who this is. The form must be valid."""
        data = self.cleaned_data
        home = organisations().filter(slug=data["home"]).first() if data.get("home") else None
        return Introduction(
            email=data.get("email", ""), pseudonym=data.get("pseudonym", ""), age_band=data.get("age_band", ""),
            home=home, language=get_language() or "de", known=self.known, code=data.get("code", ""),
        )  # fmt: skip

    def anew(self, purpose: str, now: datetime) -> None:
        """Give the form that is shown once more a key of its own."""
        self.data = self.data.copy()
        self.data["key"], self.data["work"] = new_key(purpose, now), ""


def _who() -> dict[str, forms.Field]:
    return {
        "pseudonym": forms.CharField(
            label=gettext_lazy("Name others read"), max_length=60,
            help_text=gettext_lazy("Your own or an invented one. It stands beside what you write."),
            error_messages={"required": gettext_lazy("Please give a name, it may be invented.")},
        ),
        "email": MailField(
            label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            help_text=gettext_lazy("We send a link there, with which you confirm. It is shown to nobody."),
            error_messages={
                "required": gettext_lazy("Please give your e-mail address: the link to confirm goes there."),
                "invalid": gettext_lazy("This is not a complete e-mail address, for example name@example.org."),
            },
        ),
    }  # fmt: skip


def _age() -> forms.Field:
    told = gettext_lazy("Only for the figures of this process, and shown for five people and more.")
    choices = [("", _("I do not want to say")), *AgeBand.choices]
    return forms.ChoiceField(label=gettext_lazy("How old are you?"), required=False, choices=choices, help_text=told)


def _home() -> forms.Field:
    towns = [(one.organisation.slug, one.organisation.name) for one in municipalities_on(timezone.localdate())]
    told = gettext_lazy("Only for the figures of this process, and shown for five people and more.")
    return forms.ChoiceField(
        label=gettext_lazy("Where do you live?"), required=False, help_text=told,
        choices=[("", _("I do not want to say")), *towns, ("anderswo", _("somewhere else"))],
    )  # fmt: skip


class LinkForm(PersonForm):
    """Somebody wants to take part and says who they are; nothing else is asked yet."""


class FindForm(Clean):
    """Somebody wants the link to what they sent again. ``website`` is a trap: people do not see it."""

    use_required_attribute = False
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    email = MailField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("The one with which you took part."),
        error_messages={
            "required": gettext_lazy("Please give your e-mail address: the link goes there."),
            "invalid": gettext_lazy("This is not a complete e-mail address, for example name@example.org."),
        },
    )  # fmt: skip


class RenameForm(Clean):
    pseudonym = forms.CharField(
        label=gettext_lazy("Name others read"), max_length=60,
        error_messages={"required": gettext_lazy("Please give a name, it may be invented.")},
    )  # fmt: skip


class EraseForm(forms.Form):
    """Everything goes that names the person; the words are theirs to decide about."""

    words = forms.ChoiceField(
        label=gettext_lazy("What shall become of what you wrote?"), widget=forms.RadioSelect,
        choices=[
            ("keep", gettext_lazy("It stays, without my name. What others answered still makes sense.")),
            ("remove", gettext_lazy("It goes. In its place stands that it was taken back.")),
        ],
        error_messages={"required": gettext_lazy("Please choose what shall become of your contributions.")},
    )  # fmt: skip


class ObjectForm(Clean):
    text = forms.CharField(
        label=gettext_lazy("Why should it be shown?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please write why it should be shown.")},
    )  # fmt: skip
