"""What modules do with personal data: the register of processing (Art. 30 GDPR), and what is due to be deleted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from .modules import due_functions, processings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Processing:
    """One activity as the register of processing names it. Times come from the constants that the jobs obey."""

    activity: str | Promise
    purpose: str | Promise
    people: str | Promise
    data: str | Promise
    recipients: str | Promise
    retention: str | Promise


COLUMNS = tuple(field.name for field in fields(Processing))


def register() -> list[tuple[str, Processing]]:
    """Every activity of every module that is switched on, with the module's name."""
    return [(name, one) for name, found in processings() for one in found]


def due(now: datetime) -> Iterator[tuple[str, str, int]]:
    """Module, what, and how many rows the daily jobs would delete or strip of what is personal now."""
    for name, count in due_functions():
        for what, number in count(now).items():
            yield name, what, number
