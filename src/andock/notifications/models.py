"""The outbox: one row per mail, written with the deed it tells of."""

from __future__ import annotations

from django.db import models

from .choices import State


class Message(models.Model):
    """A mail to one person.

    ``key`` names the occasion, so that a repeated deed sends nothing twice; it holds no personal data because
    it outlives address and text, which are removed after 30 days.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="de")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, help_text="Class of the error only.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
