"""Taking over a new edition: the questions are computed, the answers are kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import RunState


class Run(models.Model):
    """A reconciliation run of a strategy to an edition.

    ``before`` is the engine's strategy it began from, as plain JSON: so the same questions come back however often
    the run is opened. ``source`` is that version, ``result`` the draft it led to.
    """

    strategy = models.ForeignKey("LocalStrategy", on_delete=models.PROTECT, related_name="runs")
    source = models.ForeignKey("Version", on_delete=models.SET_NULL, null=True, related_name="runs_from")
    target = models.ForeignKey("strategy.Edition", on_delete=models.PROTECT, related_name="runs")
    result = models.ForeignKey("Version", on_delete=models.SET_NULL, null=True, related_name="runs_to")
    state = models.CharField(_("state"), max_length=20, choices=RunState.choices, default=RunState.OPEN)
    before = models.JSONField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("started_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["strategy"], condition=Q(state=RunState.OPEN), name="run_one_open_per_strategy"
            )
        ]

    def __str__(self) -> str:
        return f"{self.strategy}: {self.target}"


class Answer(models.Model):
    """The answer to one item of a run. ``mark`` stands for the regional wordings it was given to."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=300)
    resolution = models.JSONField()
    mark = models.CharField(max_length=20)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["run", "item"], name="answer_once_per_item")]

    def __str__(self) -> str:
        return self.item
