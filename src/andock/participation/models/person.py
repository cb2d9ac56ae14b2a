"""Who takes part: by a mail address that is theirs, or an account."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import AgeBand
from .process import Phase


class Participant(models.Model):
    """A person who takes part, counted once. ``email_key`` is the address folded, see ``kernel.text.email_key``.

    A later account takes the row over (``user``), so nothing is copied and nothing counts twice. ``pseudonym`` is what
    others read. Somebody who was erased is no row any more; what stays of them then names nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    email_key = models.CharField(max_length=254, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    pseudonym = models.CharField(_("name others read"), max_length=60)
    language = models.CharField(max_length=20, default="de")
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    active_on = models.DateField(default=timezone.localdate)

    class Meta:
        indexes = [models.Index(fields=["confirmed_at", "created_at"], name="participant_unconfirmed")]

    def __str__(self) -> str:
        return self.pseudonym


class Departure(models.Model):
    """Somebody counts in a phase and had all their data deleted: until it ends, their address does not count once more.

    All that is kept of the address is a keyed digest, and that until a day later, when nobody can confirm any more.
    """

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="departures")
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phase", "digest"], name="departure_once_per_phase")]

    def __str__(self) -> str:
        return f"{self.phase_id}: {self.digest[:8]}"


class Involvement(models.Model):
    """A person did something in a phase, counted once; with what the process asked of them.

    It counts from ``confirmed_at`` on: before that a stranger may have typed the address. ``participant`` is empty where the person was erased: they stay counted and are not linked to anybody. ``is_again``: they stay counted in another phase of the process, too, and are one person there all the same.
    """

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="involvements")
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="involvements")
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand.choices, blank=True)
    municipality = models.ForeignKey(
        "organisations.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    began_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    is_on_paper = models.BooleanField(default=False)
    is_again = models.BooleanField(default=False)

    class Meta:
        ordering = ("began_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["phase", "participant"], name="involvement_once_per_phase"),
            models.CheckConstraint(condition=Q(age_band__in=["", *AgeBand.values]), name="involvement_age_known"),
        ]

    def __str__(self) -> str:
        return f"{self.phase_id}: {self.participant_id}"
