"""What was reported, and what moderators decided: rows are added and never changed, but for the objection and its end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Reason, Verdict
from .contribution import Contribution


class Report(models.Model):
    """Somebody says that a contribution should not stand there. Nothing is kept of who it was."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    text = models.TextField(_("in your own words"), blank=True)
    origin_hash = models.CharField(max_length=16, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    told_moderators_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("reported_at", "pk")
        indexes = [models.Index(fields=["settled_at"], name="report_open", condition=Q(settled_at=None))]
        constraints = [models.CheckConstraint(condition=Q(reason__in=Reason.values), name="report_reason_known")]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.reason}"


class Decision(models.Model):
    """What a moderator decided, with the reason the author reads, and the author's objection if there is one."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="decisions")
    office = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    text = models.TextField(_("words to the author"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    objection = models.TextField(_("objection"), blank=True)
    objected_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("decided_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="decision_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.SHOWN) | Q(reason__in=Reason.values), name="decision_hidden_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(objection="", objected_at=None) | ~Q(objection="") & Q(objected_at__isnull=False),
                name="decision_objection_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.verdict}"
