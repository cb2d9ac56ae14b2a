"""The answer to one question of a take-over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andock.docking import items as kinds
from andock.docking.fields import TERMS
from andock.docking.items import Resolution
from andock.docking.values import Block, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.docking.local import Value

    from .run_page import Entry


class AnswerForm(forms.Form):
    """Which answer, and what goes with it. Whether that is enough, the service says."""

    answer = forms.ChoiceField(error_messages={"required": _("Choose what shall hold."), "invalid_choice": _("Choose one of the answers.")})  # fmt: skip
    text = forms.CharField(required=False, strip=False)
    terms = forms.MultipleChoiceField(required=False)
    placed = forms.MultipleChoiceField(required=False)
    until = forms.DateField(
        required=False, label=_("Until when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give a day like 31.12.2030.")},
    )  # fmt: skip
    reason = forms.CharField(required=False, label=_("Reason for the council"))
    seen = forms.CharField(required=False)

    def __init__(self, entry: Entry, data: Mapping[str, Any] | None = None, *, seen: str = "") -> None:
        super().__init__(data, initial=_initial(entry) | {"seen": seen})
        self.entry = entry
        self.options = entry.options
        self._offer("answer", [(option.answer, option.label) for option in self.options])
        self._offer("placed", [(candidate.key, candidate.text) for candidate in entry.placeable])
        self._offer("terms", _terms(entry))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "Every field with choices is one."
        field.choices = choices

    @property
    def is_of_terms(self) -> bool:
        return self.entry.item.field == TERMS

    def resolution(self) -> Resolution:
        """What was answered; the form is valid."""
        given = self.cleaned_data
        answer, until = given["answer"], given["until"]
        return Resolution(
            item=self.entry.key, answer=answer, value=self._value() if answer == kinds.EDITED else None,
            reason=given["reason"], until=until.isoformat() if until and answer == kinds.DEFER else "",
            placed=tuple(given["placed"]) if answer == kinds.ADOPT else (),
        )  # fmt: skip

    def _value(self) -> Value:
        if self.is_of_terms:
            return tuple(sorted(self.cleaned_data["terms"]))
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


def _initial(entry: Entry) -> dict[str, Any]:
    """The answer that stands, else the proposal; a conflict has none."""
    item, found = entry.item, entry.resolution or entry.item.proposal
    edited = found.value if found and found.answer == kinds.EDITED else None
    text = edited if edited is not None else _starting_text(entry)
    return {
        "answer": found.answer if found else "",
        "reason": found.reason if found else "",
        "until": found.until if found else "",
        "placed": list(found.placed) if found else [],
        "text": text_of(text),
        "terms": list(text) if item.field == TERMS and isinstance(text, tuple) else [],
    }


def _starting_text(entry: Entry) -> Value:
    """What a wording of one's own begins with: the clean merge, the addition, or what stands here today."""
    item = entry.item
    if item.additions:
        return item.additions[0].block
    return item.offer if item.offer is not None else item.local


def text_of(value: Value) -> str:
    """A value as somebody would type it."""
    if isinstance(value, Block):
        return value.text
    if isinstance(value, Parameter):
        return value.value
    return value if isinstance(value, str) else ""


def _terms(entry: Entry) -> list[tuple[str, str]]:
    item, labels = entry.item, entry.page.names.terms
    if item.field != TERMS:
        return []
    sides = (item.base, item.upstream, item.local, item.offer)
    keys = {key for side in sides if isinstance(side, tuple) for key in side}
    return sorted(((key, labels.get(key, key)) for key in keys), key=lambda choice: choice[1])
