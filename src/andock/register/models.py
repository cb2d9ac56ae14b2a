"""The procedure of docking. Who takes part stands in the strategy's periods and nowhere else."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .choices import BASES, OPEN, WITH_TOWN, ApproachState, DeclarationState

if TYPE_CHECKING:
    from datetime import datetime


def evidence_path(declaration: Declaration, name: str) -> str:
    """A name that says nothing: whoever sees a folder or a log learns neither town nor person."""
    return f"evidence/{uuid.uuid4().hex}.pdf"


class Declaration(models.Model):
    """An organisation declares that it docks, or on what better basis; the agency confirms or asks back.

    The evidence may bear a signature, so it is private until the organisation releases it, and is deleted when the
    declaration is withdrawn. Once confirmed only that release changes.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey("strategy.Framework", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=20, choices=DeclarationState.choices, default=DeclarationState.DRAFT
    )
    basis = models.CharField(_("basis"), max_length=20, choices=BASES)
    day = models.DateField(_("date"))
    number = models.CharField(_("number of the resolution"), max_length=80, blank=True)
    evidence = models.FileField(_("evidence (PDF)"), upload_to=evidence_path, blank=True)
    is_released = models.BooleanField(_("everybody may read the evidence"), default=False)
    question = models.TextField(_("question"), blank=True)
    period = models.OneToOneField(
        "strategy.DockingPeriod", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "framework"], condition=Q(state__in=OPEN), name="declaration_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=DeclarationState.values), name="declaration_state_known"),
            models.CheckConstraint(
                condition=Q(basis__in=[basis for basis, _label in BASES]), name="declaration_basis_declared"
            ),
            models.CheckConstraint(
                condition=Q(period__isnull=False, state=DeclarationState.CONFIRMED)
                | (Q(period__isnull=True) & ~Q(state=DeclarationState.CONFIRMED)),
                name="declaration_confirmed_has_period",
            ),
            models.CheckConstraint(
                condition=Q(basis="letter_of_intent") | ~Q(number=""), name="declaration_resolution_has_number"
            ),
            models.CheckConstraint(
                condition=Q(state=DeclarationState.WITHDRAWN) | ~Q(evidence=""), name="declaration_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_basis_display()}, {self.day}"

    @property
    def is_with_town(self) -> bool:
        """Whether the organisation can still change it."""
        return self.state in WITH_TOWN

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the evidence now."""
        return self.is_released and self.state == DeclarationState.CONFIRMED


class Approach(models.Model):
    """The agency's own notes on somebody who might dock. Nobody else reads them; they hold no names of people."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey("strategy.Framework", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=ApproachState.choices, default=ApproachState.INVITED)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("until when"), null=True, blank=True)
    note = models.TextField(_("notes"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "approaches"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "framework"], name="approach_once"),
            models.CheckConstraint(condition=Q(state__in=ApproachState.values), name="approach_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display()}"


class PersonalInvitation(models.Model):
    """A link for one person, by letter and mail. Of its token only the SHA-256 is kept.

    Name and mailboxes serve the answer and are forgotten a year after the link has expired.
    """

    approach = models.ForeignKey(Approach, on_delete=models.CASCADE, related_name="invitations")
    addressee = models.CharField(_("form of address"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_name = models.CharField(_("name"), max_length=200, blank=True)
    answer_role = models.CharField(_("office"), max_length=200, blank=True)
    answer_mailbox = models.EmailField(_("office mailbox"), max_length=254, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["approach"],
                condition=Q(revoked_at__isnull=True),
                name="personalinvitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="personalinvitation_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return str(self.approach)

    def is_open_at(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
