"""Writing the index: in the transaction of the deed, so that the next request finds what was written.

What citizens send is filed by a job (``renew_soon``): half of what sending takes would be filing. What has to go, goes at once.

Only what everybody may read is ever put here; ``Source.make`` of each module sees to that. Nothing here knows who asks.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from andock.kernel.jobs import enqueue
from andock.kernel.modules import announce
from andock.kernel.text import without_control_characters

from .models import MOST_KEYS, Document, Filing, Posting, Shortening, Term, Word
from .source import Entry, sources
from .weighing import weights
from .words import can_be_guessed, folded, number_of, shortened, stem, words

T = TypeVar("T")
WAY_OF_INDEXING = 1
"""Raised when words, weights or tables change their meaning: then everything is written anew when the index is rebuilt."""
LAST_YEAR = 9999
YEARS_FROM = 49
"""Bits of a document's number below its year."""
AT_ONCE = 500
"""Values in one question: SQLite counts them."""


def renew(source: str, *groups: str) -> int:
    """Let a module make groups of its documents anew, and write what is different; returns how many documents that is.

    Called by services at the end of a deed that changes what everybody reads. A group of which nothing is public any more goes.
    Modules that listen to ``search.renewed`` hear what is new to readers; making the whole index anew tells nobody.
    """
    made = {group: sources()[source].entries(group) for group in groups}
    return put_all(source=source, groups=made, is_told=True)


def renew_soon(source: str, group: str) -> None:
    """As ``renew``, by a job that is queued with the deed. For what is new to readers; it finds what is there when it runs."""
    enqueue("search.renew", source=source, group=group)


def replace(*, source: str, group: str, entries: Iterable[Entry]) -> int:
    """Make a group consist of these entries; returns how many documents were written or removed."""
    return put_all(source=source, groups={group: list(entries)})


def remove(*, source: str, group: str) -> int:
    """Take a group out; returns how many documents it had."""
    return replace(source=source, group=group, entries=())


@transaction.atomic(savepoint=False)  # whoever calls it in a deed of theirs gives up the deed with it
def put_all(*, source: str, groups: Mapping[str, Sequence[Entry]], is_told: bool = False) -> int:
    """As ``replace`` for many groups at once. What reads as it did is left as it stands."""
    there = {
        (key, language): (pk, digest)
        for pk, key, language, digest in Document.objects.filter(source=source, group__in=list(groups)).values_list(
            "pk", "key", "language", "digest"
        )
    }
    wanted = {
        (entry.key, entry.language): Wanted(source, group, entry)
        for group, entries in groups.items()
        for entry in entries
    }
    gone = [pk for name, (pk, digest) in there.items() if name not in wanted or wanted[name].digest != digest]
    new = [one for name, one in wanted.items() if name not in there or there[name][1] != one.digest]
    if is_told:
        _announce(source, {key for key, _language in there}, gone, new)
    _take_out(gone)
    _write(new)
    return len({name for name in there if name not in wanted}) + len(new)


def _announce(source: str, known: Collection[str], gone: Sequence[int], new: Sequence[Wanted]) -> None:
    """Say which things are new to readers, and which read differently now. A wording that has only moved is neither."""
    rows = [
        row for part in _parts(gone)
        for row in Document.objects.filter(pk__in=part).values_list("key", "language", "title", "text")
    ]  # fmt: skip
    was = {(key, language): (title, text) for key, language, title, text in rows}
    moved = {text or title for title, text in was.values()}
    added, changed = set(), set()
    for one in new:
        name, (title, text) = (one.entry.key, one.entry.language), one.reading
        if one.entry.key not in known and (text or title) not in moved:
            added.add(one.entry.key)
        elif name in was and was[name] != (title, text):
            changed.add(one.entry.key)
    if added or changed:
        announce("search.renewed", source=source, added=sorted(added), changed=sorted(changed))


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry on its way into the index."""

    source: str
    group: str
    entry: Entry

    @property
    def digest(self) -> str:
        content = json.dumps([WAY_OF_INDEXING, self.group, astuple(self.entry)], ensure_ascii=False)
        return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()

    @property
    def placing(self) -> int:
        """Its number: the newest first, then as if by lot, but the same everywhere."""
        identity = json.dumps([self.source, self.entry.key, self.entry.language], ensure_ascii=False)
        lot = number_of(identity) & ((1 << YEARS_FROM) - 1)
        return (LAST_YEAR - (self.entry.year or 0)) << YEARS_FROM | lot

    @property
    def reading(self) -> tuple[str, str]:
        """Title and text as they are kept."""
        return without_control_characters(self.entry.title)[:300], without_control_characters(self.entry.text)

    def document(self, pk: int) -> Document:
        entry, (title, text) = self.entry, self.reading
        return Document(
            id=pk, source=self.source, group=self.group, key=entry.key, language=entry.language, url=entry.url[:500],
            title=title, text=text, digest=self.digest,
        )  # fmt: skip

    def filing(self, pk: int) -> Filing:
        entry = self.entry
        return Filing(
            document_id=pk, kind=entry.kind, year=entry.year or 0, places=between_blanks(entry.places),
            topics=between_blanks(entry.topics), elsewhere=between_blanks(entry.elsewhere, 100),
        )  # fmt: skip


def between_blanks(keys: Collection[str], most: int = MOST_KEYS) -> str:
    """Keys as a filing holds them, in one order; those that no longer fit are left out."""
    text = ""
    for key in sorted(set(keys)):
        longer = f"{text or ' '}{key} "
        text = longer if len(longer) <= most else text
    return text


def _take_out(ids: Sequence[int]) -> None:
    for part in _parts(ids):
        Posting.objects.filter(document__in=part).delete()
        Filing.objects.filter(document__in=part).delete()
        Document.objects.filter(pk__in=part).delete()


def _write(new: Sequence[Wanted]) -> None:
    if new:
        rows = (Posting(document_id=pk, term_id=term, weight=weight) for pk, term, weight in with_words(new))
        Posting.objects.bulk_create(rows, 10 * AT_ONCE)


def with_words(new: Sequence[Wanted]) -> Iterator[tuple[int, int, int]]:
    """Write new documents and their words; what comes back are their postings (document, stem, weight), still to be written."""
    _lock_vocabulary("ROW SHARE")
    places = _places(new)
    Document.objects.bulk_create([one.document(pk) for pk, one in places.items()], AT_ONCE)
    Filing.objects.bulk_create([one.filing(pk) for pk, one in places.items()], AT_ONCE)
    ids = _terms([one.entry for one in new])
    return (
        (pk, ids[one.entry.language, found], weight)
        for pk, one in places.items()
        for found, weight in weights(one.entry).items()
    )


def _places(new: Sequence[Wanted]) -> dict[int, Wanted]:
    """A free number for each; two that have drawn the same stand beside each other."""
    taken = {
        pk
        for part in _parts([one.placing for one in new])
        for pk in Document.objects.filter(pk__in=part).values_list("pk", flat=True)
    }
    found: dict[int, Wanted] = {}
    for one in sorted(new, key=lambda one: (one.placing, one.entry.key)):
        pk = one.placing
        while pk in taken:
            pk += 1
        taken.add(pk)
        found[pk] = one
    return found


# --- the vocabulary ---------------------------------------------------------------------------------------------------
def _terms(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """The ids of all stems of the entries by language and stem; those that are new are made, with how they are written."""
    written: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in entries:
        for word in words(f"{entry.title}\n{entry.text}\n{entry.also}"):
            if found := stem(word, entry.language):
                written[entry.language][found].add(word)
    ids: dict[tuple[str, str], int] = {}
    for language, stems in sorted(written.items()):
        known = _known(language, stems)
        if missing := sorted(stems.keys() - known.keys()):
            known |= _make_terms(language, missing)
        _make_words(known, stems)
        ids |= {(language, text): pk for text, pk in known.items()}
    return ids


def _known(language: str, texts: Iterable[str]) -> dict[str, int]:
    return {
        text: pk
        for part in _parts(sorted(texts))
        for text, pk in Term.objects.filter(language=language, text__in=part).values_list("text", "pk")
    }


def _make_terms(language: str, texts: Sequence[str]) -> dict[str, int]:
    """In one order for all writers, so that two of them never wait for each other; somebody else may be faster."""
    terms = [Term(language=language, text=text, reversed=text[::-1]) for text in texts]
    Term.objects.bulk_create(terms, AT_ONCE, ignore_conflicts=True)
    made = _known(language, texts)
    _make_shortenings((made[text], text) for text in texts)
    return made


def _make_words(ids: Mapping[str, int], written: Mapping[str, Iterable[str]]) -> None:
    wanted = {(ids[text], word) for text, found in written.items() for word in found}
    for part in _parts(sorted({pk for pk, _word in wanted})):
        wanted -= set(Word.objects.filter(term__in=part).values_list("term", "text"))
    new = sorted(wanted)
    Word.objects.bulk_create((Word(term_id=pk, text=text) for pk, text in new), 10 * AT_ONCE, ignore_conflicts=True)
    _make_shortenings((pk, folded(text)) for pk, text in new)


def _make_shortenings(texts: Iterable[tuple[int, str]]) -> None:
    """What mistyped words are recognised by: of each stem, and of each way it is written."""
    numbers = {(number, pk) for pk, text in texts if can_be_guessed(text) for number in shortened(text)}
    Shortening.objects.bulk_create(
        (Shortening(number=number, term_id=pk) for number, pk in sorted(numbers)), 10 * AT_ONCE, ignore_conflicts=True
    )


@transaction.atomic
def forget_unused_words() -> None:
    """Drop the stems that no document holds any more, with how they were written: they may have been somebody's name."""
    _lock_vocabulary("EXCLUSIVE")
    held = Exists(Posting.objects.filter(term=OuterRef("pk")))
    for part in _parts(list(Term.objects.filter(~held).values_list("pk", flat=True))):
        Shortening.objects.filter(term__in=part).delete()
        Word.objects.filter(term__in=part).delete()
        Term.objects.filter(pk__in=part).delete()


def _lock_vocabulary(mode: str) -> None:
    """Many may write at the same time, but not while unused stems are dropped. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE search_term IN {mode} MODE")


def _parts(values: Sequence[T]) -> Iterator[list[T]]:
    found = iter(values)
    while part := list(islice(found, AT_ONCE)):
        yield part
