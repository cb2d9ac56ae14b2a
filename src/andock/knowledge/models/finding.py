"""A finding: a short entry of what was learnt."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import PUBLIC, Publication


class Finding(models.Model):
    """What was learnt at an event, with a card, or from a take-over, in a few sentences.

    What was learnt from a take-over belongs to its card too, so it names both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication.choices, default=Publication.DRAFT
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("what we learnt"), max_length=300)
    text = models.TextField(_("more"), blank=True)
    terms: models.ManyToManyField = models.ManyToManyField(
        "organisations.Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    solution = models.ForeignKey(
        "knowledge.Solution", verbose_name=_("solution"), on_delete=models.CASCADE, null=True, blank=True,
        related_name="findings",
    )  # fmt: skip
    event = models.ForeignKey(
        "events.Event", verbose_name=_("event"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    transfer = models.ForeignKey(
        "knowledge.Transfer", verbose_name=_("take-over"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="findings",
    )  # fmt: skip
    found_on = models.DateField(_("day"), default=timezone.localdate)
    is_demonstration = models.BooleanField(default=False, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-found_on", "-changed_at")
        constraints = [
            models.CheckConstraint(condition=Q(publication__in=Publication.values), name="finding_publication_known"),
            models.CheckConstraint(
                condition=Q(publication=Publication.DRAFT) | Q(solution__isnull=False) | Q(event__isnull=False),
                name="finding_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(transfer=None) | Q(solution__isnull=False), name="finding_of_transfer_names_its_card"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """Where it stands on a page."""
        return f"erkenntnis-{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.publication in PUBLIC
