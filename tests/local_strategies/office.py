"""An office that answers a take-over in processes of its own, which a test may kill. Started by test_runs_kill.py.

Loads Django once and forks on request, so that starting many of them stays quick. Reads one command per line from
standard input: ``prepare``, or ``work <file>``, answered with the process's number; that process tells in the file what
it does, a confirmed answer once its transaction is through.
"""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    import django

    django.setup()
    from django.db import connections

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        name, *words = line.split()
        answer = COMMANDS[name](*words)
        connections.close_all()
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def prepare() -> str:
    """Olpe with an open run that asks every kind of question."""
    from andock.organisations.choices import Role
    from andock.organisations.models import Organisation, Region
    from andock.strategy.models import Framework
    from tests.factories.accounts import member, organisation, person
    from tests.local_strategies.every_kind import every_kind
    from tests.local_strategies.scenes import docked

    agency = organisation("agentur", kind="agency")
    region = Organisation.objects.create(slug="region", name="Region", kind="region")
    Region.objects.create(organisation=region, agency=agency)
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)
    olpe, rolf = organisation("olpe"), person("rolf")
    docked(olpe, framework)
    member(rolf, olpe, Role.MUNICIPAL_RELEASER)
    every_kind(rolf, olpe, framework)
    return "ready"


def work(path: str) -> int:
    """Answer and answer, in a process of its own."""
    from django.db import connections

    connections.close_all()
    if child := os.fork():
        return child
    sys.stdin.close()
    os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND), 1)
    answer_on()
    os._exit(0)


def answer_on() -> None:
    """Answer what is open in random order, take some of it back, finish when nothing is left, reopen, and so on."""
    import random

    from andock.accounts.models import User
    from andock.local_strategies import queries
    from andock.local_strategies.models import LocalStrategy
    from andock.local_strategies.services import runs

    rolf, strategy = User.objects.get(), LocalStrategy.objects.get()
    while True:
        run = queries.open_run(strategy)
        if run is None:
            say("reopened", runs.reopen_run(actor=rolf, run=queries.finished_run(strategy)).pk)
            continue
        given = queries.resolutions_of(run)
        left = queries.open_items(queries.run_value(run), given)
        if not left:
            say("finished", runs.finish_run(actor=rolf, run=run).pk)
        elif given and random.random() < TAKEN_BACK:
            key = random.choice(sorted(given))
            say("taking", key)
            runs.take_back(actor=rolf, run=run, item=key)
            say("taken", key)
        else:
            item = random.choice(left)
            say("answering", item.key)
            answer = runs.answer_item(actor=rolf, run=run, resolution=resolution(item))
            say("answered", item.key, answer.resolution["answer"])


TAKEN_BACK = 0.15


def resolution(item):
    from andock.docking.items import Resolution

    answer = next(answer for answer in item.answers if answer not in {"edited", "defer"})
    return Resolution(item.key, answer, reason="Im Versuch.")


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


COMMANDS = {"prepare": prepare, "work": work}

if __name__ == "__main__":
    main()
