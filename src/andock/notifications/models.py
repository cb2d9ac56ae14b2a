"""The outbox: one row per mail, written with the deed it tells of."""

from __future__ import annotations

from django.db import models

from .choices import State


class Message(models.Model):
    """A mail to one person.

    ``key`` names the occasion, so that a repeated deed sends nothing twice; it holds no personal data because
    it outlives address and text, which are removed after 30 days. The HTML part is made of ``text`` when it is sent.
    ``sender_name`` says in whose name it is written, where that is not the site; ``sender_address`` is theirs where
    the operator allows it. ``calendar`` is an iCalendar object that travels along. ``unsubscribe`` is the address to
    which a mail program posts when its reader wants no more of such mails (RFC 8058).
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.EmailField(max_length=254, blank=True)
    reply_to = models.EmailField(max_length=254, blank=True)
    unsubscribe = models.URLField(max_length=500, blank=True)
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
