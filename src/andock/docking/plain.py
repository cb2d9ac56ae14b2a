"""The engine's values as plain JSON and back, for storing; ``read_…`` and ``plain`` are each other's inverse."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from .fields import BLOCK, PARAMETER, TERMS
from .items import Resolution
from .local import Addition, Decision, Held, Override, OwnElement, Strategy, Value
from .resolve import Origin, Passage, Resolved
from .values import Block, Element, Parameter, Source


def plain(value: Any) -> Any:
    """Dataclasses as objects, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {spec.name: plain(getattr(value, spec.name)) for spec in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def canonical(value: Any) -> str:
    """The one text of a value: keys sorted, no blanks."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def read_element(data: Mapping[str, Any]) -> Element:
    made = {
        "blocks": tuple(Block(**block) for block in data["blocks"]),
        "parameters": tuple(Parameter(**slot) for slot in data["parameters"]),
        "sources": tuple(Source(**source) for source in data["sources"]),
        "terms": tuple(data["terms"]),
    }
    return Element(**{**data, **made})


def read_value(field: str, data: Any) -> Value:
    """The value of a field; its name tells what it is."""
    if data is None or isinstance(data, str | bool):
        return data
    if field.startswith(BLOCK):
        return Block(**data)
    if field.startswith(PARAMETER):
        return Parameter(**data)
    return tuple(data) if field == TERMS else None


def read_override(data: Mapping[str, Any]) -> Override:
    return Override(**{**data, "value": read_value(data["field"], data["value"])})


def read_addition(data: Mapping[str, Any]) -> Addition:
    return Addition(**{**data, "block": Block(**data["block"])})


def read_held(data: Mapping[str, Any]) -> Held:
    return Held(**data)


def read_decision(data: Mapping[str, Any]) -> Decision:
    return Decision(
        **{
            **data,
            "base": read_element(data["base"]),
            "overrides": tuple(map(read_override, data["overrides"])),
            "additions": tuple(map(read_addition, data["additions"])),
            "held": tuple(map(read_held, data["held"])),
        }
    )


def read_strategy(data: Mapping[str, Any]) -> Strategy:
    return Strategy(data["edition"], tuple(map(read_decision, data["decisions"])), tuple(map(read_own, data["own"])))


def read_own(data: Mapping[str, Any]) -> OwnElement:
    return OwnElement(**{**data, "element": read_element(data["element"])})


def read_resolution(data: Mapping[str, Any]) -> Resolution:
    _element, _slash, field = data["item"].partition("/")
    return Resolution(**{**data, "value": read_value(field, data["value"]), "placed": tuple(data["placed"])})


def read_resolved(data: Mapping[str, Any]) -> Resolved:
    """A frozen version as it was resolved."""
    return Resolved(
        data["edition"],
        tuple(_passage(passage) for passage in data["passages"]),
        tuple((state, identity) for state, identity in data["unprinted"]),
    )


def _passage(data: Mapping[str, Any]) -> Passage:
    return Passage(
        **{
            **data,
            "element": read_element(data["element"]),
            "origins": {name: Origin(**origin) for name, origin in data["origins"].items()},
            "reasons": tuple(data["reasons"]),
            "drift": tuple(data["drift"]),
        }
    )
