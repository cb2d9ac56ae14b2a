"""What files say of ideas and remarks beside their words: out, and in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andock.organisations.queries import term_keys
from andock.participation.addresses import permanent
from andock.participation.choices import ContributionKind
from andock.participation.details import Details
from andock.participation.queries import contribution_read_from

from . import queries
from .choices import Stand
from .services import clearing
from .services.entering import Sheet, address_pattern, idea_writer, remark_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from andock.participation.models import Contribution

    from .models import Idea, Remark

EDGE = {"latitude": 90.0, "longitude": 180.0}


def read(contributions: Collection[Contribution]) -> dict[int, dict[str, Any]]:
    """Three queries, however many there are."""
    ideas = list(queries.ideas_with({one.pk for one in contributions if one.kind == ContributionKind.IDEA}))
    supports = queries.supports_of(ideas)
    found: dict[int, dict[str, Any]] = {one.pk: _of_idea(one, supports.get(one.pk, 0)) for one in ideas}
    remarks = queries.remarks_with({one.pk for one in contributions if one.kind == ContributionKind.REMARK})
    return found | {one.pk: _of_remark(one) for one in remarks}


def _of_idea(idea: Idea, supports: int) -> dict[str, Any]:
    return {
        "topic": idea.topic.key if idea.topic else "", "place": idea.place,
        "latitude": "" if idea.latitude is None else idea.latitude,
        "longitude": "" if idea.longitude is None else idea.longitude,
        "supports": supports, "status": idea.status, "merged_into": permanent(idea.merged_into_id) if idea.merged_into_id else "",
    }  # fmt: skip


def _of_remark(remark: Remark) -> dict[str, Any]:
    answers_to = permanent(remark.answers_to_id) if remark.answers_to_id else ""
    return {"idea": permanent(remark.idea_id), "stand": remark.stand, "answers_to": answers_to}


def write(contribution: Contribution, values: Mapping[str, str]) -> str:
    """The idea or remark that a contribution of a file is; its supports stay where they were given."""
    match contribution.kind:
        case ContributionKind.IDEA:
            return _write_idea(contribution, values)
        case ContributionKind.REMARK:
            return _write_remark(contribution, values)
        case _:
            return ""


def _write_idea(contribution: Contribution, values: Mapping[str, str]) -> str:
    topic, known = values["topic"], term_keys()
    if topic and topic not in known:
        raise ValueError(_("topic: “%s” is not known here.") % topic[:80])
    latitude, longitude = (_degrees(name, values[name]) for name in EDGE)
    if (latitude is None) != (longitude is None) or latitude == longitude == 0:
        raise ValueError(_("latitude and longitude: give both or none, and never 0, 0."))
    sheet = Sheet(known.get(topic), values["place"][:200], latitude, longitude)
    idea_writer(sheet)(contribution)
    return address_pattern(contribution.process).format(pk=contribution.pk)


def _degrees(name: str, cell: str) -> float | None:
    if not cell:
        return None
    try:
        found = float(cell)
    except ValueError:
        found = EDGE[name] + 1
    if not -EDGE[name] <= found <= EDGE[name]:
        raise ValueError(_("%(name)s: “%(cell)s” are no degrees such as 51.43.") % {"name": name, "cell": cell[:40]})
    return found


def _write_remark(contribution: Contribution, values: Mapping[str, str]) -> str:
    below = contribution_read_from(contribution.process, values["idea"])
    idea = queries.idea(contribution.process, below.pk) if below else None
    if idea is None:
        raise ValueError(_("idea: the idea must stand in the file before what is said about it."))
    if values["stand"] not in Stand.values:
        raise ValueError(_("stand: write one of %s.") % ", ".join(Stand.values))
    answered = contribution_read_from(contribution.process, values["answers_to"])
    answers_to = queries.remark_of(idea, answered.pk) if answered else None
    remark_writer(idea, values["stand"], answers_to)(contribution)
    return address_pattern(contribution.process).format(pk=idea.pk)


def taken_back(contribution: Contribution) -> None:
    """Whoever takes back an idea takes back its photo and place too."""
    if contribution.kind == ContributionKind.IDEA:
        clearing.strip(contribution.pk)


DETAILS = Details(
    columns={
        "topic": gettext_lazy("Topic of an idea, by its key"),
        "place": gettext_lazy("Place in words"),
        "latitude": gettext_lazy("Latitude (WGS 84), empty where the place is not known"),
        "longitude": gettext_lazy("Longitude (WGS 84)"),
        "supports": gettext_lazy("How many people support it"),
        "status": gettext_lazy("How far it is: new, checking, in_work, done, not_possible"),
        "merged_into": gettext_lazy("The idea it was joined with"),
        "idea": gettext_lazy("The idea a remark is about"),
        "stand": gettext_lazy("What a remark is: pro, contra, question"),
        "answers_to": gettext_lazy("The remark it answers"),
    },
    read=read,
    on_paper=("place", "supports"),
    write=write,
    taken_back=taken_back,
)
