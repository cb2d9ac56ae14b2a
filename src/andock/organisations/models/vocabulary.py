"""Topics, fields of action and principles: data of the region, carried by everything that has a subject."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..choices import VocabularyName


class Term(models.Model):
    """A term of one of the region's vocabularies. ``labels`` holds its name by language."""

    vocabulary = models.CharField(_("vocabulary"), max_length=20, choices=VocabularyName.choices)
    slug = models.SlugField(max_length=60)
    labels = models.JSONField(_("names"), default=dict)
    texts = models.JSONField(_("explanations"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ("vocabulary", "position")
        constraints = [models.UniqueConstraint(fields=["vocabulary", "slug"], name="term_slug_unique")]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """The term as files write it, such as ``topics/klima``."""
        return f"{self.vocabulary}/{self.slug}"

    @property
    def label(self) -> str:
        return self.labels.get(get_language()) or self.labels.get("de", self.slug)

    @property
    def text(self) -> str:
        return self.texts.get(get_language()) or self.texts.get("de", "")
