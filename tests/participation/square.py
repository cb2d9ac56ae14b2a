"""What a web server's database is filled with, and what is found there afterwards. Started by test_server_killed.py.

Reads one command per line from standard input and answers with one line of JSON.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.commanded import obey

if TYPE_CHECKING:
    from andock.participation.models import Participant, Process

DAY = timedelta(days=1)


def main() -> None:
    import django

    django.setup()

    obey(COMMANDS)


def prepare(slug: str, people: str) -> list[dict[str, Any]]:
    """A process in which everything can be done at once; returns what each of the people is about to send.

    Strangers and people their device knows send an idea or answers, and some support. ``sign`` is found again in what
    they send: as its title, or as their name.
    """
    process = _process(slug)
    ways = [_idea_of_stranger, _idea_of_known, _support, _answers_of_stranger, _answers_of_known]
    return [ways[number % len(ways)](process, f"{slug}-{number}") for number in range(int(people))]


def _process(slug: str) -> Process:
    from django.utils import timezone

    from andock.organisations.models import Organisation, Region
    from andock.participation.choices import Blueprint, PhaseKind, Publication
    from andock.participation.models import Phase, Process
    from andock.questionnaire.models import Question, Questionnaire
    from tests.factories.accounts import organisation
    from tests.ideas.scenes import idea

    if not Region.objects.exists():
        Region.objects.create(
            organisation=organisation("region", kind="region"), agency=organisation("agentur", kind="agency")
        )
    now = timezone.now()
    olpe = Organisation.objects.filter(slug="olpe").first() or organisation("olpe")
    made = Process.objects.create(
        slug=slug, title="Der Platz", summary="Was fehlt?", organisation=olpe, blueprint=Blueprint.IDEAS,
        publication=Publication.PUBLISHED, published_at=now, contact_email="platz@example.org",
    )  # fmt: skip
    for kind in (PhaseKind.IDEAS, PhaseKind.SUPPORT, PhaseKind.QUESTIONS):
        Phase.objects.create(process=made, kind=kind, title=kind, starts_at=now - DAY, ends_at=now + DAY)
    asked = Questionnaire.objects.create(phase=made.phases.get(kind=PhaseKind.QUESTIONS))
    Question.objects.create(questionnaire=asked, kind="text", label="Was fehlt?", position=1)
    idea(made, title="Eine Bank")
    return made


def _idea_of_stranger(process: Process, sign: str) -> dict[str, Any]:
    return _act(process, "idea", sign, f"/beteiligung/{process.slug}/danke/?stand=bestaetigen")


def _idea_of_known(process: Process, sign: str) -> dict[str, Any]:
    return _act(process, "idea", sign, f"/beteiligung/{process.slug}/ideen/", _known(sign))


def _support(process: Process, sign: str) -> dict[str, Any]:
    return _act(process, "support", sign, f"/beteiligung/{process.slug}/ideen/", _known(sign))


def _answers_of_stranger(process: Process, sign: str) -> dict[str, Any]:
    return _act(process, "answers", sign, f"/beteiligung/{process.slug}/fragen/danke/?stand=bestaetigen")


def _answers_of_known(process: Process, sign: str) -> dict[str, Any]:
    return _act(process, "answers", sign, f"/beteiligung/{process.slug}/fragen/danke/", _known(sign))


def _act(process: Process, kind: str, sign: str, thanks: str, known: Participant | None = None) -> dict[str, Any]:
    from django.core import signing
    from django.utils import timezone

    from andock.ideas.models import Idea
    from andock.participation.device import COOKIE, SALT
    from andock.participation.views.sending import first_key
    from andock.questionnaire.models import Question

    root = f"/beteiligung/{process.slug}/"
    question = Question.objects.get(questionnaire__phase__process=process)
    bank = Idea.objects.get(contribution__process=process)
    paths = {
        "idea": f"{root}ideen/neu/",
        "support": f"{root}ideen/{bank.pk}/unterstuetzen/",
        "answers": f"{root}fragen/",
    }
    values = {
        "idea": {"title": sign, "text": f"Mehr davon, findet {sign}.", "anyway": "on"}, "support": {},
        "answers": {question.field: f"Bänke, findet {sign}."},
    }[kind]  # fmt: skip
    who = {} if known else {"pseudonym": sign, "email": f"{sign}@platz.example"}
    device = f"{COOKIE}={signing.TimestampSigner(salt=SALT).sign(known.pk.hex)}" if known else ""
    return {
        "sign": sign, "path": paths[kind], "thanks": thanks, "device": device,
        "values": {"key": first_key(process, timezone.now())} | values | who,
    }  # fmt: skip


def _known(sign: str) -> Participant:
    from tests.ideas.scenes import known

    return known(sign)


def report(slug: str) -> dict[str, list[str]]:
    """The signs of everything that was sent to a process, and of the people who are asked by mail to confirm it."""
    from andock.ideas.models import Support
    from andock.kernel.jobs import queue
    from andock.notifications.models import Message
    from andock.participation.models import Contribution, Involvement
    from andock.questionnaire.models import Submission

    ideas = Contribution.objects.filter(process__slug=slug, title__startswith=f"{slug}-")
    supports = Support.objects.filter(idea__contribution__process__slug=slug)
    answers = Submission.objects.filter(questionnaire__phase__process__slug=slug)
    counted = Involvement.objects.filter(phase__process__slug=slug, participant__pseudonym__startswith=f"{slug}-")
    queued = [row.args_kwargs["kwargs"] for row in queue.jobs().filter(task_path="andock.notifications.tasks.deliver")]
    mails = {one.pk: one.to for one in Message.objects.filter(to__startswith=f"{slug}-")}
    return {
        "sent": [
            *ideas.values_list("title", flat=True),
            *supports.values_list("participant__pseudonym", flat=True),
            *answers.values_list("participant__pseudonym", flat=True),
        ],
        "waiting": [
            *ideas.filter(confirmed_at=None).values_list("title", flat=True),
            *answers.filter(confirmed_at=None).values_list("participant__pseudonym", flat=True),
        ],
        "counted": list(counted.values_list("participant__pseudonym", flat=True)),
        "written": [to.partition("@")[0] for to in mails.values()],
        "queued": [mails[job["message_id"]].partition("@")[0] for job in queued if job["message_id"] in mails],
    }  # fmt: skip


COMMANDS = {"prepare": prepare, "report": report}

if __name__ == "__main__":
    main()
