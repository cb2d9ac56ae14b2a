"""What a municipality offers to the region: an own element, or its wording of a passage."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import OfferState


class Offer(models.Model):
    """One thing of a version in force. ``field`` is empty for an own element, else what of the passage is reworded.

    ``title`` and ``text`` are kept as they were offered; ``edition`` is the draft it was taken up into.
    """

    strategy = models.ForeignKey("LocalStrategy", on_delete=models.PROTECT, related_name="offers")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="offers")
    identity = models.UUIDField(_("element"))
    field = models.CharField(max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"))
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=20, choices=OfferState.choices, default=OfferState.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    edition = models.ForeignKey("strategy.Edition", on_delete=models.SET_NULL, null=True, related_name="taken_offers")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-offered_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "identity", "field"], condition=Q(state=OfferState.OPEN), name="offer_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.DECLINED) | ~Q(answer=""), name="offer_declined_has_answer"
            ),
        ]
        indexes = [models.Index(fields=["identity", "edition"], name="offer_of_element")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own(self) -> bool:
        return not self.field
