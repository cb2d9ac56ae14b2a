"""The texts an organisation can ask people about, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import queries
from .models import Subject

if TYPE_CHECKING:
    from andock.local_strategies.models import Version
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition


@dataclass(frozen=True, slots=True)
class Offered:
    """A draft edition or a version of a local strategy."""

    edition: Edition | None = None
    version: Version | None = None

    def __str__(self) -> str:
        if self.edition:
            return f"{self.edition} ({self.edition.get_state_display()})"
        assert self.version is not None
        return f"{Subject(version=self.version)} ({self.version.get_state_display()})"

    def is_of(self, subject: Subject) -> bool:
        return (subject.edition, subject.version) == (self.edition, self.version)


def offered_to(organisation: Organisation) -> dict[str, Offered]:
    """By what a form calls them."""
    editions = {f"e{one.pk}": Offered(edition=one) for one in queries.editions_to_choose(organisation)}
    version = queries.version_to_choose(organisation)
    return editions | ({f"v{version.pk}": Offered(version=version)} if version else {})
