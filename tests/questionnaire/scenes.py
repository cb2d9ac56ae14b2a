"""A process of Olpe that asks questions, and people who answer them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.test import Client
from django.utils import timezone

from andock.participation.device import COOKIE, SALT
from andock.participation.models import Participant, Phase, Process
from andock.participation.services.people import Introduction, come_in, introduced
from andock.questionnaire.models import Question, Questionnaire, Submission
from andock.questionnaire.services.answering import submit

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from andock.organisations.models import Organisation
    from tests.accounts.cast import Cast

BASE = "/beteiligung/nach-dem-abend/fragen/"
DESK = "/verwaltung/olpe/beteiligung/verfahren/nach-dem-abend/fragen/"
OPTIONS = [{"key": "a1", "label": "Bus"}, {"key": "a2", "label": "Rad"}, {"key": "a3", "label": "zu Fuß"}]


def phase(owner: Organisation, *, days: int = -1, lasts: int = 14, **values: Any) -> Phase:
    """Published, and running unless the days say otherwise."""
    now = timezone.now()
    fields = {
        "slug": "nach-dem-abend", "title": "Nach dem Abend", "summary": "Ihre Rückmeldung", "blueprint": "questions",
        "publication": "published", "published_at": now, "contact_email": "buero@example.org",
    } | values  # fmt: skip
    process = Process.objects.create(organisation=owner, **fields)
    starts_at = now + timedelta(days=days)
    return Phase.objects.create(
        process=process, kind="questions", title="Ihre Fragen", starts_at=starts_at, ends_at=starts_at + timedelta(days=lasts),
    )  # fmt: skip


def asked(owner: Organisation, **values: Any) -> Questionnaire:
    """One question of each kind, the second only for those who come by bus."""
    found = Questionnaire.objects.create(
        phase=phase(owner, **values), introduction="Vier Minuten.", thanks="Bald mehr."
    )
    way = question(found, "single", "Wie kommen Sie?", options=OPTIONS, is_required=True)
    question(found, "scale", "Wie pünktlich?", low=1, high=5, is_required=True, shown_if=way, shown_if_option="a1")
    question(found, "several", "Was fehlt?", options=OPTIONS)
    question(found, "ranking", "Was zuerst?", options=OPTIONS)
    question(found, "text", "Was noch?")
    question(found, "place", "Wo?")
    question(found, "matrix", "Wie gut?", options=OPTIONS, rows=[{"key": "r1", "label": "heute"}, {"key": "r2", "label": "früher"}])  # fmt: skip
    return found


def question(found: Questionnaire, kind: str, label: str, **values: Any) -> Question:
    return Question.objects.create(
        questionnaire=found, kind=kind, label=label, position=found.questions.count() + 1, **values
    )


def names(found: Questionnaire) -> list[str]:
    """The fields in their order: way, delay, lacking, order, words, place, rating."""
    return [one.field for one in found.questions.all()]


def known(name: str = "ada") -> Participant:
    """Somebody whose mailbox is confirmed."""
    with transaction.atomic():
        made = introduced(Introduction(email=f"{name}@example.org", pseudonym=name), timezone.now())
    return come_in(participant_id=made.pk, now=timezone.now())


def device_of(participant: Participant) -> Client:
    found = Client()
    found.cookies[COOKIE] = signing.TimestampSigner(salt=SALT).sign(participant.pk.hex)
    return found


def client(cast: Cast, who: str = "olpe_editor") -> Client:
    found = Client()
    found.force_login(getattr(cast, who))
    return found


def typed(found: Questionnaire, **more: str) -> dict[str, Any]:
    """What a stranger fills in: comes by bike, knows who they are."""
    return {names(found)[0]: "a2", "pseudonym": "Ada", "email": "ada@example.org"} | more


def send(found: Questionnaire, browser: Client | None = None, **more: str) -> HttpResponse:
    return (browser or Client()).post(BASE, typed(found, **more))


def answer(found: Questionnaire, name: str, way: str = "a2", *, now: datetime | None = None, **more: Any) -> Submission:
    """A known person answers; ``more`` by the field's name."""
    given = {names(found)[0]: way} | more
    return submit(
        person=Introduction(known=known(name)), questionnaire=found, answers=given, now=now or timezone.now(), request_key=uuid4()
    )  # fmt: skip


def over(found: Questionnaire) -> Questionnaire:
    """The phase ended an hour ago."""
    found.phase.ends_at = timezone.now() - timedelta(hours=1)
    found.phase.starts_at = found.phase.ends_at - timedelta(days=14)
    found.phase.save()
    return found
