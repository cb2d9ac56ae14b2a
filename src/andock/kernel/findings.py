"""What ``andock doctor`` finds. Modules offer checks in their manifest: functions that return findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the list. ``title`` says what is looked at, ``mend`` what to do when it is not in order."""

    title: str | Promise
    is_good: bool
    mend: str | Promise = ""
