"""A framework strategy and its editions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import PartialDate, parse_date

from ..choices import FROZEN_STATES, DockingRole, EditionKind, EditionState


class Framework(models.Model):
    """A series of editions with one owner."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("about"), blank=True)
    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """One edition. Once in force neither it nor anything in it can change; the database sees to that."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    ordinal = models.PositiveSmallIntegerField(_("number"))
    label = models.CharField(_("label"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=EditionKind.choices, default=EditionKind.MAJOR)
    state = models.CharField(_("state"), max_length=20, choices=EditionState.choices, default=EditionState.DRAFT)
    date_text = models.CharField(_("date"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)
    demonstration = models.BooleanField(_("invented for demonstration"), default=False)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    # People may have cited what they could read once: such a draft keeps its number and is never deleted.
    was_shown = models.BooleanField(default=False)

    class Meta:
        ordering = ("framework", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["framework", "ordinal"], name="edition_ordinal_unique"),
            models.UniqueConstraint(
                fields=["framework"], condition=Q(state=EditionState.IN_FORCE), name="edition_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN_STATES) | ~Q(content_hash=""), name="edition_in_force_has_hash"
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.DRAFT) | Q(was_shown=True), name="edition_public_was_shown"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.label}"

    @property
    def date(self) -> PartialDate | None:
        return parse_date(self.date_text) if self.date_text else None

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN_STATES

    @property
    def is_public(self) -> bool:
        return self.state != EditionState.DRAFT


class Signatory(models.Model):
    """Who stands behind an edition, as printed in it; frozen with the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="signatories")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=DockingRole.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # As files named the organisation when it signed: a later name must not change what the edition's hash stands for.
    organisation_key = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="signatory_position_unique")]

    def __str__(self) -> str:
        return self.name
