"""What the queue of django_tasks_db lacks: which workers live, and which slots have been started."""

from __future__ import annotations

from django.db import models


class LivingWorker(models.Model):
    """A worker process. It renews ``seen_at`` by the database's clock; silence longer than its lease means dead."""

    id = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id


class StartedSlot(models.Model):
    """One slot of a periodic job, written in the transaction that queues it."""

    name = models.CharField(max_length=200)
    slot = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="periodic_slot_runs_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot:%Y-%m-%d %H:%M}"
