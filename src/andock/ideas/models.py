"""Ideas with their places and photos, who supports them, and what is said about them.

Author, words, state and official answer of an idea and of a remark are those of its contribution.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import IdeaStatus, Stand


def photo_path(idea: Idea, name: str) -> str:
    return f"ideas/{uuid.uuid4().hex}.jpg"


class Idea(models.Model):
    """What makes a contribution an idea. An unknown place has no coordinates; never 0, 0.

    ``place`` says in words where it is. ``proposed_into``: staff proposes to join it with another, its author has not
    agreed yet. ``merged_into``: it was joined, its page stays and leads on, and its supports count there.
    """

    contribution = models.OneToOneField(
        "participation.Contribution", on_delete=models.CASCADE, primary_key=True, related_name="idea"
    )
    topic = models.ForeignKey("organisations.Term", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=IdeaStatus.choices, default=IdeaStatus.NEW)
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    photo = models.ImageField(_("photo"), upload_to=photo_path, blank=True)
    photo_alt = models.CharField(_("what the photo shows"), max_length=300, blank=True)
    proposed_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, editable=False)
    solutions: models.ManyToManyField = models.ManyToManyField(
        "knowledge.Solution", verbose_name=_("solutions"), blank=True, related_name="ideas"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=IdeaStatus.values), name="idea_status_known"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                & ~Q(latitude=0, longitude=0),
                name="idea_place_whole_or_none",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None) | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="idea_merged_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("contribution")), name="idea_not_into_itself"
            ),
            models.CheckConstraint(condition=Q(photo="") | ~Q(photo_alt=""), name="idea_photo_has_words"),
        ]

    def __str__(self) -> str:
        return str(self.contribution)

    @property
    def number(self) -> int:
        """As it stands in its address."""
        return self.pk

    @property
    def is_located(self) -> bool:
        return self.latitude is not None


class Support(models.Model):
    """Somebody is for an idea, once. Who was erased stays counted and is not linked to anybody."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    participant = models.ForeignKey("participation.Participant", on_delete=models.SET_NULL, null=True, related_name="+")
    supported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "participant"], name="support_once_per_person")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.participant_id}"


class Remark(models.Model):
    """What makes a contribution a remark about an idea. ``answers_to``: one that it answers; answers are not answered."""

    contribution = models.OneToOneField(
        "participation.Contribution", on_delete=models.CASCADE, primary_key=True, related_name="remark"
    )
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="remarks")
    stand = models.CharField(_("for or against"), max_length=10, choices=Stand.choices)
    answers_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(stand__in=Stand.values), name="remark_stand_known"),
            models.CheckConstraint(
                condition=Q(answers_to=None) | ~Q(answers_to=F("contribution")), name="remark_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.contribution)
