"""The one record of who takes part in a framework, since when and on what basis."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import PartialDate, parse_date

from ..choices import DockingBasis, DockingRole, PeriodEnding

IN_TURN = (F("until_latest").asc(nulls_last=True), "since_latest", "pk")
"""One after the other, the running one last. Told by their ends: an imprecise beginning may reach beyond them."""


class Docking(models.Model):
    """An organisation takes part in a framework. When and how stands in its periods."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="dockings")
    framework = models.ForeignKey("Framework", on_delete=models.PROTECT, related_name="dockings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "framework"], name="docking_once")]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.framework}"


class DockingPeriod(models.Model):
    """A time in one role on one basis. Leaving ends a period, coming back or a better basis begins one.

    The dates are EDTF text; ``since_earliest`` and ``since_latest`` are its bounds, so that the database can
    answer "who certainly, who possibly took part on a day". Open ends are None.
    """

    docking = models.ForeignKey(Docking, on_delete=models.CASCADE, related_name="periods")
    role = models.CharField(_("role"), max_length=20, choices=DockingRole.choices)
    basis = models.CharField(
        _("basis"), max_length=20, choices=DockingBasis.choices, default=DockingBasis.NOT_DOCUMENTED
    )
    since_text = models.CharField(_("since"), max_length=40)
    since_earliest = models.DateField(null=True, editable=False)
    since_latest = models.DateField(editable=False)
    until_text = models.CharField(_("until"), max_length=40, blank=True)
    until_earliest = models.DateField(null=True, editable=False)
    until_latest = models.DateField(null=True, editable=False)
    ending = models.CharField(_("ending"), max_length=20, choices=PeriodEnding.choices, blank=True)
    verified = models.BooleanField(_("verified"), default=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = IN_TURN
        constraints = [
            models.UniqueConstraint(fields=["docking", "role", "since_text"], name="dockingperiod_once"),
            models.CheckConstraint(
                condition=Q(since_earliest__isnull=True) | Q(since_earliest__lte=F("since_latest")),
                name="dockingperiod_since_in_order",
            ),
            models.CheckConstraint(
                condition=Q(until_latest__isnull=True)
                | Q(since_earliest__isnull=True)
                | Q(until_latest__gte=F("since_earliest")),
                name="dockingperiod_ends_after_since",
            ),
            models.CheckConstraint(condition=Q(ending="") | ~Q(until_text=""), name="dockingperiod_ending_has_day"),
            models.UniqueConstraint(
                fields=["docking"], condition=Q(until_text=""), name="dockingperiod_one_without_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.docking}: {self.role}"

    def certainly_covers(self, day: date) -> bool:
        """Whether ``day`` lies in the period whatever its imprecise dates mean exactly."""
        has_begun = self.since_latest <= day
        return has_begun and (not self.until_text or (self.until_earliest is not None and self.until_earliest > day))

    @property
    def source_address(self) -> str:
        """The source where it is an address; a resolution is named in words."""
        return self.source if self.source.startswith(("https://", "http://")) else ""

    @property
    def since(self) -> PartialDate:
        return parse_date(self.since_text)

    @property
    def until(self) -> PartialDate | None:
        return parse_date(self.until_text) if self.until_text else None
