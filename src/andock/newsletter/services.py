"""Writing issues, and sending each of them once to everybody who has ordered the newsletter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.following.addresses import NEWSLETTER
from andock.following.choices import Occasion
from andock.following.mail import send as send_mail
from andock.following.mail import sender
from andock.following.queries import readers
from andock.kernel.jobs import Priority, enqueue
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.notifications.services import one_line, send_message

from . import queries, rules
from .choices import IssueState
from .letters import blocks
from .models import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

STEP = 50
"""So many mails are written before other jobs have their turn."""
SCOPE = "newsletter"


@transaction.atomic
def begin(*, actor: User, organisation: Organisation, subject: str, now: datetime) -> Issue:
    """A draft that says as little as its subject. Raises ``Denied``."""
    rules.may_keep_newsletter(actor, organisation).demand()
    issue = Issue.objects.create(organisation=organisation, subject=subject, changed_at=now)
    return _leave_trace(actor, "written", issue)


@transaction.atomic
def edit(*, actor: User, issue: Issue, subject: str, sections: Sequence[Mapping[str, str]], now: datetime) -> Issue:
    """Write a draft anew. Raises ``Denied``."""
    issue = _locked(issue)
    rules.may_edit_issue(actor, issue).demand()
    before = _content(issue)
    issue.subject, issue.sections, issue.changed_at = subject, list(sections), now
    issue.save()
    return _leave_trace(actor, "written", issue, before=before)


@transaction.atomic
def delete(*, actor: User, issue: Issue) -> None:
    """Delete a draft for good. Raises ``Denied``."""
    issue = _locked(issue)
    rules.may_edit_issue(actor, issue).demand()
    _leave_trace(actor, "deleted", issue)
    issue.delete()


@transaction.atomic
def send_test(*, actor: User, issue: Issue, now: datetime) -> None:
    """The issue as its readers get it, to oneself. Raises ``Denied``."""
    rules.may_keep_newsletter(actor, issue.organisation).demand()
    text = "\n\n".join([_("Hello,"), *blocks(issue), f"-- \n{issue.organisation}"])
    send_message(
        to=actor.email, subject=one_line(_("Test: %s") % issue.subject), text=text + "\n", sender=sender(),
        key=f"newsletter-test-{issue.pk}-{actor.pk}-{int(now.timestamp())}",
    )  # fmt: skip


@public_transaction()
def send(*, actor: User, issue: Issue, now: datetime) -> Issue:
    """Publish an issue and begin to write it to everybody. Raises ``Denied``."""
    issue = _locked(issue)
    rules.may_send_issue(actor, issue).demand()
    issue.number, issue.state, issue.started_at = queries.last_number() + 1, IssueState.SENDING, now
    issue.recipients, issue.changed_at = readers(now).count(), now
    issue.save()
    bump(SCOPE)
    _go_on(issue)
    return _leave_trace(actor, "sent", issue, data={"number": issue.number, "recipients": issue.recipients})


@transaction.atomic
def stop(*, actor: User, issue: Issue) -> Issue:
    """Write to nobody further; whose mail is in the outbox gets it. Raises ``Denied``."""
    issue = _locked(issue)
    rules.may_stop_issue(actor, issue).demand()
    issue.state = IssueState.STOPPED
    issue.save(update_fields=["state"])
    return _leave_trace(actor, "stopped", issue, data={"written": issue.written})


@transaction.atomic
def resume(*, actor: User, issue: Issue) -> Issue:
    """Go on behind the last one whose mail was written. Raises ``Denied``."""
    issue = _locked(issue)
    rules.may_resume_issue(actor, issue).demand()
    issue.state = IssueState.SENDING
    issue.save(update_fields=["state"])
    _go_on(issue)
    return _leave_trace(actor, "resumed", issue, data={"written": issue.written})


@transaction.atomic
def write_some(*, issue_id: int, now: datetime) -> int:
    """Write a step of an issue's mails and queue the next; returns how many were written.

    The issue's row is locked and says how far it has come: a step done again after its worker died begins where the last
    one that counted ended. Each mail's key is a second lock. Who has left meanwhile gets nothing.
    """
    issue = Issue.objects.select_for_update().filter(pk=issue_id, state=IssueState.SENDING).first()
    if issue is None or issue.started_at is None:
        return 0
    found = list(readers(issue.started_at, issue.after)[:STEP])
    for follower in found:
        with translation.override(follower.language):
            send_mail(
                follower, Occasion.ISSUE, issue.pk, issue.subject, blocks(issue), priority=Priority.LEISURE,
                stops=NEWSLETTER, language=settings.LANGUAGE_CODE,
            )  # fmt: skip
    issue.written = min(issue.written + len(found), issue.recipients)
    if len(found) == STEP:
        issue.after = str(found[-1].pk)
        _go_on(issue)
    else:
        issue.state, issue.finished_at = IssueState.SENT, now
    issue.save()
    return len(found)


def _go_on(issue: Issue) -> None:
    enqueue("newsletter.write_some", issue_id=issue.pk, priority=Priority.LEISURE)


def _locked(issue: Issue) -> Issue:
    """As it is now, and nobody else changes it meanwhile. Raises ``Issue.DoesNotExist``."""
    return Issue.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=issue.pk)


def _content(issue: Issue) -> dict[str, Any]:
    return {"subject": issue.subject, "sections": issue.sections}


def _leave_trace(actor: User, act: str, issue: Issue, **more: Any) -> Issue:
    record(
        actor=actor, action=f"newsletter.{act}", thing=issue, organisation=issue.organisation, after=_content(issue), **more
    )  # fmt: skip
    return issue
