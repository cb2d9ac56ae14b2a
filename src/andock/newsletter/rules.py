"""Who writes and sends the newsletter: the agency's editors, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.organisations.choices import Role

from .choices import IssueState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from .models import Issue

    Actor = User | AnonymousUser


def may_keep_newsletter(actor: Actor, organisation: Organisation) -> Verdict:
    """The agency's editors, at the agency."""
    if holds(actor, {Role.AGENCY_EDITOR}, organisation):
        return ALLOWED
    return denied(_("Only the agency's editors write the newsletter. Please send them what shall stand in it."))


def may_edit_issue(actor: Actor, issue: Issue) -> Verdict:
    """A draft; what was sent stays as people got it."""
    if issue.state != IssueState.DRAFT:
        return denied(
            _("This issue is on its way or has been sent, so it stays as it is. Write a new one to correct it.")
        )
    return may_keep_newsletter(actor, issue.organisation)


def may_send_issue(actor: Actor, issue: Issue) -> Verdict:
    """A draft that says something, once."""
    if issue.state == IssueState.DRAFT and not issue.sections:
        return denied(_("Nothing stands in this issue yet. Please write a section first."))
    if issue.state != IssueState.DRAFT:
        return denied(_("This issue is on its way already or has been sent. Nobody gets it twice."))
    return may_keep_newsletter(actor, issue.organisation)


def may_stop_issue(actor: Actor, issue: Issue) -> Verdict:
    if issue.state != IssueState.SENDING:
        return denied(_("This issue is not being sent at the moment, so there is nothing to stop."))
    return may_keep_newsletter(actor, issue.organisation)


def may_resume_issue(actor: Actor, issue: Issue) -> Verdict:
    if issue.state != IssueState.STOPPED:
        return denied(_("Only an issue that was stopped is sent on."))
    return may_keep_newsletter(actor, issue.organisation)
