"""The page on which one regional element is decided and adapted, as one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from andock.docking.fields import BLOCK, PARAMETER
from andock.docking.local import START
from andock.docking.words import Piece, word_diff
from andock.strategy.forms import Dispute, LockedForm

from .choices import DecisionState, Weight
from .desk_forms import NO_DAY, WAYS, DateInput
from .services.wording import ADD, wording_fields

if TYPE_CHECKING:
    from andock.strategy.field_lock import Conflict, Submitted

    from .models import ElementDecision

AREA = forms.Textarea(attrs={"rows": 3})


@dataclass(frozen=True, slots=True)
class Place:
    """One regional paragraph with what can be written about it. ``pieces`` lead from the regional to the own wording."""

    number: int
    block: Mapping[str, str]
    addition: forms.BoundField
    own: forms.BoundField
    disputes: tuple[Dispute, ...]
    pieces: tuple[Piece, ...]
    is_left_out: bool
    is_open: bool

    @property
    def as_blocks(self) -> list[Mapping[str, str]]:
        return [self.block]


class LocalForm(LockedForm):
    """Decision, parameters, additions and wordings of one element, each locked by itself."""

    def __init__(self, *args: Any, row: ElementDecision, loaded: Mapping[str, Any], **kwargs: Any) -> None:
        fields = dict(_fields(row, loaded))
        self.base_fields = self.base_fields | fields
        super().__init__(*args, loaded={name: loaded[name] for name in fields}, **kwargs)

    def submitted(self) -> dict[str, Submitted]:
        """Only what this page showed: a field that came meanwhile is left alone."""
        return {name: field for name, field in super().submitted().items() if f"base_{name}" in self.data}

    def clean_until(self) -> str:
        day = self.cleaned_data["until"]
        return day.isoformat() if day else ""


def _fields(row: ElementDecision, loaded: Mapping[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    yield "state", forms.ChoiceField(label=_("Decision"), choices=_ways(row), widget=forms.RadioSelect)
    yield "reason", forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=AREA,
        help_text=_("Needed to decline or defer. The council reads it; everybody only when you release it."),
    )  # fmt: skip
    yield "until", forms.DateField(
        label=_("Until"), required=False, widget=DateInput, error_messages={"invalid": NO_DAY},
        help_text=_("Needed to defer. On this day the question opens again."),
    )  # fmt: skip
    yield "reason_public", forms.BooleanField(label=_("Everybody may read the reason"), required=False)
    yield "weight", forms.ChoiceField(
        label=_("Class of the change"), required=False, choices=[("", _("as suggested")), *Weight.choices],
        help_text=_("Who decides on it. The heaviest class of all changes counts."),
    )  # fmt: skip
    yield "title", forms.CharField(label=_("Title"), required=False, max_length=200)
    for name in loaded:
        if name.startswith(PARAMETER):
            yield name, forms.CharField(label=_parameter(row, name), required=False, max_length=200)
        elif name.startswith((BLOCK, ADD)):
            yield name, forms.CharField(required=False, strip=False, widget=AREA)


def _ways(row: ElementDecision) -> list[tuple[str, Any]]:
    return [(DecisionState.ENDED, DecisionState.ENDED.label)] if row.state == DecisionState.ENDED else [*WAYS]


def _parameter(row: ElementDecision, name: str) -> str:
    slot = next(slot for slot in row.base["parameters"] if PARAMETER + slot["key"] == name)
    unit = f" ({slot['unit']})" if slot["unit"] else ""
    return f"{slot['label']}{unit}"


class LocalPage:
    """Fresh from what is saved; bound to ``data``; or, after a conflict, with one's own wording put back in."""

    def __init__(
        self, row: ElementDecision, *, data: Any = None, conflicts: Mapping[str, Conflict] | None = None
    ) -> None:
        self.row = row
        self.loaded = wording_fields(row)
        self.conflicts = dict(conflicts or {})
        mine = {name: conflict.mine for name, conflict in self.conflicts.items()}
        self.form = LocalForm(data, row=row, loaded=self.loaded, mine=mine)

    def close(self) -> None:
        """Nothing can be changed now: every field shows what is saved or was typed, to be read and copied."""
        for field in self.form.fields.values():
            is_chosen = isinstance(field.widget, forms.Select | forms.RadioSelect | forms.CheckboxInput)
            field.widget.attrs["disabled" if is_chosen else "readonly"] = True

    # --- what the template shows ------------------------------------------------------------------------------------
    @property
    def places(self) -> Iterator[Place]:
        for number, block in enumerate(self.row.base["blocks"], 1):
            name, add = BLOCK + block["id"], ADD + block["id"]
            own = self.loaded[name]
            disputes = tuple(found for found in (self.dispute(add), self.dispute(name)) if found)
            yield Place(
                number, block, self.form[add], self.form[name], disputes,
                pieces=word_diff(block["text"], own) if own and own != block["text"] else (),
                is_left_out=not own, is_open=own != block["text"] or name in self.conflicts,
            )  # fmt: skip

    @property
    def parameters(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        return [(self.form[name], self.dispute(name)) for name in self.loaded if name.startswith(PARAMETER)]

    @property
    def decision(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        return self._of("state", "reason", "until", "reason_public", "weight")

    @property
    def title(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        return self._of("title")

    @property
    def before(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        return self._of(ADD + START)

    @property
    def after(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        """The addition at the end, where no paragraph is or something stands there."""
        return self._of(ADD) if self.loaded[ADD] or not self.row.base["blocks"] or ADD in self.conflicts else []

    def _of(self, *names: str) -> list[tuple[forms.BoundField, Dispute | None]]:
        return [(self.form[name], self.dispute(name)) for name in names]

    def dispute(self, name: str) -> Dispute | None:
        """What is saved now where two people changed the same field."""
        if name not in self.conflicts:
            return None
        found = self.conflicts[name]
        theirs, mine = self._words(name, found.theirs), self._words(name, found.mine)
        return Dispute(name, theirs, word_diff(theirs, mine))

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        choices = getattr(self.form.fields[name], "choices", ())
        return str(dict(choices).get(value, value or ""))
