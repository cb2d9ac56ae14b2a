"""Texts and questions in the states the demonstration does not show; run inside the server's own installation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from andock.consultation.models import Subject
from andock.consultation.queries import text_of
from andock.consultation.services.anchoring import belonging
from andock.consultation.text import passages
from andock.organisations.models import Organisation
from andock.organisations.queries import organisations
from andock.participation.choices import ContributionKind, PhaseKind
from andock.participation.models import Phase, Process
from andock.participation.services import answering
from andock.participation.services.people import Introduction
from andock.questionnaire.models import Questionnaire
from andock.questionnaire.services.answering import submit
from tests.factories.participation import participant, phase, process, said
from tests.journeys.pages_of_participation import (
    ASKING_NOW,
    BLANK,
    CLOSED_TEXT,
    EDITION_SLUG,
    FEW,
    NO_TEXT,
    NOT_YET,
    UNASKED,
)
from tests.questionnaire import scenes

if TYPE_CHECKING:
    from andock.accounts.models import User

DAY = timedelta(days=1)


def gather(releaser: User) -> None:
    now, olpe = timezone.now(), organisations().get(slug="olpe")
    _texts(now, olpe, releaser)
    _questions(now, olpe)


def _texts(now: datetime, olpe: Organisation, releaser: User) -> None:
    """A consultation without a text, and one that is over: a comment, and a wording that was answered."""
    process(olpe, PhaseKind.TEXT, slug=NO_TEXT, title="Welcher Text denn?", starts=now - DAY)
    over = process(
        olpe,
        PhaseKind.TEXT,
        slug=CLOSED_TEXT,
        title="Der Text ist besprochen",
        starts=now - DAY,
        result="Es bleibt dabei.",
    )
    where = phase(over, PhaseKind.TEXT)
    asked = Subject.objects.get(phase__process__slug=EDITION_SLUG)
    subject = Subject.objects.create(phase=where, edition=asked.edition, version=asked.version)
    passage = next(one for one in passages(text_of(subject), {}) if one.paragraphs)
    belongs = belonging(subject, passage, passage.paragraphs[0])
    more = {"in_phase": where, "now": now, **{name: words for name, words in belongs.items() if name != "address"}}
    said(over, "Das ist mir zu lang.", kind=ContributionKind.COMMENT, by=participant("Lena", now=now), **more)
    wording = passage.paragraphs[0].text + " Für alle."
    other = said(over, wording, kind=ContributionKind.WORDING, by=participant("Max", now=now), **more)
    answering.answer(
        actor=releaser, process=over, office=olpe, contribution_ids=[other.pk], stance="not", now=now,
        reason="Das steht schon im nächsten Absatz.",
    )  # fmt: skip
    _end(over, now)


def _questions(now: datetime, olpe: Organisation) -> None:
    """Questions that run, that are over with few answers, that are not begun, and none at all."""
    running = scenes.asked(olpe, slug=ASKING_NOW, title="Wie kommen Sie zum Markt?", is_region_wide=True)
    for name in ("Ida", "Jan", "Kim"):
        scenes.answer(running, name, now=now, **{scenes.names(running)[4]: "Mehr Bäume."})
    submit(
        person=Introduction(email="lu@example.org", pseudonym="Lu"), questionnaire=running, now=now, request_key=uuid4(),
        answers={scenes.names(running)[0]: "a1", scenes.names(running)[1]: 4},
    )  # fmt: skip
    few = scenes.asked(olpe, slug=FEW, title="Was wenige sagten")
    for number in range(9):
        scenes.answer(few, f"Gast{number}", "a1" if number < 6 else "a2", now=now, **_of_few(few, number))
    _end(few.phase.process, now)
    process(olpe, PhaseKind.QUESTIONS, slug=UNASKED, title="Fragen ohne Fragen", starts=now - DAY)
    Questionnaire.objects.create(phase=scenes.phase(olpe, days=3, slug=NOT_YET, title="Fragen von morgen", publication="draft", published_at=None))  # fmt: skip
    scenes.question(Questionnaire.objects.get(phase__process__slug=NOT_YET), "text", "Was fehlt Ihnen?")
    scenes.phase(olpe, slug=BLANK, title="Noch ganz leer", publication="draft", published_at=None)


def _of_few(few: Questionnaire, number: int) -> dict[str, object]:
    """Those who come by bus say how late it is; four say what is lacking."""
    names = scenes.names(few)
    late: dict[str, object] = {names[1]: 1 + number % 2} if number < 6 else {}
    return late | ({names[2]: ["a3"]} if number < 4 else {})


def _end(made: Process, now: datetime) -> None:
    Phase.objects.filter(process=made).update(starts_at=now - 14 * DAY, ends_at=now - DAY)
