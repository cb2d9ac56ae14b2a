"""Who did what, when and why: an append-only trail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from andock.kernel.modules import actions


class Entry(models.Model):
    """One act. Holds no name and no address: an account that is erased leaves only its number and role here.

    ``actor`` has no database constraint for that reason: nulling it would change the entry, protecting it would
    keep a person's data. Without an actor the act came from the command line.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    actor_roles = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    before_hash = models.CharField(max_length=64, blank=True)
    after_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["organisation", "-at"], name="audit_entry_organisation_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    @property
    def label(self) -> str:
        """What was done, in words."""
        return str(actions().get(self.action, self.action))

    @property
    def actor_name(self) -> str:
        """The acting person's present name; the bare number once the account is gone."""
        if self.actor_id is None and self.data.get("by_link"):
            return _("Whoever has the personal link")
        if self.actor_id is None:
            return _("Command line")
        return str(self.actor) if self.actor else _("Account no. %s (deleted)") % self.actor_id
