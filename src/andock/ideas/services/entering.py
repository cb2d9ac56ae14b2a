"""How an idea or a remark gets what is its own beside the contribution; runs in the transaction that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from andock.audit.services import record
from andock.kernel.pagecache.versions import public_transaction
from andock.participation.choices import ContributionKind, PhaseKind
from andock.participation.queries import phase_of
from andock.participation.services import contributing

from ..models import Idea, Remark

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.core.files.base import ContentFile

    from andock.accounts.models import User
    from andock.organisations.models import Organisation, Term
    from andock.participation.models import Contribution, Process


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody says of an idea beside its title and text."""

    topic: Term | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    photo: ContentFile | None = None
    photo_alt: str = ""


def address_pattern(process: Process) -> str:
    """Where an idea will stand, without a language; ``{pk}`` is its number."""
    with override(settings.LANGUAGE_CODE):
        return reverse("ideas:list", args=[process.slug]) + "{pk}/"


def idea_writer(sheet: Sheet) -> Callable[[Contribution], Idea]:
    """Writes the row of an idea."""

    def write(contribution: Contribution) -> Idea:
        made = Idea(
            contribution=contribution, topic=sheet.topic, place=sheet.place, latitude=sheet.latitude,
            longitude=sheet.longitude, photo_alt=sheet.photo_alt if sheet.photo else "",
        )  # fmt: skip
        if sheet.photo:
            made.photo.save("photo.jpg", sheet.photo, save=False)
        made.save(force_insert=True)
        return made

    return write


def remark_writer(idea: Idea, stand: str, answers_to: Remark | None) -> Callable[[Contribution], Remark]:
    """Writes the row of a remark."""

    def write(contribution: Contribution) -> Remark:
        return Remark.objects.create(contribution=contribution, idea=idea, stand=stand, answers_to=answers_to)

    return write


@public_transaction()
def enter_paper_idea(
    *, actor: User, process: Process, title: str, text: str, municipality: Organisation | None, sheet: Sheet, now: datetime
) -> Idea:  # fmt: skip
    """Staff type an idea that came on paper. Raises ``Denied``."""
    phase = phase_of(process, PhaseKind.IDEAS)
    assert phase is not None, "The page stands only where ideas are collected."
    made: list[Idea] = []
    write = idea_writer(sheet)
    more: dict[str, Any] = {"municipality": municipality} if municipality else {}
    contribution = contributing.enter_paper(
        actor=actor, phase=phase, kind=ContributionKind.IDEA, title=title, text=text, now=now,
        about=_("Idea in “%s”") % process, address=address_pattern(process),
        detail=lambda one: made.append(write(one)), **more,
    )  # fmt: skip
    record(
        actor=actor, action="ideas.paper_entered", thing=contribution, organisation=process.organisation,
        data={"process": process.slug},
    )  # fmt: skip
    return made[0]
