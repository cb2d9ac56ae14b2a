"""What a version says about each regional element, and its own elements."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import DecisionState, Relation, ShownState, Weight


class ElementDecision(models.Model):
    """The engine's ``Decision`` in a version: columns where people ask by them, JSON for the rest.

    ``base``, ``overrides``, ``additions`` and ``held`` are as ``andock.docking.plain`` writes them. ``shown`` and
    ``drift`` are derived when the row is written. ``weight`` is the class the municipality has chosen, if any.
    ``reason_public`` releases the reason for everybody.
    """

    version = models.ForeignKey("Version", on_delete=models.CASCADE, related_name="decisions")
    element = models.ForeignKey("strategy.Element", on_delete=models.PROTECT, related_name="local_decisions")
    position = models.PositiveIntegerField()
    state = models.CharField(
        _("decision"), max_length=20, choices=DecisionState.choices, default=DecisionState.UNDECIDED
    )
    shown = models.CharField(max_length=20, choices=ShownState.choices, default=ShownState.UNDECIDED, editable=False)
    drift = models.PositiveSmallIntegerField(default=0, editable=False)
    fields = models.PositiveSmallIntegerField(default=0, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    reason_public = models.BooleanField(_("show the reason publicly"), default=False)
    until = models.DateField(_("until"), null=True, blank=True)
    edition = models.PositiveSmallIntegerField()
    settled = models.PositiveSmallIntegerField(default=0)
    was = models.CharField(max_length=20, blank=True)
    base = models.JSONField()
    overrides = models.JSONField(default=list, blank=True)
    additions = models.JSONField(default=list, blank=True)
    held = models.JSONField(default=list, blank=True)
    weight = models.CharField(_("class of the change"), max_length=20, choices=Weight.choices, blank=True)

    class Meta:
        ordering = ("version", "position")
        constraints = [
            models.UniqueConstraint(fields=["version", "element"], name="elementdecision_once_per_version"),
            models.CheckConstraint(
                condition=~Q(state__in=(DecisionState.DECLINED, DecisionState.DEFERRED)) | ~Q(reason=""),
                name="elementdecision_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.DEFERRED) | Q(until__isnull=False), name="elementdecision_has_day"
            ),
        ]
        indexes = [models.Index(fields=["element", "shown"], name="elementdecision_matrix")]

    def __str__(self) -> str:
        return f"{self.element_id}: {self.shown}"


class OwnPart(models.Model):
    """An element only this municipality has; its identity stays the same from version to version."""

    version = models.ForeignKey("Version", on_delete=models.CASCADE, related_name="own_parts")
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField()
    content = models.JSONField()
    serves = models.ForeignKey(
        "strategy.Element", on_delete=models.PROTECT, null=True, blank=True, related_name="served_by"
    )
    relation = models.CharField(_("relation"), max_length=20, choices=Relation.choices, default=Relation.NONE)
    after = models.CharField(max_length=36, blank=True)
    origin = models.CharField(max_length=36, blank=True)
    weight = models.CharField(_("class of the change"), max_length=20, choices=Weight.choices, blank=True)

    class Meta:
        ordering = ("version", "position")
        constraints = [
            models.UniqueConstraint(fields=["version", "identity"], name="ownpart_once_per_version"),
            models.CheckConstraint(
                condition=Q(relation=Relation.NONE) | Q(serves__isnull=False), name="ownpart_relation_has_element"
            ),
        ]

    def __str__(self) -> str:
        return str(self.content.get("title", self.identity))
