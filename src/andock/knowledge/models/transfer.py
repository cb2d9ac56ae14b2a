"""Who has taken a solution over, and how far they are: told in rows that never change."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import PartialDate, parse_date

from ..choices import Stage

if TYPE_CHECKING:
    from andock.organisations.models import Organisation


class Transfer(models.Model):
    """An organisation, inside the region or outside, takes a solution over.

    ``giver`` is whom it has it from, where that is not the owner of the card. Whatever is not known is empty, and
    neither yes nor no.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    solution = models.ForeignKey(
        "knowledge.Solution", verbose_name=_("solution"), on_delete=models.PROTECT, related_name="transfers"
    )
    version = models.CharField(_("version"), max_length=40, blank=True)
    receiver = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("taken over by"), on_delete=models.PROTECT, related_name="+"
    )
    giver = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("taken from"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    adapted = models.BooleanField(_("adapted"), null=True, blank=True)
    contributed_back = models.BooleanField(_("contributed back"), null=True, blank=True)
    what_changed = models.TextField(_("what was changed"), blank=True)
    cost = models.PositiveBigIntegerField(_("cost in euros"), null=True, blank=True)
    staff_days = models.PositiveIntegerField(_("staff days"), null=True, blank=True)
    is_demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("solution", "receiver")
        constraints = [
            models.UniqueConstraint(fields=["solution", "receiver"], name="transfer_once"),
            models.CheckConstraint(
                condition=Q(giver=None) | ~Q(giver=F("receiver")), name="transfer_from_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.solution}, {self.receiver}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the receiver has said anything of it itself."""
        return self.stages.filter(is_confirmed=True).exists()

    @property
    def from_whom(self) -> Organisation:
        return self.giver or self.solution.organisation


class TransferStage(models.Model):
    """That a transfer reached a stage, and from when on this site has told so.

    The database refuses to change or delete it. Whoever was wrong, or can confirm what was only reported, writes a row
    that ``replaces`` the earlier one; so what was known on any past day can be told again. ``first_day`` is empty
    where the date has no lower bound. What its receiver has not confirmed needs a source. ``code`` is how files name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, blank=True, editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    date_text = models.CharField(_("date"), max_length=40)
    first_day = models.DateField(null=True, editable=False)
    last_day = models.DateField(editable=False)
    is_confirmed = models.BooleanField(_("confirmed by the receiver"), default=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_on = models.DateField(_("recorded on"), default=timezone.localdate)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ("transfer", "last_day", "recorded_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="transfer_stage_known"),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day__gte=F("first_day")), name="transfer_stage_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=True) | ~Q(source=""), name="transfer_stage_report_has_source"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")), name="transfer_stage_replaces_another"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.RETRACTED) | Q(replaces__isnull=False), name="transfer_stage_retracts_another"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="transfer_stage_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer}: {self.get_stage_display()}"

    @property
    def date(self) -> PartialDate:
        return parse_date(self.date_text)

    @property
    def is_replaced(self) -> bool:
        """Whether another row stands for it; asks the database unless that row is at hand."""
        return hasattr(self, "replaced_by")

    @property
    def source_address(self) -> str:
        """The source where that is an address; elsewhere it says in words what it was."""
        return self.source if self.source.startswith(("https://", "http://")) else ""

    def put_days(self) -> None:
        """Let the days follow the date in words. Raises ``ValueError`` for a date that is none."""
        self.first_day, self.last_day = self.date.earliest, self.date.latest
