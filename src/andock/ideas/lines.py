"""Ideas as the list, the map and their pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from andock.maps.showing import shown_map

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from andock.maps.ground import Ground
    from andock.maps.showing import ShownMap
    from andock.participation.models import Process

    from .models import Idea, Remark


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """An idea with its place in the list, and how many support and discuss it."""

    place: int
    idea: Idea
    supports: int
    remarks: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with what answers it."""

    remark: Remark
    answers: list[Remark] = field(default_factory=list)


def idea_lines(ideas: Sequence[Idea], first: int = 1) -> list[IdeaLine]:
    supports, remarks = queries.supports_of(ideas), queries.remarks_in(ideas)
    return [
        IdeaLine(place, idea, supports.get(idea.pk, 0), remarks.get(idea.pk, 0))
        for place, idea in enumerate(ideas, start=first)
    ]


def threads(remarks: Iterable[Remark]) -> list[Thread]:
    """Remarks in order, each with its answers below; an answer to what is hidden now stands on its own."""
    found: dict[int, Thread] = {}
    for remark in remarks:
        if remark.answers_to_id in found:
            found[remark.answers_to_id].answers.append(remark)
        else:
            found[remark.pk] = Thread(remark)
    return list(found.values())


def map_of(ground: Ground | None, process: Process, lines: Sequence[IdeaLine]) -> ShownMap | None:
    """The map of the lines that are located, and on it, with script, all ideas of the process."""
    places = [
        (line.place, line.idea.contribution.title, line.idea.contribution.address, line.idea.latitude, line.idea.longitude)
        for line in lines if line.idea.latitude is not None and line.idea.longitude is not None
    ]  # fmt: skip
    addresses = {
        name: reverse(f"ideas:{view}", args=[process.slug]) for name, view in (("points", "places"), ("list", "list"))
    }
    return shown_map(ground, places, **addresses)
