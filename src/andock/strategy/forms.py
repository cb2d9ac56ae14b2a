"""Forms of the strategy's editor. Every field comes with the fingerprint of the value it was loaded with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dateparse import parse_date as parse_day
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andock.docking.words import Piece, word_diff
from andock.kernel.dates import parse_date
from andock.kernel.text import slugify

from .choices import BlockKind, EditionKind, ElementType, Obligation, ParameterType
from .field_lock import Submitted, fingerprint

if TYPE_CHECKING:
    from .field_lock import Conflict
    from .models import ElementVersion, Lineage

MAX_TEXT = 20_000
MAX_FILE = 5 * 1024 * 1024
RELATIONS = (
    ("", _("not stated")),
    ("equivalent", _("says the same in other words")),
    ("subset", _("says less than before")),
    ("superset", _("says more than before")),
    ("intersects", _("says partly the same")),
)


class LockedForm(forms.Form):
    """A form whose fields travel with ``base_<name>``, the fingerprint of what was loaded."""

    def __init__(
        self, *args: Any, loaded: Mapping[str, Any], mine: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """``loaded`` is what is saved now, ``mine`` what somebody typed instead and still has to decide about."""
        super().__init__(*args, initial=dict(loaded) | dict(mine or {}), **kwargs)
        self.locked = tuple(name for name in self.fields if name in loaded)
        for name in self.locked:
            self.fields[f"base_{name}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=fingerprint(loaded[name])
            )

    def submitted(self) -> dict[str, Submitted]:
        """What was typed, with the fingerprints; call after ``is_valid``."""
        return {name: Submitted(self.cleaned_data[name], self.cleaned_data[f"base_{name}"]) for name in self.locked}


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field two people changed: what is saved now, in words, and the way from there to one's own wording."""

    name: str
    theirs: str | None
    pieces: tuple[Piece, ...]


class DisputedForm(LockedForm):
    """A locked form that shows both wordings where two people changed the same field."""

    def __init__(
        self, *args: Any, loaded: Mapping[str, Any], conflicts: Mapping[str, Conflict] | None = None, **kwargs: Any
    ) -> None:
        """After a conflict one's own wording stands in the fields, ``conflicts`` beside them."""
        self.conflicts = dict(conflicts or {})
        mine = {name: conflict.mine for name, conflict in self.conflicts.items()}
        super().__init__(*args, loaded=loaded, mine=mine, **kwargs)

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, Dispute | None]]:
        """Every field with what is disputed about it."""
        return self.rows_of(self.locked)

    def rows_of(self, names: Iterable[str]) -> Iterator[tuple[forms.BoundField, Dispute | None]]:
        return ((self[name], self._dispute(name)) for name in names)

    def _dispute(self, name: str) -> Dispute | None:
        if name not in self.conflicts:
            return None
        conflict = self.conflicts[name]
        theirs, mine = self._words(name, conflict.theirs), self._words(name, conflict.mine)
        return Dispute(name, theirs, word_diff(theirs, mine))

    def _words(self, name: str, value: Any) -> str:
        """A value as people read it."""
        field = self.fields[name]
        if isinstance(field, forms.DateField):
            return date_format(day) if (day := parse_day(value)) else ""
        return str(dict(getattr(field, "choices", ())).get(value, value))


class EditionForm(LockedForm):
    """An edition as a whole."""

    label = forms.CharField(label=_("Label"), max_length=80, help_text=_("For example: 5th edition"))
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=EditionKind.choices)
    date_text = forms.CharField(
        label=_("Date"), max_length=40, required=False,
        help_text=_("2026-11-22, 2026-11 or 2026. Left empty, the day of publication is entered."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note for readers"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_date_text(self) -> str:
        value = str(self.cleaned_data["date_text"])
        try:
            return parse_date(value).text if value else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class ElementForm(LockedForm):
    """The fields of an element, without its text."""

    title = forms.CharField(label=_("Title"), max_length=200)
    label = forms.CharField(label=_("Number in the outline"), max_length=20, required=False)
    type = forms.ChoiceField(label=_("Kind of element"), choices=ElementType.choices)
    obligation = forms.ChoiceField(label=_("Obligation"), choices=Obligation.choices)
    without_technology = forms.BooleanField(label=_("Works without technology"), required=False)
    verified = forms.BooleanField(label=_("The wording is verified by a source"), required=False)
    note = forms.CharField(
        label=_("Note for readers"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example why the wording is not verified"),
    )  # fmt: skip

    def __init__(self, *args: Any, vocabularies: Mapping[str, Any], **kwargs: Any) -> None:
        self.base_fields = self.base_fields | {
            f"terms:{name}": forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
            for name, (label, choices) in vocabularies.items()
        }
        super().__init__(*args, **kwargs)
        self.term_fields = tuple(f"terms:{name}" for name in vocabularies)

    def submitted(self) -> dict[str, Submitted]:
        found = super().submitted()
        return found | {name: Submitted(sorted(found[name].value), found[name].base) for name in self.term_fields}

    @property
    def terms(self) -> list[forms.BoundField]:
        return [self[name] for name in self.term_fields]


class BlockForm(LockedForm):
    """One paragraph, list, quotation or table."""

    kind = forms.ChoiceField(label=_("Kind of paragraph"), choices=BlockKind.choices)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=MAX_TEXT, strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    delete = forms.BooleanField(label=_("Delete when saving"), required=False)


class SourceForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=500, required=False)
    url = forms.CharField(label=_("Address"), max_length=500, required=False)

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(gettext("An address must begin with https:// or http://."))
        return url

    def value(self) -> dict[str, str] | None:
        title, url = self.cleaned_data["title"], self.cleaned_data["url"]
        return {"title": title or url, "url": url} if title or url else None


class ParameterForm(forms.Form):
    """A slot for a local value. The key stays when the label changes."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    label = forms.CharField(label=_("Label"), max_length=120, required=False)
    type = forms.ChoiceField(label=_("Kind of value"), choices=ParameterType.choices, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    value_ = forms.CharField(label=_("Value of the region"), max_length=200, required=False)

    def value(self) -> dict[str, str] | None:
        found = self.cleaned_data
        if not found["label"]:
            return None
        key = found["key"] or slugify(found["label"])[:80] or "wert"
        kind = found["type"] or ParameterType.TEXT.value
        return {"key": key, "label": found["label"], "type": kind, "unit": found["unit"], "value": found["value_"]}


class RowsField:
    """A list of small forms that is locked as one field; rows left empty fall away, two more wait at the end."""

    def __init__(
        self, name: str, form: type[forms.Form], rows: list[dict], loaded: list[dict], data: Any = None
    ) -> None:
        self.name = name
        factory = forms.formset_factory(form, extra=1, max_num=60, absolute_max=60)
        self.formset = factory(data, prefix=name, initial=[_row(row) for row in rows])
        self.base = data.get(f"base_{name}", "") if data is not None else fingerprint(loaded)

    def is_valid(self) -> bool:
        return bool(self.formset.is_valid())

    def submitted(self) -> Submitted:
        found = [row.value() for row in self.formset if row.cleaned_data]
        return Submitted(_with_own_keys([row for row in found if row]), self.base)


def _row(row: Mapping[str, str]) -> dict[str, str]:
    return {("value_" if name == "value" else name): value for name, value in row.items()}


def _with_own_keys(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """No two parameters share a key."""
    seen: set[str] = set()
    for row in rows:
        if "key" not in row:
            continue
        key, number = row["key"], 2
        while row["key"] in seen:
            row["key"], number = f"{key}-{number}", number + 1
        seen.add(row["key"])
    return rows


# --- structure ------------------------------------------------------------------------------------------------------
class ReasonForm(forms.Form):
    """Why something changes, in a sentence readers see."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see this sentence in the comparison with the edition before."),
    )  # fmt: skip

    def __init__(self, *args: Any, due: bool = False, **kwargs: Any) -> None:
        """``due`` where readers know what changes, so that a reason must be given."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = due


class ReasonsForm(LockedForm):
    """The reason of every row of a lineage, by ``reason_<row>``."""

    def __init__(self, *args: Any, rows: Iterable[Lineage], **kwargs: Any) -> None:
        self.rows = {f"reason_{row.pk}": row for row in rows}
        self.base_fields = self.base_fields | {
            name: forms.CharField(
                label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )
            for name in self.rows
        }
        super().__init__(*args, loaded={name: row.reason for name, row in self.rows.items()}, **kwargs)


class PlaceForm(ReasonForm):
    """Where an element shall stand."""

    parent = forms.ChoiceField(label=_("Below"), required=False)
    field_order = ("parent", "reason")

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", gettext("topmost level")), *places]


class NewElementForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    type = forms.ChoiceField(label=_("Kind of element"), choices=ElementType.choices)
    parent = forms.ChoiceField(label=_("Below"), required=False)

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", gettext("topmost level")), *places]


class SplitForm(ReasonForm):
    title = forms.CharField(label=_("Title of the new element"), max_length=200)
    blocks = forms.MultipleChoiceField(
        label=_("Paragraphs that go to the new element"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("title", "blocks", "reason")

    def __init__(self, *args: Any, version: ElementVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(block["id"], _beginning(block["text"])) for block in version.blocks]
        self.fields["blocks"].choices = choices


class JoinForm(ReasonForm):
    others = forms.MultipleChoiceField(label=_("Elements that are taken in"), widget=forms.CheckboxSelectMultiple)
    field_order = ("others", "reason")

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = list(others)


class ReplaceForm(ReasonForm):
    title = forms.CharField(label=_("Title of the new element"), max_length=200)
    relation = forms.ChoiceField(label=_("The new element"), choices=RELATIONS, required=False)
    keep_text = forms.BooleanField(label=_("Begin with the old text"), required=False, initial=True)
    field_order = ("title", "relation", "keep_text", "reason")


def _beginning(text: str, length: int = 120) -> str:
    line = " ".join(text.split())
    return (f"{line[:length].rstrip()} …" if len(line) > length else line) or gettext("(empty paragraph)")


# --- import ---------------------------------------------------------------------------------------------------------
class ImportForm(forms.Form):
    """A file in the exchange format."""

    file = forms.FileField(label=_("File"), help_text=_("JSON in the format andock-edition/1, at most 5 MB"))
    replacing = forms.BooleanField(label=_("Replace a draft that has the same number"), required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(
                gettext("The file has more than 5 MB. Leave out what is no text, and try again.")
            )
        try:
            return json.loads(file.read().decode("utf-8-sig"))
        except json.JSONDecodeError as error:
            raise forms.ValidationError(
                gettext(
                    "The file is no JSON from line %(line)d, column %(column)d on. Export an edition to see the format."
                )
                % {"line": error.lineno, "column": error.colno}
            ) from error
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(gettext("The file is no JSON. Export an edition to see the format.")) from error
