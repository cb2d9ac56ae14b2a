"""Making the index anew from what the modules say, step by step: it can be stopped at any moment and goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from .models import Building, Document
from .services import Wanted, forget_unused_words, put_all
from .source import Entry, Source, sources

STEP = 20
"""Groups that are written in one transaction, so that nobody who writes waits long."""


@dataclass(slots=True)
class Built:
    """What making the index anew has done to a source."""

    source: str
    groups: int = 0
    changed: int = 0


def build(*, afresh: bool = False, tell: Callable[[str, int, int], object] = lambda *_: None) -> list[Built]:
    """Bring the index to what the modules say now; what is right already is only looked at.

    Goes on where an earlier run was stopped, unless ``afresh``. ``tell`` hears of each step: source, groups done, of how many.
    """
    if afresh:
        Building.objects.all().delete()
    _begin()
    left = {row.source: row.after for row in Building.objects.all()}
    built = [_build(source, left[source.name], tell) for source in sources().values() if source.name in left]
    forget_unused_words()
    return built


def _begin() -> None:
    """Write down what there is to do, unless some of it is still left from before."""
    if Building.objects.exists():
        return
    with transaction.atomic():
        Building.objects.bulk_create(Building(source=name) for name in sources())
        Document.objects.exclude(source__in=list(sources())).delete()


def _build(source: Source, after: str, tell: Callable[[str, int, int], object]) -> Built:
    built = Built(source.name)
    groups = sorted({*source.groups(), *_indexed(source)})
    left = [group for group in groups if group > after] if after else groups
    done = len(groups) - len(left)
    tell(source.name, done, len(groups))
    for start in range(0, len(left), STEP):
        step = left[start : start + STEP]
        built.changed += _write(source, step)
        built.groups += len(step)
        tell(source.name, done + start + len(step), len(groups))
    Building.objects.filter(pk=source.name).delete()
    return built


@transaction.atomic
def _write(source: Source, groups: Sequence[str]) -> int:
    changed = put_all(source=source.name, groups={group: source.entries(group) for group in groups})
    Building.objects.filter(pk=source.name).update(after=groups[-1])
    return changed


def _indexed(source: Source) -> Iterable[str]:
    return Document.objects.filter(source=source.name).values_list("group", flat=True).distinct()


def is_under_way() -> bool:
    """Whether the index is being made anew, or that was stopped."""
    return Building.objects.exists()


def differing() -> list[str]:
    """The groups of which the index says something else than their module, as ``<source> <group>``."""
    return [f"{source.name} {group}" for source in sources().values() for group in _differing(source)]


def _differing(source: Source) -> Iterable[str]:
    there = {
        group: {(key, language, digest) for _group, key, language, digest in rows}
        for group, rows in groupby(
            Document.objects.filter(source=source.name)
            .order_by("group")
            .values_list("group", "key", "language", "digest"),
            key=lambda row: row[0],
        )
    }
    for group in sorted({*source.groups(), *there}):
        if there.get(group, set()) != {digested(source.name, group, entry) for entry in source.entries(group)}:
            yield group


def digested(source: str, group: str, entry: Entry) -> tuple[str, str, str]:
    return entry.key, entry.language, Wanted(source, group, entry).digest
