"""All forms of the page on which one element is written, as one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from andock.docking.words import word_diff
from andock.organisations.queries import terms

from .choices import BlockKind
from .field_lock import GONE, Conflict, Submitted
from .forms import BlockForm, Dispute, ElementForm, LockedForm, ParameterForm, RowsField, SourceForm

if TYPE_CHECKING:
    from .services.editing import Submission


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block on the page."""

    identity: str
    form: LockedForm
    number: int
    first: bool
    last: bool
    disputes: tuple[Dispute, ...] = ()
    focus: bool = False


class ElementPage:
    """Fresh from what is ``loaded``; bound to ``data``; or, after a conflict, with one's own wording put back in."""

    def __init__(
        self,
        loaded: Mapping[str, Any],
        *,
        data: QueryDict | None = None,
        submission: Submission | None = None,
        conflicts: Mapping[str, Conflict] | None = None,
        focus: str = "",
    ) -> None:
        self._loaded = loaded
        self._data = data
        self._focus = focus
        self.conflicts = dict(conflicts or {})
        self._mine = {name: conflict.mine for name, conflict in self.conflicts.items()}
        self._typed = {name: field.value for name, field in submission.fields.items()} if submission else {}
        plain = {name: value for name, value in loaded.items() if not name.startswith("block:")}
        self.vocabularies = _vocabularies()
        self.main = ElementForm(data, loaded=plain, mine=self._mine, vocabularies=self.vocabularies)
        self.sources = self._rows("sources", SourceForm)
        self.parameters = self._rows("parameters", ParameterForm)
        self.blocks = list(self._blocks())

    def _rows(self, name: str, form: type[forms.Form]) -> RowsField:
        rows = self._mine.get(name, self._loaded[name])
        return RowsField(name, form, rows, self._loaded[name], self._data)

    def _blocks(self) -> Iterator[BlockRow]:
        identities = self._identities()
        for place, identity in enumerate(identities):
            yield BlockRow(
                identity,
                self._block_form(identity),
                number=place + 1,
                first=place == 0,
                last=place + 1 == len(identities),
                disputes=tuple(self._disputes(f"block:{identity}:")),
                focus=identity == self._focus,
            )

    def _identities(self) -> list[str]:
        """The blocks in their order; those only this author still has come last."""
        if self._data is not None:
            return [identity for identity in self._data.getlist("blocks") if _is_uuid(identity)]
        names = [*self._loaded, *self.conflicts]
        return list(dict.fromkeys(name.split(":")[1] for name in names if name.startswith("block:")))

    def _block_form(self, identity: str) -> LockedForm:
        names = {part: f"block:{identity}:{part}" for part in ("kind", "text")}
        stands = names["text"] in self._loaded
        source = self._loaded if stands else self._typed
        saved = {part: source.get(name, "") for part, name in names.items()}
        mine = {part: self._mine[name] for part, name in names.items() if name in self._mine}
        form = BlockForm(self._data, prefix=f"b-{identity}", loaded=saved, mine=mine)
        if not stands:
            for part in names:
                form.fields[f"base_{part}"].initial = GONE
        return form

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms()])  # noqa: C419  every form shall tell its errors

    def forms(self) -> list[Any]:
        return [self.main, self.sources, self.parameters, *(row.form for row in self.blocks)]

    def submitted(self) -> dict[str, Submitted]:
        """Every field as typed, with the fingerprint it was loaded with."""
        found = self.main.submitted() | {
            "sources": self.sources.submitted(),
            "parameters": self.parameters.submitted(),
        }
        for row in self.blocks:
            found |= {f"block:{row.identity}:{part}": value for part, value in row.form.submitted().items()}
        return found

    def deleted(self) -> frozenset[str]:
        """The blocks marked for deletion."""
        return frozenset(row.identity for row in self.blocks if row.form.cleaned_data.get("delete"))

    # --- what the template shows ----------------------------------------------------------------------------------
    @property
    def heading(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        return [(self.main[name], self.dispute(name)) for name in ("title", "label")]

    @property
    def fields(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        names = ("type", "obligation", "without_technology", "verified", "note")
        return [(self.main[name], self.dispute(name)) for name in names]

    @property
    def terms(self) -> list[tuple[forms.BoundField, Dispute | None]]:
        return [(field, self.dispute(field.name)) for field in self.main.terms]

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return list(BlockKind.choices)

    @property
    def all_disputes(self) -> list[Dispute]:
        return list(self._disputes(""))

    @property
    def sources_dispute(self) -> Dispute | None:
        return self.dispute("sources")

    @property
    def parameters_dispute(self) -> Dispute | None:
        return self.dispute("parameters")

    def dispute(self, name: str) -> Dispute | None:
        return next((dispute for dispute in self._disputes(name) if dispute.name == name), None)

    def _disputes(self, prefix: str) -> Iterator[Dispute]:
        for name, conflict in self.conflicts.items():
            if not name.startswith(prefix):
                continue
            if conflict.theirs is None:
                yield Dispute(name, None, ())
                continue
            theirs, mine = self._words(name, conflict.theirs), self._words(name, conflict.mine)
            yield Dispute(name, theirs, word_diff(theirs, mine))

    def _words(self, name: str, value: Any) -> str:
        """A value as people read it."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return "\n".join(self._entry(name, entry) for entry in value)
        field = self.main.fields.get(name) or BlockForm.base_fields.get(name.rsplit(":", 1)[-1])
        return str(dict(getattr(field, "choices", ())).get(value, value))

    def _entry(self, name: str, entry: Any) -> str:
        if isinstance(entry, dict):
            return " · ".join(str(part) for key, part in entry.items() if part and key not in {"key", "type"})
        _label, choices = self.vocabularies[name.removeprefix("terms:")]
        return str(dict(choices).get(entry, entry))


def _vocabularies() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """The region's terms by vocabulary, as the choices of one field each."""
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for term in terms():
        _label, choices = found.setdefault(term.vocabulary, (term.get_vocabulary_display(), []))
        choices.append((term.slug, term.label))
    return found


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
