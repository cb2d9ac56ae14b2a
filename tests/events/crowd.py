"""Real processes that register, confirm, cancel and expire at the same time, and of which some are killed.

Started by test_parallel.py. Loads Django once and forks; a child writes a line for each answer it got, after the
commit, so whatever stands in its file must be found in the database whatever happens to it next.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

SEATS, SEATS_EACH, PEOPLE = 12, 3, 40


def main() -> None:
    import django

    django.setup()
    for line in sys.stdin:
        name, *words = line.split()
        answer = COMMANDS[name](*words)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def prepare() -> None:
    from django.db import connections
    from django.utils import timezone

    from tests.factories.accounts import organisation
    from tests.factories.events import event

    later = timezone.now() + timedelta(days=30)
    event(organisation("olpe"), seats=SEATS, seats_each=SEATS_EACH, starts_at=later, slug="andrang")
    connections.close_all()


def child(number: str, acts: str, folder: str) -> int:
    """Fork somebody who acts; returns the process id."""
    from django.db import connections

    connections.close_all()
    if pid := os.fork():
        return pid
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with (Path(folder) / number).open("a") as told:
        act(random.Random(int(number)), int(acts), lambda *words: print(*words, file=told, flush=True))
    os._exit(0)


def act(chance: random.Random, acts: int, tell) -> None:
    from django.utils import timezone

    from andock.events.models import Allotment, Registration
    from andock.events.services import registering, seats
    from andock.kernel.permissions import Denied
    from tests.factories.events import VISITOR, entry

    allotment = Allotment.objects.get(event__slug="andrang")
    for _number in range(acts):
        now = timezone.now()
        found = Registration.objects.filter(allotment=allotment).order_by("?").first()
        try:
            match chance.choice(["register", "register", "confirm", "confirm", "cancel", "accept", "expire", "resize"]):
                case "register":
                    person = entry(f"p{chance.randrange(PEOPLE)}", seats=chance.randint(1, SEATS_EACH))
                    made = registering.register(actor=VISITOR, allotment_id=allotment.pk, entry=person, now=now)
                    tell("registered", made.pk)
                case "confirm" if found:
                    made = registering.confirm(actor=VISITOR, registration=found, now=now)
                    tell("confirmed", made.pk, made.state)
                case "cancel" if found and chance.random() < 0.5:
                    tell("cancelling", found.pk)
                    registering.cancel(actor=VISITOR, registration=found, now=now)
                case "accept" if found:
                    registering.accept_offer(actor=VISITOR, registration=found, now=now)
                case "expire":
                    registering.expire_due(now=now + timedelta(minutes=chance.choice([0, 31])))
                case "resize":
                    seats.resize(allotment_id=allotment.pk, capacity=SEATS + chance.randint(-3, 3), reserved=0, now=now)
        except (registering.TooMany, seats.NoSeat, Denied):
            continue


def prepare_cancelled() -> str:
    """An event that will be cancelled, and somebody who has not confirmed yet; returns who."""
    from django.db import connections
    from django.utils import timezone

    from tests.factories.accounts import member, organisation, person
    from tests.factories.events import event, registered

    later, soest = timezone.now() + timedelta(days=30), organisation("soest")
    member(person("sofia"), soest, "municipal_editor")
    made = registered(event(soest, starts_at=later, slug="fraglich"), now=timezone.now())
    connections.close_all()
    return str(made.pk)


def cancel_slowly(seconds: str, folder: str) -> int:
    """Fork the organiser who cancels that event and takes so long to commit; returns the process id."""
    from django.db import connections, transaction
    from django.utils import timezone

    connections.close_all()
    if pid := os.fork():
        return pid
    from andock.accounts.models import User
    from andock.events.models import Event
    from andock.events.services import publishing

    code = 1
    try:
        with transaction.atomic():
            made = Event.objects.get(slug="fraglich")
            publishing.cancel(actor=User.objects.get(name="Sofia"), event=made, reason="Sturm.", now=timezone.now())
            (Path(folder) / "cancelling").touch()
            time.sleep(float(seconds))
        code = 0
    finally:
        os._exit(code)


def confirm(pk: str) -> str:
    """What becomes of somebody who presses the button."""
    from django.db import connections
    from django.utils import timezone

    from andock.events.models import Registration
    from andock.events.services import registering
    from andock.kernel.permissions import Denied
    from tests.factories.events import VISITOR

    found = Registration.objects.get(pk=pk)
    try:
        return registering.confirm(actor=VISITOR, registration=found, now=timezone.now()).state
    except Denied:
        return "denied"
    finally:
        connections.close_all()


def wait(*pids: str) -> list[int]:
    return [os.waitpid(int(pid), 0)[1] for pid in pids]


def kill(pid: str, after: str) -> None:
    time.sleep(float(after))
    os.kill(int(pid), signal.SIGKILL)


def report() -> dict[str, object]:
    from django.db import connections

    from andock.events.models import Allotment, Registration
    from andock.events.services import seats

    allotment = Allotment.objects.select_related("event").get(event__slug="andrang")
    fields = ("pk", "state", "email_key", "seats", "ticket", "confirmed_at")
    rows = Registration.objects.filter(allotment=allotment).values_list(*fields)
    people = [dict(zip(fields, map(str, row), strict=True)) for row in rows]
    found = {
        "counted": [allotment.taken, allotment.waiting], "recounted": list(seats.recount(allotment)),
        "capacity": allotment.capacity, "free": allotment.free, "people": people,
    }  # fmt: skip
    connections.close_all()
    return found


COMMANDS = {
    "prepare": prepare, "child": child, "wait": wait, "kill": kill, "report": report,
    "prepare_cancelled": prepare_cancelled, "cancel_slowly": cancel_slowly, "confirm": confirm,
}  # fmt: skip

if __name__ == "__main__":
    main()
