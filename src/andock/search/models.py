"""The index: documents, and the words they are found by. Ordinary tables, the same on every database."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .choices import Visibility
from .words import LONGEST

MOST_KEYS = 1000
"""Signs of all places or all topics of a document together."""


class Document(models.Model):
    """Something that can be found, as it is shown among the hits.

    ``id`` is its place among those that fit equally well: the newest first, then in an order that is the same on every
    installation (``services.placing``). ``source``, ``key`` and ``language`` are its identity; documents of one ``group``
    are written together. ``digest`` tells whether an entry still reads as it was indexed.
    """

    id = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=30)
    group = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=20)
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "language"], name="search_document_once"),
        ]
        indexes = [models.Index(fields=["source", "group"], name="search_document_group")]

    def __str__(self) -> str:
        return self.title


class Filing(models.Model):
    """Where a document is filed: what facets count and filters ask, in a narrow row beside the long text.

    ``places``, ``topics`` and ``elsewhere`` are words between blanks, one at each end; the empty text is none. ``year`` 0
    is none.
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="filing")
    visibility = models.SmallIntegerField(choices=Visibility.choices, default=Visibility.PUBLIC)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField(default=0)
    places = models.CharField(max_length=MOST_KEYS, blank=True)
    topics = models.CharField(max_length=MOST_KEYS, blank=True)
    elsewhere = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="search_filing_visibility_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}"


class Term(models.Model):
    """A stem that documents of a language hold. ``reversed`` finds the words that end in another one."""

    language = models.CharField(max_length=20)
    text = models.CharField(max_length=LONGEST, db_index=True)
    reversed = models.CharField(max_length=LONGEST, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="search_term_once")]

    def __str__(self) -> str:
        return self.text


class Word(models.Model):
    """How a stem is written in texts; suggestions show one."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="words")
    text = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "text"], name="search_word_once")]

    def __str__(self) -> str:
        return self.text


class Shortening(models.Model):
    """A stem, or a way it is written, with one letter left out, as a number: what a mistyped word shares with it."""

    pk = models.CompositePrimaryKey("number", "term")
    number = models.BigIntegerField()
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="shortenings")

    def __str__(self) -> str:
        return f"{self.number} {self.term_id}"


class Posting(models.Model):
    """A document holds a stem, with so much weight.

    The key serves writing, the index serves asking: it holds all columns, the heaviest documents of a stem first.
    """

    pk = models.CompositePrimaryKey("document", "term")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="postings", db_index=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="postings", db_index=False)
    weight = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["term", "-weight", "document"], name="search_posting_heaviest")]
        constraints = [models.CheckConstraint(condition=Q(weight__gt=0), name="search_posting_weighs")]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.document_id}: {self.weight}"


class Building(models.Model):
    """How far the index has been made anew from a source: after which group it goes on, empty at the beginning.

    A row is there only while that is under way, or was stopped.
    """

    source = models.CharField(max_length=30, primary_key=True)
    after = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.source} {self.after}"
