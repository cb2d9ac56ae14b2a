"""Who may read drafts of the framework, and who may write, publish, import and export editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import Role

from .choices import EditionState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from .models import Edition, Framework

    Actor = User | AnonymousUser

AGENCY = frozenset({Role.AGENCY_EDITOR})


def may_see_edition(actor: Actor, edition: Edition) -> Verdict:
    """Everyone sees what was published; drafts are seen by the people of the framework's owner."""
    if edition.is_public or holds(actor, set(Role), edition.framework.owner):
        return ALLOWED
    return denied(_("This edition is still a draft. You can read it as soon as it goes into consultation."))


def may_edit_framework(actor: Actor, framework: Framework) -> Verdict:
    """The editors of its owner: begin drafts, import editions."""
    if holds(actor, AGENCY, framework.owner):
        return ALLOWED
    return denied(_("Only the editors of %s change the framework strategy.") % framework.owner)


def may_keep_dockings(actor: Actor, framework: Framework) -> Verdict:
    """Who takes part since when is written down by the framework's owner."""
    if holds(actor, AGENCY, framework.owner):
        return ALLOWED
    return denied(_("Only %s keeps the record of who takes part. Please tell it what has changed.") % framework.owner)


def may_edit_edition(actor: Actor, edition: Edition) -> Verdict:
    """While it is a draft or in consultation."""
    if edition.is_frozen:
        return denied(_("%s is in force or superseded and stays as it is. Begin a new draft.") % edition.label)
    return may_edit_framework(actor, edition.framework)


def may_publish_edition(actor: Actor, edition: Edition) -> Verdict:
    """Put it into consultation or in force. What its text still lacks is told by ``publication.obstacles``."""
    if edition.is_frozen:
        return denied(_("%s is already published.") % edition.label)
    return may_edit_framework(actor, edition.framework)


def may_record_docking(actor: Actor, framework: Framework) -> Verdict:
    """Who takes part on what basis is written down by the framework's owner, who has seen the evidence."""
    if holds(actor, AGENCY, framework.owner):
        return ALLOWED
    return denied(_("Only %s confirms who takes part. Hand in your letter or resolution.") % framework.owner)


def may_leave(actor: Actor, organisation: Organisation) -> Verdict:
    """Pause, resume and end are an organisation's own decision; nobody takes it for another."""
    if holds(actor, {Role.MUNICIPAL_RELEASER}, organisation):
        return ALLOWED
    return denied(
        _("Only a releaser of %s pauses, resumes or ends taking part. Please ask one of them.") % organisation
    )


def may_import_edition(actor: Actor, framework: Framework) -> Verdict:
    return may_edit_framework(actor, framework)


def may_export_edition(actor: Actor, edition: Edition) -> Verdict:
    """Whoever may read it may take it away: what is public is open data."""
    if edition.state == EditionState.DRAFT:
        return may_see_edition(actor, edition)
    return ALLOWED
