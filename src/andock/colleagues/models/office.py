"""Who works on smart city in an organisation: an office with its mailbox, no person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Office(models.Model):
    """An office colleagues elsewhere can turn to. Only people who are signed in read it."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(pgettext_lazy("directory", "office"), max_length=200)
    email = models.EmailField(_("office mailbox"), blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    asks = models.TextField(_("what it can be asked"), blank=True)
    terms: models.ManyToManyField = models.ManyToManyField(
        "organisations.Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("organisation", "name")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="office_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="office_has_a_name"),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="office_can_be_reached"),
        ]

    def __str__(self) -> str:
        return self.name
