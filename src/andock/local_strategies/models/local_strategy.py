"""A municipality's local strategy, and what its people write to each other about it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LocalStrategy(models.Model):
    """The strategy an organisation makes out of a framework. What it says stands in its versions."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="local_strategies"
    )
    framework = models.ForeignKey("strategy.Framework", on_delete=models.PROTECT, related_name="local_strategies")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "framework"], name="localstrategy_once")]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.framework}"


class Note(models.Model):
    """A word between colleagues about an element; never public."""

    strategy = models.ForeignKey(LocalStrategy, on_delete=models.CASCADE, related_name="notes")
    identity = models.UUIDField(_("element"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("written_at", "pk")
        indexes = [models.Index(fields=["strategy", "identity"], name="note_of_element")]

    def __str__(self) -> str:
        return self.text[:50]


class ShareLink(models.Model):
    """An address by which a mayor or committee reads a draft; it ends by itself and can be revoked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey("Version", on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("for whom"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.label
