"""What people fill in who comment on a paragraph or would word it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andock.docking.words import same_words
from andock.events.forms.entries import Clean, Kept
from andock.participation.choices import ContributionKind
from andock.participation.forms.person import PersonForm
from andock.strategy.field_lock import fingerprint

if TYPE_CHECKING:
    from ..text import Paragraph

MOST = 5000


class WordsForm(Clean):
    """A comment, or another wording, which begins with the present one. ``seen`` tells which wording the person saw."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Your comment"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("What should be different here, and why? Everybody reads it beside this paragraph."),
        error_messages={"required": gettext_lazy("Please write what you want to say.")},
    )  # fmt: skip
    field_order = ("text",)

    def __init__(
        self, *args: Any, kind: str, paragraph: Paragraph, initial: dict[str, Any] | None = None, **more: Any
    ) -> None:
        initial = {"seen": fingerprint(paragraph.text)} | (initial or {})
        if kind == ContributionKind.WORDING:
            initial["text"] = paragraph.text
        super().__init__(*args, initial=initial, **more)
        self.kind, self.paragraph = kind, paragraph
        if kind == ContributionKind.WORDING:
            field = self.fields["text"]
            field.label, field.help_text = _("Your wording"), _WORDING_HELP.get(paragraph.kind, _PLAIN_HELP)
            field.widget.attrs["lang"] = "de"
        self.order_fields(self.field_order)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if self.kind == ContributionKind.WORDING and same_words(self.paragraph.text, text):
            raise forms.ValidationError(_("This is the present wording. Please change it, or write a comment."))
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seen") != fingerprint(self.paragraph.text):
            self.add_error(None, _("This paragraph was changed while you wrote. Its new wording stands above. Please look once more whether what you wrote still fits, then send it again."))  # fmt: skip
        return data

    def look_anew(self) -> None:
        """The form comes again, with the wording of now above it."""
        self.data = self.data.copy()
        self.data["seen"] = fingerprint(self.paragraph.text)


class SayForm(WordsForm, PersonForm):
    """Somebody says something about a paragraph."""

    def anew(self, purpose: str, now: Any) -> None:
        super().anew(purpose, now)
        self.look_anew()


class PaperForm(WordsForm, Kept):
    """Staff type what came by letter."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["text"]
        is_wording = self.kind == ContributionKind.WORDING
        field.label = _("The wording on the paper") if is_wording else _("The comment on the paper")
        shape = _PAPER_HELP.get(self.paragraph.kind, "") if is_wording else ""
        told = _("As it stands there, without names and addresses: everybody reads it beside this paragraph.")
        field.help_text = f"{told} {shape}".strip()
        field.error_messages["required"] = _("Please type what stands on the paper.")


_PLAIN_HELP = gettext_lazy("Change the text as you would like to read it. Readers see word by word what would be different.")  # fmt: skip
_WORDING_HELP = {
    "list": gettext_lazy("One item on each line. Readers see word by word what would be different."),
    "table": gettext_lazy("One row on each line, columns divided by |. Readers see what would be different."),
}
_PAPER_HELP = {
    "list": gettext_lazy("One item on each line."),
    "table": gettext_lazy("One row on each line, columns divided by |."),
}
