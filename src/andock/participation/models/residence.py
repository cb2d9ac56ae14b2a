"""That somebody lives where they take part: codes from letters, and who has proved it.

No row says who used which code: an office may still have the list of its letters, and could read off it who said what.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import ResidenceWay
from .person import Participant
from .process import Process


class CodeBatch(models.Model):
    """Codes that were made and printed together. ``revoked_at``: a print was lost, so none of its codes is good any more."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="code_batches")
    number = models.PositiveIntegerField(_("how many codes"))
    note = models.CharField(_("for whom"), max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name_plural = "code batches"
        constraints = [models.CheckConstraint(condition=Q(number__gt=0), name="code_batch_has_codes")]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.number} ({self.made_at:%Y-%m-%d})"


class ResidenceCode(models.Model):
    """One code of a letter, as a keyed digest: a copy of the database names none. It is good for one person, once."""

    batch = models.ForeignKey(CodeBatch, on_delete=models.CASCADE, related_name="codes")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "digest"], name="residence_code_once_per_process"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.pk}"


class ResidenceProof(models.Model):
    """This person has proved for this process that they live there. It goes with the person."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="residence_proofs")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="residence_proofs")
    way = models.CharField(_("proved by"), max_length=10, choices=ResidenceWay.choices)
    proved_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "participant"], name="residence_proved_once"),
            models.CheckConstraint(condition=Q(way__in=ResidenceWay.values), name="residence_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.get_way_display()}"


class TypedCode(models.Model):
    """The code that came with something whose mailbox is not confirmed. It is taken only when it is, and then this row goes.

    ``request_key`` is that of what was sent.
    """

    request_key = models.UUIDField(unique=True)
    code = models.ForeignKey(ResidenceCode, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    typed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["typed_at"], name="typed_code_age")]

    def __str__(self) -> str:
        return f"{self.code_id}: {self.request_key}"


class WrongCode(models.Model):
    """Somebody typed a code that is none, from this place on the network; for a day, so that nobody guesses."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    origin_hash = models.CharField(max_length=16)
    typed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["origin_hash", "typed_at"], name="wrong_code_place")]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.typed_at:%Y-%m-%d}"
