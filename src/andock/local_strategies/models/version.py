"""Versions of a local strategy, and who decided on them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import FROZEN_STATES, OPEN_STATES, Outcome, VersionState, Weight


class Version(models.Model):
    """One version. It pins exactly one edition; in force it never changes, and the database sees to that.

    ``resolved`` is the text as the engine resolved it when it came into force, ``content_hash`` its SHA-256. The fields from
    ``committee`` on are what the head of the council paper says.
    """

    strategy = models.ForeignKey("LocalStrategy", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    edition = models.ForeignKey("strategy.Edition", on_delete=models.PROTECT, related_name="local_versions")
    state = models.CharField(_("state"), max_length=20, choices=VersionState.choices, default=VersionState.DRAFTING)
    introduction = models.TextField(_("introduction"), blank=True)
    demonstration = models.BooleanField(_("invented for demonstration"), default=False)
    resolved = models.JSONField(null=True, blank=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    superseded_on = models.DateField(_("superseded on"), null=True, blank=True)
    committee = models.CharField(_("committee"), max_length=200, blank=True)
    meeting_on = models.DateField(_("date of the meeting"), null=True, blank=True)
    agenda_item = models.CharField(_("agenda item"), max_length=80, blank=True)
    financial_impact = models.TextField(_("financial impact"), blank=True)
    responsible_office = models.CharField(_("responsible office"), max_length=200, blank=True)
    resolution_text = models.TextField(_("draft resolution"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("strategy", "number")
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="version_number_unique"),
            models.UniqueConstraint(
                fields=["strategy"], condition=Q(state__in=OPEN_STATES), name="version_one_open_per_strategy"
            ),
            models.UniqueConstraint(
                fields=["strategy"], condition=Q(state=VersionState.IN_FORCE), name="version_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN_STATES)
                | (~Q(content_hash="") & Q(resolved__isnull=False) & Q(in_force_on__isnull=False)),
                name="version_in_force_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN_STATES

    @property
    def is_editable(self) -> bool:
        return self.state in {VersionState.DRAFTING, VersionState.PARTICIPATION}


class DecisionRecord(models.Model):
    """Who decided on a version, when and how. Only ever added."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="records")
    weight = models.CharField(_("class"), max_length=20, choices=Weight.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    body = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    reference = models.CharField(_("number or address of the paper"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("decided_on", "pk")

    def __str__(self) -> str:
        return f"{self.version}: {self.outcome}"
