"""Which text people are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction

from .. import rules
from ..models import Subject

if TYPE_CHECKING:
    from andock.accounts.models import User
    from andock.local_strategies.models import Version
    from andock.participation.models import Phase
    from andock.strategy.models import Edition


@public_transaction()
def choose_edition(*, actor: User, phase: Phase, edition: Edition) -> Subject:
    """Ask about a draft edition. Raises ``Denied``."""
    rules.may_choose_text(actor, phase).demand()
    rules.may_offer_edition(actor, edition, phase).demand()
    return _chosen(actor, phase, edition=edition, version=None)


@public_transaction()
def choose_version(*, actor: User, phase: Phase, version: Version) -> Subject:
    """Ask about the organisation's own local strategy. Raises ``Denied``."""
    rules.may_choose_text(actor, phase).demand()
    rules.may_offer_version(actor, version, phase).demand()
    return _chosen(actor, phase, edition=None, version=version)


def _chosen(actor: User, phase: Phase, *, edition: Edition | None, version: Version | None) -> Subject:
    subject = give_text(phase=phase, edition=edition, version=version)
    record(
        actor=actor, action="consultation.text_chosen", thing=phase.process, organisation=phase.process.organisation,
        data={
            "edition": edition.ordinal if edition else None,
            "version": version.number if version else None,
        },
    )  # fmt: skip
    bump(f"process:{phase.process.slug}")
    return subject


def give_text(*, phase: Phase, edition: Edition | None = None, version: Version | None = None) -> Subject:
    """One of both is the text of the phase from now on. Whether it may be is for the caller to ask."""
    defaults = {"edition": edition, "version": version}
    return Subject.objects.update_or_create(phase=phase, defaults=defaults)[0]
