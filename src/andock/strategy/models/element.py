"""Elements with a permanent identity, how each reads in each edition, and what became of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..choices import ElementType, LineageKind, Obligation


class Element(models.Model):
    """The identity of an element. Never deleted once published, never used for anything else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey("Framework", on_delete=models.PROTECT, related_name="elements")

    def __str__(self) -> str:
        return str(self.id)


class ElementVersion(models.Model):
    """An element as it reads in one edition.

    ``position`` is the place in the edition's reading order. ``blocks`` is a list of
    ``{"id": uuid, "kind": …, "text": …}``, ``parameters`` one of ``{"key", "label", "type", "unit", "value"}``,
    ``sources`` one of ``{"title", "url"}``; the values of ``andock.docking`` describe them.
    """

    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="versions")
    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="versions")
    parent = models.ForeignKey(Element, on_delete=models.PROTECT, null=True, blank=True, related_name="child_versions")
    position = models.PositiveIntegerField(_("position"))
    label = models.CharField(_("label"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200)
    type = models.CharField(_("type"), max_length=20, choices=ElementType.choices, default=ElementType.SECTION)
    obligation = models.CharField(
        _("obligation"), max_length=20, choices=Obligation.choices, default=Obligation.RECOMMENDED
    )
    terms = models.ManyToManyField("organisations.Term", blank=True, related_name="element_versions")
    without_technology = models.BooleanField(_("works without technology"), default=False)
    parameters = models.JSONField(_("parameters"), default=list, blank=True)
    blocks = models.JSONField(_("text"), default=list, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    verified = models.BooleanField(_("verified"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("edition", "position")
        constraints = [
            models.UniqueConstraint(fields=["edition", "element"], name="elementversion_once_per_edition"),
            models.CheckConstraint(condition=~Q(parent=F("element")), name="elementversion_not_own_parent"),
        ]
        indexes = [models.Index(fields=["edition", "position"], name="elementversion_reading_order")]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    # Django's own translate every choice there is to show one of them, for each of hundreds of passages.
    def get_type_display(self) -> str:  # type: ignore[no-redef]
        return str(ElementType(self.type).label)

    def get_obligation_display(self) -> str:  # type: ignore[no-redef]
        return str(Obligation(self.obligation).label)


class Lineage(models.Model):
    """What became of an element from the previous edition to ``edition``, with the reason in plain words."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="lineage")
    kind = models.CharField(_("kind"), max_length=20, choices=LineageKind.choices)
    source = models.ForeignKey(Element, on_delete=models.PROTECT, null=True, blank=True, related_name="led_to")
    target = models.ForeignKey(Element, on_delete=models.PROTECT, null=True, blank=True, related_name="came_from")
    relation = models.CharField(_("relation"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(target__isnull=False), name="lineage_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(kind=LineageKind.WITHDRAWN) | Q(target__isnull=True), name="lineage_withdrawn_no_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source_id} → {self.target_id}"
