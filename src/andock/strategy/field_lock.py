"""An optimistic lock for each single field, so that people who write at once keep their text. Pure.

A field is handed in together with the fingerprint of the value it was loaded with. Only what its author changed is
written; what somebody else changed meanwhile is never overwritten unseen but becomes a ``Conflict`` with both values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from andock.kernel.text import normalise

LENGTH = 20
GONE = "gone"
"""The fingerprint of a field that no longer exists; handing it in brings the field back."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What somebody typed, and the fingerprint of what stood there before."""

    value: Any
    base: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same field, changed twice. ``theirs`` is what is saved now, None where the field is gone."""

    mine: Any
    theirs: Any


def fingerprint(value: Any) -> str:
    """The same for values that differ only in line ends and runs of blanks; 80 bits of SHA-256 as hexadecimal."""
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def settle(
    current: Mapping[str, Any], submitted: Mapping[str, Submitted]
) -> tuple[dict[str, Any], dict[str, Conflict]]:
    """Which fields to write, and which were changed by somebody else too."""
    changes: dict[str, Any] = {}
    conflicts: dict[str, Conflict] = {}
    for name, field in submitted.items():
        mine = fingerprint(field.value)
        saved = fingerprint(current[name]) if name in current else GONE
        if mine in (field.base, saved):
            continue
        if field.base == saved:
            changes[name] = field.value
        else:
            conflicts[name] = Conflict(field.value, current.get(name))
    return changes, conflicts


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
