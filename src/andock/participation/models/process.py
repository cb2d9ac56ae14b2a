"""What people are asked, when, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Blueprint, PhaseKind, PhaseTime, Publication

if TYPE_CHECKING:
    from datetime import datetime


class Process(models.Model):
    """People are asked about something. What they do stands in its phases.

    ``organisation`` asks and answers; where ``is_region_wide``, whoever says for which municipality something is meant is
    answered there. ``asks_age`` and ``asks_place`` say what people must tell of themselves; ``needs_residence``: only
    whoever has proved to live here counts (``models.residence``). ``holds_back``: nothing is shown before a moderator has seen it. ``result`` is what came of it, in the organisation's words.
    """

    slug = models.SlugField(_("short name in addresses"), max_length=90, unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    text = models.TextField(_("what it is about"), blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("held by"), on_delete=models.PROTECT, related_name="+"
    )
    blueprint = models.CharField(max_length=20, choices=Blueprint.choices)
    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication.choices, default=Publication.DRAFT
    )
    is_region_wide = models.BooleanField(_("open for the whole region"), default=False)
    asks_age = models.BooleanField(_("ask for the age band"), default=False)
    asks_place = models.BooleanField(_("ask for the municipality people live in"), default=False)
    needs_residence = models.BooleanField(_("only people who prove that they live here"), default=False)
    holds_back = models.BooleanField(_("check contributions before they are shown"), default=False)
    contact_email = models.EmailField(_("office mailbox for questions"), blank=True)
    result = models.TextField(_("what came of it"), blank=True)
    terms: models.ManyToManyField = models.ManyToManyField(
        "organisations.Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    events: models.ManyToManyField = models.ManyToManyField(
        "events.Event", verbose_name=_("events"), blank=True, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-published_at", "title", "pk")
        indexes = [models.Index(fields=["organisation", "publication"], name="process_of_organisation")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="process_has_a_title"),
            models.CheckConstraint(condition=Q(blueprint__in=Blueprint.values), name="process_blueprint_known"),
            models.CheckConstraint(
                condition=Q(publication=Publication.DRAFT, published_at=None)
                | Q(publication=Publication.PUBLISHED, published_at__isnull=False),
                name="process_published_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.publication == Publication.PUBLISHED


class Phase(models.Model):
    """A time in which people do one thing. It opens and closes by itself."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("what people do"), max_length=20, choices=PhaseKind.choices)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what people should know"), blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering = ("process", "starts_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="phase_begins_before_it_ends"),
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="phase_kind_known"),
            # One tool, one place: what people sent in one phase must not be looked for in two.
            models.UniqueConstraint(fields=["process", "kind"], name="phase_kind_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def time_at(self, now: datetime) -> PhaseTime:
        """The one rule about its boundaries."""
        if now < self.starts_at:
            return PhaseTime.COMING
        return PhaseTime.RUNNING if now < self.ends_at else PhaseTime.OVER
