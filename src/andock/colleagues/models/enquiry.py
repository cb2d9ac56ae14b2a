"""A question about a solution card, and what two offices write to each other about it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from andock.organisations.choices import Role


class Enquiry(models.Model):
    """The thread of two offices about one card; one that is open for each card and asking organisation.

    ``owner`` is the office that answers: the card's owner, for the region's own cards the agency. ``waits_since`` says
    since when it owes an answer, ``reminded_at`` when it was last reminded of that; both are empty while it owes none.
    ``changed_at`` is the time of the last contribution.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    solution = models.ForeignKey(
        "knowledge.Solution", verbose_name=_("solution"), on_delete=models.PROTECT, related_name="+"
    )
    asking = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("answered by"), on_delete=models.PROTECT, related_name="+"
    )
    opened_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-changed_at", "pk")
        indexes = [
            models.Index(fields=["asking", "closed_at"], name="enquiry_of_asking"),
            models.Index(fields=["owner", "closed_at"], name="enquiry_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(asking=F("owner")), name="enquiry_between_two"),
            models.UniqueConstraint(
                fields=["solution", "asking"], condition=Q(closed_at=None), name="enquiry_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(waits_since=None), name="enquiry_closed_waits_for_nobody"
            ),
            models.CheckConstraint(
                condition=Q(waits_since__isnull=False) | Q(reminded_at=None), name="enquiry_reminded_while_it_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asking}: {self.solution}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Contribution(models.Model):
    """What one office wrote. People read the office and the ``role``; who it was is kept for the trail alone.

    ``key`` is made of the form and of what was typed in it, so that the same form sent twice is one contribution.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField()
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ("enquiry", "written_at", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="contribution_says_something"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="contribution_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.written_at:%Y-%m-%d}"
