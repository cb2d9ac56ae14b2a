"""A guide as plain values that people write and that can be compared; its steps and its checklist as text.

A step is a paragraph, its first line the heading. A line of the checklist may have a hint behind a ``|``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.organisations.queries import term_keys

from .models import ChecklistItem, GuideStep
from .queries import published_solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .models import Guide

Row = tuple[str, str]

COLUMNS = ("title", "number", "summary", "text", "topic", "date_text", "version", "url", "verified", "note")
ROWS = ("steps", "checklist")
MOST_ROWS = 100
MOST_TITLE = {"steps": 200, "checklist": 300}


def read(guide: Guide) -> dict[str, Any]:
    """The guide as it is saved."""
    return {name: getattr(guide, name) for name in COLUMNS} | {
        "steps": "\n\n".join(_step(row) for row in guide.steps.all()),
        "checklist": "\n".join(f"{row.title} | {row.text}" if row.text else row.title for row in guide.checklist.all()),
        "terms": sorted(term.key for term in guide.terms.all()),
        "solutions": sorted(guide.solutions.values_list("slug", flat=True)),
    }


def put(guide: Guide, values: Mapping[str, Any]) -> None:
    """Write the columns into the guide, not saved yet."""
    for name in COLUMNS:
        setattr(guide, name, values[name])


def put_rows(guide: Guide, values: Mapping[str, Any]) -> None:
    """Write what stands in other tables; the guide is saved."""
    guide.terms.set([term for key, term in term_keys().items() if key in values["terms"]])
    guide.solutions.set(published_solutions().filter(slug__in=values["solutions"]))
    guide.steps.all().delete()
    guide.checklist.all().delete()
    write_rows(guide, steps_of(values["steps"]), items_of(values["checklist"]))


def write_rows(guide: Guide, steps: Iterable[Row], items: Iterable[Row]) -> None:
    """Write the steps and the checklist of a guide that has none."""
    GuideStep.objects.bulk_create(
        GuideStep(guide=guide, position=place, title=title, text=text) for place, (title, text) in enumerate(steps)
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(guide=guide, position=place, title=title, text=text) for place, (title, text) in enumerate(items)
    )


def steps_of(text: str) -> list[Row]:
    """Heading and text of each paragraph."""
    paragraphs = (part.strip() for part in text.split("\n\n"))
    found = (part.partition("\n") for part in paragraphs if part)
    return [(title.strip(), more.strip()) for title, _line, more in found]


def items_of(text: str) -> list[Row]:
    """What is to be ticked in each line, and the hint."""
    found = (line.partition("|") for line in text.split("\n") if line.strip(" |"))
    return [(title.strip(), hint.strip()) for title, _bar, hint in found]


def _step(row: GuideStep) -> str:
    lines = [line for line in row.text.split("\n") if line.strip()]
    return "\n".join([row.title, *lines])
