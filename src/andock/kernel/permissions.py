"""Named rules that answer with a verdict: yes or no, and why in plain words.

A rule is a function ``may_<verb>(actor, thing) -> Verdict``. Page, API and export ask the same rule;
its reason is the sentence people read, so it says what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a rule. True or false in conditions; ``reason`` says why not."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def demand(self) -> None:
        """Raise ``Denied`` with the reason unless allowed."""
        if not self.allowed:
            raise Denied(self)


class Denied(PermissionDenied):
    """Raised by services when a rule says no; carries the verdict to the page."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


ALLOWED = Verdict(True)


def denied(reason: str | Promise) -> Verdict:
    """A no with its reason."""
    return Verdict(False, reason)
