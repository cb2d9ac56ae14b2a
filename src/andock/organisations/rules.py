"""Who may change what an organisation says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.kernel.permissions import ALLOWED, Verdict, denied

from .choices import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User

    from .models import Organisation

WRITERS = frozenset({Role.MUNICIPAL_EDITOR, Role.MUNICIPAL_RELEASER, Role.AGENCY_EDITOR})


def may_keep_register(actor: User | AnonymousUser) -> Verdict:
    """Names, addresses and successions of organisations are kept by the agency."""
    if actor.is_authenticated and actor.holds({Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(_("Only the agency keeps the register of organisations. Please tell it what has changed."))


def may_edit_profile(actor: User | AnonymousUser, organisation: Organisation) -> Verdict:
    """Only an organisation's own editors and releasers; not even the agency speaks for a municipality."""
    if actor.is_authenticated and actor.holds(WRITERS, organisation):
        return ALLOWED
    return denied(_("Only %s itself changes this text. Ask its editors to do so.") % organisation)
