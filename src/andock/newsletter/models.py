"""Issues of the newsletter. Who gets them stands with those who follow (``following``); nothing here names anybody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import IssueState


class Issue(models.Model):
    """One issue. ``sections`` are ``{title, text, url}``; ``number`` counts those that were sent.

    ``started_at`` is the moment by which its readers had ordered it. ``after`` is the last of them, in the order of their
    ids, whose mail is in the outbox, and ``written`` how many they are: both written with the mails themselves.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(null=True, unique=True)
    subject = models.CharField(_("subject"), max_length=150)
    sections = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.DRAFT)
    changed_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    after = models.CharField(max_length=36, blank=True)
    recipients = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-number", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state_known"),
            models.CheckConstraint(
                condition=Q(state=IssueState.DRAFT, number__isnull=True, started_at__isnull=True)
                | (~Q(state=IssueState.DRAFT) & Q(number__isnull=False, started_at__isnull=False)),
                name="issue_sent_has_number",
            ),
            models.CheckConstraint(condition=Q(written__lte=F("recipients")), name="issue_never_more_than_recipients"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_public(self) -> bool:
        return self.number is not None
