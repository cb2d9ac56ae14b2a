"""The table of contributions and answers for the council, as plain values; how it is printed, others know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from andock.local_strategies.queries import own_names
from andock.strategy.queries import newest_versions
from andock.strategy.views.reading import absolute

from . import details, queries
from .changed_text import changed_address, changed_text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from andock.organisations.models import Organisation

    from .models import Contribution, Process, Response


@dataclass(frozen=True, slots=True)
class Choice:
    """Which contributions, and what of them. Those that are not public are for the office itself."""

    answered_only: bool = False
    with_names: bool = False
    with_unpublished: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One contribution with what became of it. ``mark`` says that not everybody reads it."""

    number: int
    kind: str
    mark: str
    title: str
    text: str
    details: list[tuple[str, str]]
    author: str
    day: str
    municipality: str
    stance: str
    reason: str
    forwarded_to: str
    changed: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Group:
    """What contributions are about, and all of them."""

    about: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class ResponseTable:
    town: str
    title: str
    kind: str
    facts: list[tuple[str, str]]
    groups: list[Group]
    has_names: bool
    is_demonstration: bool


def response_table(process: Process, office: Organisation, choice: Choice, now: datetime) -> ResponseTable:
    """The table of an office in a process: all of whoever holds it, else its own. What belongs together stands together."""
    found = list(
        queries.told_contributions(
            process, office=office, answered_only=choice.answered_only, with_unpublished=choice.with_unpublished
        )
    )
    found.sort(key=_order)
    lines = _Lines(found, choice)
    groups = [
        Group(about or process.title, [lines.of(one) for one in own])
        for about, own in groupby(found, lambda c: c.about)
    ]
    return ResponseTable(
        office.official_name or office.name, process.title, _("Contributions and answers"),
        _facts(process, office, found, choice, now), groups, choice.with_names, process.is_demonstration,
    )  # fmt: skip


class _Lines:
    """What lines look up, read once for all of them."""

    def __init__(self, found: list[Contribution], choice: Choice) -> None:
        self.choice = choice
        self.columns = details.paper_columns()
        self.values = details.values_of(found) if self.columns else {}
        answers = [one.answered.response for one in found if hasattr(one, "answered")]
        self.passages = {
            identity: f"{one.label} {one.title}".strip()
            for identity, one in newest_versions({one.element_id for one in answers if one.element_id}).items()
        } | own_names({one.own_passage for one in answers if one.own_passage})

    def of(self, one: Contribution) -> Line:
        response = one.answered.response if hasattr(one, "answered") else None
        values = self.values.get(one.pk, {})
        return Line(
            one.pk, one.get_kind_display(), "" if one.is_public else _("not public: %s") % one.get_state_display(),
            one.title, one.text, [(words, str(values[name])) for name, words in self.columns.items() if values.get(name)],
            _author(one) if self.choice.with_names else "", date_format(timezone.localdate(one.sent_at), "SHORT_DATE_FORMAT"),
            one.municipality.name if one.municipality else "", response.get_stance_display() if response else "",
            response.reason if response else "", response.forwarded_to if response else "",
            *(_changed(response, self.passages) if response else ("", "")),
        )  # fmt: skip


def _author(one: Contribution) -> str:
    if one.is_on_paper:
        return _("on paper")
    return one.participant.pseudonym if one.participant else _("name deleted")


def _changed(response: Response, passages: dict[UUID, str]) -> tuple[str, str]:
    """The passage that was changed and in which text, and where everybody reads it; of a local draft only the first."""
    if response.passage_id is None:
        return "", ""
    words = (passages.get(response.passage_id, ""), changed_text(response))
    address = absolute(found) if (found := changed_address(response)) else ""
    return ", ".join(filter(None, words)) or address, address


def _facts(
    process: Process, office: Organisation, found: list[Contribution], choice: Choice, now: datetime
) -> list[tuple[str, str]]:
    answered = sum(hasattr(one, "answered") for one in found)
    phases = [
        f"{phase.title}: {_day(phase.starts_at)} – {_day(phase.ends_at)}"
        for phase in process.phases.all()
    ]  # fmt: skip
    shown = [
        _("only what is meant for %s") % office if office.pk != process.organisation_id else "",
        _("only those that are answered") if choice.answered_only else _("all"),
        _("those that are not public too, marked: not for passing on") if choice.with_unpublished else "",
    ]
    return [
        (_("Phases"), "\n".join(phases)),
        *_people(process, office),
        (_("Contributions"), _("%(number)d, of them %(answered)d with an answer") % {"number": len(found), "answered": answered}),
        (pgettext("table", "Shown"), "; ".join(filter(None, shown))),
        (pgettext("table", "As of"), date_format(timezone.localtime(now), "DATETIME_FORMAT")),
    ]  # fmt: skip


def _people(process: Process, office: Organisation) -> list[tuple[str, str]]:
    """How many took part in all; how many of them spoke to one office among several nobody has counted."""
    if office.pk != process.organisation_id:
        return [(_("Process held by"), process.organisation.name)]
    people = queries.people_in(process)
    return [(_("Took part"), ngettext("%d person", "%d people", people) % people)]


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


def _order(one: Contribution) -> tuple[bool, list[tuple[int, str]], datetime, int]:
    """By what it is about, 2.9 before 2.10; what is about nothing in particular comes last."""
    return not one.about, [*_parts(one.about), (0, one.about)], one.sent_at, one.pk


def _parts(words: str) -> list[tuple[int, str]]:
    return [
        (int(part[:18]), "") if part.isdecimal() else (-1, part.casefold())
        for part in re.split(r"(\d+)", words)
        if part
    ]
