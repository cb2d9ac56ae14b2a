"""Municipalities that learn together, and what they write to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.organisations.choices import Role

if TYPE_CHECKING:
    from andock.organisations.models import Organisation


class Group(models.Model):
    """A learning group; what a region calls it stands in its labels. ``organisation`` has founded and keeps it.

    What is here is public; what its members write on the board is for their people alone. ``events`` are its meetings.
    """

    slug = models.SlugField(_("short name in addresses"), max_length=90, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=400, blank=True)
    text = models.TextField(_("what it is about"), blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("founded by"), on_delete=models.PROTECT, related_name="+"
    )
    terms: models.ManyToManyField = models.ManyToManyField(
        "organisations.Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    events: models.ManyToManyField = models.ManyToManyField(
        "events.Event", verbose_name=_("meetings"), blank=True, related_name="+"
    )
    source = models.CharField(_("source"), max_length=500, blank=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="group_has_a_title")]

    def __str__(self) -> str:
        return self.title

    def has_member(self, organisation: Organisation) -> bool:
        return self.memberships.filter(organisation=organisation, left_on=None).exists()


class GroupMember(models.Model):
    """An organisation that takes part, from a day on; ``left_on`` is the day on which it no longer does."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField(_("since"))
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("group", "joined_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"], condition=Q(left_on=None), name="group_member_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="group_member_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.organisation}"


class Post(models.Model):
    """What one office writes on the board of a group: a text, perhaps with a link or a card; or an answer to one.

    People read the office and the ``role``; who it was is kept for the trail, and so that people can delete their own.
    A deleted one has no text any more; it stays as a gap where others have answered. ``key`` as in ``Contribution``.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="posts")
    answers_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    text = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])])
    solution = models.ForeignKey(
        "knowledge.Solution", verbose_name=_("solution"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ("written_at", "pk")
        indexes = [models.Index(fields=["group", "answers_to", "written_at"], name="post_on_board")]
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(text="")
                | Q(deleted_at__isnull=False, text="", link="", solution=None),
                name="post_says_something_or_is_deleted",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.written_at:%Y-%m-%d}"
