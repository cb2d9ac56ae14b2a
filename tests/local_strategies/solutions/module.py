"""A module as one of a later day will be: what it holds hangs on elements of the framework."""

from __future__ import annotations

from collections.abc import Collection

from andock.kernel.modules import Module
from tests.factories.strategy import identity

NAMES = {identity("wc"): ["Lösung: Glasfaserkarte"], identity("m1"): ["Lösung: Pegelmesser"]}


def on_elements(identities: Collection[str]) -> dict[str, list[str]]:
    return {element: names for element, names in NAMES.items() if element in identities}


MODULE = Module(name="solutions", attached="tests.local_strategies.solutions.module.on_elements")
