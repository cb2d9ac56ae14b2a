"""Forms about people. They turn input into clean values; the rules decide."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andock.organisations.choices import Role


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoleForm(forms.Form):
    """Choose a role among those that fit the organisation."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]


class InvitationForm(RoleForm):
    """Whom to invite as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link goes there and is good for 14 days."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("This does not look like an e-mail address, for example name@example.org.")},
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("Leave empty if the role has no end.")
    )
    field_order = ("email", "role", "until")

    def clean_until(self) -> Any:
        last_day = self.cleaned_data["until"]
        if last_day and last_day < timezone.localdate():
            raise forms.ValidationError(_("The last day lies in the past. Choose today or later."))
        return last_day + timedelta(days=1) if last_day else None


class EndForm(forms.Form):
    """When and why a membership ends."""

    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("Leave empty to end it at once.")
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200,
        help_text=_("It stands in the trail for years. Please name no personal circumstances."),
    )  # fmt: skip


class DeputyForm(forms.Form):
    """Who deputises, and from when to when."""

    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=None, empty_label=_("Please choose"))
    since = forms.DateField(label=_("First day"), widget=DateInput)
    last_day = forms.DateField(label=_("Last day"), widget=DateInput)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues


class ConsentForm(forms.Form):
    """Accepting with an account one already has."""

    def account_data(self) -> dict[str, str]:
        return {}


class NewAccountForm(forms.Form):
    """Name and password of somebody invited who has no account yet."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your colleagues and the agency see it. It never stands on public pages."),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters. A few words in a row are easy to remember."),
    )  # fmt: skip
    password_again = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") != data.get("password_again"):
            self.add_error("password_again", _("The two passwords differ. Please type the same one twice."))
        return data

    def account_data(self) -> dict[str, str]:
        return {"name": self.cleaned_data["name"], "password": self.cleaned_data["password"]}


class TrailFilterForm(forms.Form):
    """What part of the trail to show."""

    action = forms.ChoiceField(label=_("What happened"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("To"), required=False, widget=DateInput)

    def __init__(self, *args: Any, actions: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((name, str(label)) for name, label in actions.items()), key=lambda choice: choice[1])
        self.fields["action"].choices = [("", _("Everything")), *choices]
