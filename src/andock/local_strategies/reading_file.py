"""Taking typed values out of a parsed file and remembering what was wrong where."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

Problems = list[tuple[str, str]]
"""Pairs of place (``versions[0].decisions[2.4].state``) and reason."""


@dataclass(slots=True)
class Part:
    """A mapping inside a file. Every key is asked for by name; ``close`` refuses what nobody asked for."""

    data: Mapping[Any, Any]
    place: str = ""
    problems: Problems = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append((".".join(part for part in (self.place, name) if part), reason))

    def value(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return self.data.get(name, default)

    def text(self, name: str, default: str = "", *, required: bool = False) -> str:
        found = self.value(name, default)
        if isinstance(found, int) and not isinstance(found, bool):
            found = str(found)
        if not isinstance(found, str):
            self.refuse(name, _("This must be text; put it in quotes."))
            return default
        if required and not found.strip():
            self.refuse(name, _("This is missing."))
        return found.strip()

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        found = self.text(name, default)
        if found not in allowed:
            self.refuse(name, _("“%(text)s” is unknown; allowed are: %(choices)s.")
                        % {"text": found, "choices": ", ".join(allowed)})  # fmt: skip
            return default
        return found

    def number(self, name: str) -> int:
        text = self.text(name, required=True)
        if text and not text.isdigit():
            self.refuse(name, _("“%s” is not a whole number.") % text)
        return int(text) if text.isdigit() else 0

    def flag(self, name: str) -> bool:
        found = self.value(name, False)
        if not isinstance(found, bool):
            self.refuse(name, _("Write true or false."))
        return found is True

    def day(self, name: str, *, required: bool = False) -> date | None:
        text = self.text(name, required=required)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.refuse(name, _("“%s” is not a day such as 2026-11-02.") % text)
            return None

    def identity(self, name: str) -> str:
        text = self.text(name, required=True)
        try:
            return str(uuid.UUID(text)) if text else ""
        except ValueError:
            self.refuse(name, _("“%s” is not a UUID.") % text)
            return ""

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.value(name, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.refuse(name, _("This must be a list of texts."))
            return ()
        return tuple(found)

    def parts(self, name: str) -> Iterator[Part]:
        """The mappings of a list."""
        found = self.value(name, [])
        if not isinstance(found, list):
            self.refuse(name, _("This must be a list."))
            return
        for place, one in enumerate(found):
            yield self._part(f"{name}[{place}]", one)

    def named(self, name: str) -> Iterator[tuple[str, Part]]:
        """The mappings of a mapping by their keys."""
        for key, one in self.pairs(name):
            yield key, self._part(f"{name}[{key}]", one)

    def pairs(self, name: str) -> list[tuple[str, Any]]:
        found = self.value(name, {})
        if not isinstance(found, Mapping):
            self.refuse(name, _("This must be a mapping of names to values."))
            return []
        return [(str(key), value) for key, value in found.items()]

    def _part(self, name: str, data: Any) -> Part:
        place = f"{self.place}.{name}" if self.place else name
        if isinstance(data, Mapping):
            return Part(data, place, self.problems)
        self.problems.append((place, _("This must be a mapping of names to values.")))
        return Part({}, place, self.problems)

    def close(self) -> None:
        for name in self.data:
            if name not in self.asked:
                self.refuse(str(name), _("Nobody knows this name; see docs/develop/region-format.md."))
