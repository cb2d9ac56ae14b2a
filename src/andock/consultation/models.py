"""The text a phase is about, and where in it each contribution belongs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andock.strategy.choices import BlockKind

ONE_TEXT = Q(edition__isnull=False, version=None) | Q(edition=None, version__isnull=False)


class Subject(models.Model):
    """The text people comment on in a phase: an edition of the strategy, or a version of a local strategy.

    A draft that is deleted takes this row along; not so once somebody has said something about it, see ``Anchor``.
    """

    phase = models.OneToOneField("participation.Phase", on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey("strategy.Edition", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    version = models.ForeignKey(
        "local_strategies.Version", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=ONE_TEXT, name="subject_is_one_text")]

    def __str__(self) -> str:
        if self.edition:
            return str(self.edition)
        assert self.version is not None
        return _("%(title)s, version %(number)d") % {"title": self.version.title, "number": self.version.number}

    @property
    def is_frozen(self) -> bool:
        """Nothing in it changes any more."""
        text = self.edition or self.version
        return bool(text and text.is_frozen)


class Anchor(models.Model):
    """Where a comment or another wording belongs: element, block, and the wording it referred to, copied.

    ``identity`` is the element's in an edition and a local strategy alike; ``element`` is empty for a part only the
    municipality has. The text may move on, this row never does.
    """

    contribution = models.OneToOneField(
        "participation.Contribution", on_delete=models.CASCADE, primary_key=True, related_name="anchor"
    )
    edition = models.ForeignKey("strategy.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(
        "local_strategies.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    element = models.ForeignKey("strategy.Element", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    identity = models.UUIDField(gettext_lazy("element"))
    block = models.UUIDField(gettext_lazy("paragraph"))
    block_kind = models.CharField(max_length=20, choices=BlockKind.choices)
    wording = models.TextField(gettext_lazy("the wording it referred to"))

    class Meta:
        indexes = [
            models.Index(fields=["edition", "identity", "block"], name="anchor_in_edition"),
            models.Index(fields=["version", "identity", "block"], name="anchor_in_version"),
        ]
        constraints = [
            models.CheckConstraint(condition=ONE_TEXT, name="anchor_in_one_text"),
            models.CheckConstraint(condition=Q(block_kind__in=BlockKind.values), name="anchor_block_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.block}"
