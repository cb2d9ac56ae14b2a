"""A guide: how something is done, step by step, with a checklist and what readers say of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import PartialDate, parse_date

from ..choices import PUBLIC, RESERVED_SLUGS, FileKind, Publication
from .solution import web_address


class Guide(models.Model):
    """One guide. ``code`` is how files name it (``G01``), ``number`` its number in the series (``07-1``).

    ``topic`` is the heading it stands under in the list, ``url`` where its text lies if that is not here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, blank=True, editable=False)
    slug = models.SlugField(_("short name in addresses"), max_length=90, unique=True)
    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication.choices, default=Publication.DRAFT
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("publisher"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=400, blank=True)
    text = models.TextField(_("introduction"), blank=True)
    topic = models.CharField(_("heading in the list"), max_length=80, blank=True)
    terms: models.ManyToManyField = models.ManyToManyField(
        "organisations.Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    solutions: models.ManyToManyField = models.ManyToManyField(
        "knowledge.Solution", verbose_name=_("solutions it is about"), blank=True, related_name="guides"
    )
    date_text = models.CharField(_("date"), max_length=40, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    url = web_address(_("where the text lies, if not here"))
    verified = models.BooleanField(_("verified"), default=True)
    note = models.TextField(_("note"), blank=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("number", "title", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(publication__in=Publication.values), name="guide_publication_known"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="guide_slug_not_reserved"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="guide_code_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """How files name it."""
        return self.code or str(self.pk)

    @property
    def date(self) -> PartialDate | None:
        return parse_date(self.date_text) if self.date_text else None

    @property
    def is_public(self) -> bool:
        return self.publication in PUBLIC


class GuideStep(models.Model):
    """One of the steps, in order."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("step"), max_length=200)
    text = models.TextField(_("how it is done"), blank=True)

    class Meta:
        ordering = ("guide", "position", "pk")

    def __str__(self) -> str:
        return self.title


class ChecklistItem(models.Model):
    """One line to tick."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("to tick"), max_length=300)
    text = models.CharField(_("hint"), max_length=300, blank=True)

    class Meta:
        ordering = ("guide", "position", "pk")

    def __str__(self) -> str:
        return self.title


def file_path(file: GuideFile, name: str) -> str:
    return f"guides/{file.guide_id}/{uuid.uuid4().hex}.pdf"


class GuideFile(models.Model):
    """A PDF or a link that belongs to a guide, also in an earlier version."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=20, choices=FileKind.choices, default=FileKind.WORDING)
    title = models.CharField(_("title"), max_length=200)
    version = models.CharField(_("version"), max_length=40, blank=True)
    date_text = models.CharField(_("date"), max_length=40, blank=True)
    file = models.FileField(_("PDF"), upload_to=file_path, blank=True)
    url = web_address(_("or a link"))

    class Meta:
        ordering = ("guide", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")), name="guide_file_or_link"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def date(self) -> PartialDate | None:
        return parse_date(self.date_text) if self.date_text else None


class GuideFeedback(models.Model):
    """What a reader said: it helped, or it did not and why. Of whom and from where is never known."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="feedback")
    helped = models.BooleanField(_("helped"))
    reason = models.TextField(_("because"), blank=True)
    given_on = models.DateField(_("day"))

    class Meta:
        ordering = ("-given_on", "-pk")
        verbose_name_plural = "guide feedback"

    def __str__(self) -> str:
        return f"{self.guide}, {self.given_on}"
