"""Which text a consultation is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChooseForm(forms.Form):
    """``offered`` are pairs of a value and what is read beside it."""

    marks_optional = False

    text = forms.ChoiceField(
        label=_("Text"), widget=forms.RadioSelect, error_messages={"required": _("Please choose a text.")}
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["text"].choices = offered
