"""A site whose workers are real processes that mail and may be killed. Started by test_mailing.py.

Reads one command per line from standard input and answers with one line of JSON.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.commanded import obey

if TYPE_CHECKING:
    from django.db.models import QuerySet

PEOPLE, WAITING = 120, 20
PATIENCE = ["--lease", "1.5", "--interval", "0.02", "--attempts", "50", "--first-delay", "0.05"]


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    obey(COMMANDS)


def prepare() -> None:
    from django.utils import timezone

    from andock.events.models import Registration
    from tests.factories.accounts import organisation
    from tests.factories.events import event

    now = timezone.now()
    made = event(organisation("olpe"), seats=None, starts_at=now + timedelta(days=30), slug="rundbrief")
    allotment = made.allotments.get()
    Registration.objects.bulk_create(
        Registration(
            event=made, allotment=allotment, name=f"P{number}", code=f"C{number}", ticket=number + 1,
            state="waiting" if number < WAITING else "confirmed",
            email=f"p{number}@example.org", email_key=f"p{number}@example.org", confirmed_at=now, created_at=now,
        )
        for number in range(PEOPLE)
    )  # fmt: skip


def tell() -> int:
    """The event has changed, and everybody is told; returns the number of the change."""
    from django.db import transaction

    from andock.events.choices import Occasion
    from andock.events.models import Event
    from tests.events import post

    with transaction.atomic():
        made = Event.objects.get(slug="rundbrief")
        post.tell(made, Occasion.EVENT_CHANGED)
    return made.sequence


def write() -> int:
    """The organiser writes to those who wait; returns the number of the message."""
    from uuid import uuid4

    from django.utils import timezone

    from andock.events.models import Event
    from andock.events.services import messaging
    from tests.factories.accounts import member, person

    made, olga = Event.objects.select_related("organisation").get(slug="rundbrief"), person("olga")
    member(olga, made.organisation, "municipal_editor")
    message = messaging.send(
        actor=olga, event=made, subject="Zur Anreise", text="Liebe {name}", states=["waiting"], request_key=uuid4(),
        now=timezone.now(),
    )  # fmt: skip
    return message.pk


def register(name: str) -> str:
    """Somebody registers and waits for the link to confirm; returns the address."""
    from django.utils import timezone

    from andock.events.models import Event
    from tests.factories.events import registered

    return registered(Event.objects.get(slug="rundbrief"), name, now=timezone.now()).email


def patient_worker() -> int:
    return worker("--interval", "0.02")


def worker(*patience: str) -> int:
    from django.core.management import call_command
    from django.db import connections

    connections.close_all()
    if child := os.fork():
        return child
    sys.stdin.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    call_command("run_worker", *(patience or PATIENCE))
    os._exit(0)


def mails() -> QuerySet:
    """The jobs that mail, and those that queue them."""
    from andock.kernel.jobs import queue

    return queue.jobs().exclude(task_path__endswith=".expire").exclude(task_path__endswith=".remind")


def due() -> int:
    """How many of them are tried now or could be."""
    from andock.kernel.jobs import queue

    return mails().filter(pk__in=queue.due()).count() + mails().filter(status="RUNNING").count()


def pass_time(seconds: str) -> None:
    """Every job that is put off for a while is put off for so much less."""
    from django.db.models import F
    from django_tasks_db.models import get_date_max

    put_off = mails().filter(status="READY", run_after__lt=get_date_max())
    put_off.update(run_after=F("run_after") - timedelta(seconds=int(seconds)))


def clear() -> None:
    """Nothing waits any more; no worker runs."""
    from andock.kernel.jobs import queue

    queue.jobs().delete()


def report(occasion: str, number: str) -> dict[str, object]:
    """What the outbox says of one change, and what still waits."""
    from andock.kernel.jobs import queue
    from andock.notifications.delivery import message_id_of
    from andock.notifications.models import Message

    written = list(Message.objects.filter(key__startswith=f"event-{occasion}-", key__endswith=f"-{number}"))
    return {
        "open": mails().filter(status__in=["READY", "RUNNING"]).count(),
        "dead": queue.dead().count(),
        "ids": [message_id_of(message) for message in written],
        "to": [message.to for message in written],
        "states": sorted({message.state for message in written}),
        "attempts": sorted({message.attempts for message in written}),
    }


COMMANDS = {
    "prepare": prepare, "tell": tell, "write": write, "register": register, "worker": worker,
    "patient_worker": patient_worker, "due": due, "clear": clear, "pass_time": pass_time, "report": report,
}  # fmt: skip

if __name__ == "__main__":
    main()
