"""A site whose workers are real processes that a test may kill. Started by test_jobs_kill.py.

Loads Django once and forks workers on request, so that starting many of them stays quick. Reads one command
per line from standard input and answers with one line of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys

PATIENCE = ["--lease", "1.5", "--interval", "0.02", "--attempts", "50", "--first-delay", "0.05"]


def main() -> None:
    import django

    django.setup()
    from django.db import connections

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    leave_out_the_modules()
    for line in sys.stdin:
        name, *words = line.split()
        answer = COMMANDS[name](*words)
        connections.close_all()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def leave_out_the_modules() -> None:
    """Their periodic jobs would fail without their tables, again and again, before the jobs that are counted."""
    from andock.kernel.jobs import PERIODIC, schedule

    schedule.discover()
    PERIODIC.clear()


def prepare() -> None:
    from django.core.management import call_command

    from .jobs_app.tasks import TABLES, write

    for app in ("jobs", "django_tasks_database"):
        call_command("migrate", app, verbosity=0)
    for statement in TABLES:
        write(statement)


def enqueue(first: str, last: str) -> None:
    from django.db import transaction

    from andock.kernel.jobs import enqueue as put

    with transaction.atomic():
        for number in range(int(first), int(last)):
            put("jobs_for_tests.count", number=number)


def worker() -> int:
    from django.core.management import call_command
    from django.db import connections

    connections.close_all()
    if child := os.fork():
        return child
    sys.stdin.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    call_command("run_worker", *PATIENCE)
    os._exit(0)


def report() -> dict[str, object]:
    from django.db import connection
    from django.db.models import Count

    from andock.kernel.jobs import queue
    from andock.kernel.jobs.models import LivingWorker

    with connection.cursor() as cursor:
        cursor.execute("SELECT job FROM trial_effect")
        effects = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM trial_start")
        starts = cursor.fetchone()[0]
    counting = queue.jobs().filter(task_path__endswith=".count").order_by()
    states = dict(counting.values_list("status").annotate(Count("pk")))
    return {"effects": effects, "starts": starts, "states": states, "workers": LivingWorker.objects.count()}


COMMANDS = {"prepare": prepare, "enqueue": enqueue, "worker": worker, "report": report}

if __name__ == "__main__":
    main()
