"""What a web server's database is filled with, and what is found there afterwards. Started by test_server_killed.py.

Reads one command per line from standard input and answers with one line of JSON.
"""

from __future__ import annotations

from datetime import timedelta

from tests.commanded import obey

SEATS = 60
SLUG = "andrang"


def main() -> None:
    import django

    django.setup()

    obey(COMMANDS)


def prepare(people: str) -> list[str]:
    """An event that many want to come to; returns the key of the form each of them has been given."""
    from django.utils import timezone

    from andock.events.form_key import new_key
    from andock.organisations.models import Region
    from tests.factories.accounts import organisation
    from tests.factories.events import event

    Region.objects.create(
        organisation=organisation("region", kind="region"), agency=organisation("agentur", kind="agency")
    )
    now = timezone.now()
    made = event(organisation("olpe"), seats=SEATS, starts_at=now + timedelta(days=30), slug=SLUG)
    return [new_key(made, now) for _person in range(int(people))]


def report() -> dict[str, object]:
    from andock.events.choices import HOLDING
    from andock.events.models import Allotment, Registration
    from andock.events.services import seats
    from andock.kernel.jobs import queue

    allotment = Allotment.objects.select_related("event").get(event__slug=SLUG)
    jobs = [row.args_kwargs["kwargs"] for row in queue.jobs().filter(task_path="andock.events.tasks.tell")]
    rows = Registration.objects.values_list("pk", "email", "request_key", "state", "seats")
    return {
        "people": [list(map(str, row)) for row in rows],
        "held": sum(taken for *_words, state, taken in rows if state in HOLDING),
        "counted": [allotment.taken, allotment.waiting], "recounted": list(seats.recount(allotment)),
        "mails": [(job["occasion"], job["registration_id"]) for job in jobs],
    }  # fmt: skip


COMMANDS = {"prepare": prepare, "report": report}

if __name__ == "__main__":
    main()
