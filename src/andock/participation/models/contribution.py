"""What people say, and what the organisation answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import ContributionKind, ContributionState, Stance
from .person import Participant
from .process import Phase, Process

if TYPE_CHECKING:
    from uuid import UUID


class Contribution(models.Model):
    """One thing a person said: an idea, a remark, a comment or another wording. Tools add what is theirs in tables of their own.

    ``about`` names in words what it is about, ``address`` the public page it stands on, without language and host; both are
    the tool's. ``element`` is the passage it belongs to, ``municipality`` for whom it is meant. ``office`` answers.
    ``origin`` is where it stood before, if it came in from a file. ``request_key`` makes a repeated request the same contribution. ``origin_hash`` says for a day whether many came from
    one place. ``is_doubtful``: a machine may have sent it, so a moderator sees it first. Whoever was erased is no ``participant`` any more.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="contributions")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="contributions")
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="contributions")
    kind = models.CharField(_("kind"), max_length=10, choices=ContributionKind.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=ContributionState.choices, default=ContributionState.UNCONFIRMED
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    about = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    element = models.ForeignKey("strategy.Element", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    is_on_paper = models.BooleanField(_("came on paper"), default=False)
    is_doubtful = models.BooleanField(default=False, editable=False)
    origin = models.CharField(max_length=300, blank=True)
    request_key = models.UUIDField(unique=True, null=True, editable=False)
    origin_hash = models.CharField(max_length=16, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    told_moderators_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("sent_at", "pk")
        indexes = [
            models.Index(fields=["process", "kind", "state", "published_at"], name="contribution_of_process"),
            models.Index(fields=["office", "state"], name="contribution_queue"),
            models.Index(fields=["element", "state"], name="contribution_about"),
            models.Index(fields=["origin_hash", "sent_at"], name="contribution_place", condition=~Q(origin_hash="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "origin"], condition=~Q(origin=""), name="contribution_read_in_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=ContributionKind.values), name="contribution_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ContributionState.values), name="contribution_state_known"),
            models.CheckConstraint(
                condition=Q(state=ContributionState.UNCONFIRMED)
                | Q(state=ContributionState.WITHDRAWN)
                | Q(confirmed_at__isnull=False),
                name="contribution_confirmed_before_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContributionState.PUBLIC) | Q(published_at__isnull=False),
                name="contribution_public_since_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=ContributionState.WITHDRAWN, text="", title="")
                | ~Q(state=ContributionState.WITHDRAWN) & ~Q(text=""),
                name="contribution_says_something_or_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state == ContributionState.PUBLIC


class Response(models.Model):
    """The official answer to one or many contributions. It is public from the moment it is given.

    Where something was changed for it, ``element`` and ``edition`` (or ``version``, of a local strategy) say which passage.
    ``own_passage`` names one of a version that only the municipality has, so that it is no element.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="responses")
    office = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("answer"), max_length=12, choices=Stance.choices)
    reason = models.TextField(_("reason"))
    forwarded_to = models.CharField(_("forwarded to"), max_length=200, blank=True)
    element = models.ForeignKey("strategy.Element", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.ForeignKey("strategy.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(
        "local_strategies.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    own_passage = models.UUIDField(null=True, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    contributions: models.ManyToManyField = models.ManyToManyField(
        Contribution, through="Answered", related_name="responses"
    )

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="response_stance_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="response_has_a_reason"),
            models.CheckConstraint(
                condition=Q(edition=None, version=None)
                | Q(element__isnull=False)
                | Q(version__isnull=False, own_passage__isnull=False),
                name="response_change_has_a_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} ({self.given_at:%Y-%m-%d})"

    @property
    def passage_id(self) -> UUID | None:
        """What was changed for it, by the identity it has in every edition and version."""
        return self.element_id or self.own_passage


class Answered(models.Model):
    """A contribution has its answer: one at a time, the later one in place of the earlier. ``told_at``: its author knows."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answered")
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="answered")
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["told_at"], name="answered_untold", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.response_id}"
