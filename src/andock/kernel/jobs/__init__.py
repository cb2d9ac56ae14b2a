"""Work that is done after the answer: queued in the caller's transaction, run by ``andock run-worker``.

A job runs at least once: a worker that dies hands its job to the next one. So every job must be
idempotent, and its arguments are ids, never personal data. See docs/develop/decisions/0004-jobs.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_tasks
from django.apps import apps as installed  # "apps" is a module of this package
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from datetime import datetime, timedelta

# Wagtail's tasks take the backend called "default", which runs them at once; ours wait in the database.
BACKEND = "queue"


class Priority(IntEnum):
    """Which jobs go first; those of the same priority go in the order in which they were queued."""

    SOMEBODY_WAITS = 0
    MANY = -10
    """Many hear of it, each in time but nobody at once."""
    LEISURE = -20
    """It may take hours."""


class Hopeless(Exception):
    """Raised by a job that would fail again in the same way: it becomes a dead letter without another try."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that runs once in every slot of length ``every``, counted from the epoch in UTC plus ``offset``."""

    name: str
    task: django_tasks.base.Task
    every: timedelta
    offset: timedelta


PERIODIC: dict[str, Periodic] = {}


def job(function: Callable) -> django_tasks.base.Task:
    """Make a function of ``<app>/tasks.py`` a job that other modules start by name."""
    return django_tasks.task(backend=BACKEND)(function)


GIVEN_UP: dict[str, Callable[..., None]] = {}


def given_up(task: django_tasks.base.Task) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Have a function called with the arguments of ``task`` in the transaction that makes it a dead letter."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        GIVEN_UP[task.module_path] = function
        return function

    return register


def periodic(*, every: timedelta, offset: timedelta | None = None) -> Callable[[Callable], django_tasks.base.Task]:
    """Make a function without arguments a job that starts by itself once in every slot.

    However many workers there are, a slot runs once; slots missed while none ran are caught up by one run.
    """

    def register(function: Callable) -> django_tasks.base.Task:
        task = job(function)
        name = task.module_path
        PERIODIC[name] = Periodic(name, task, every, offset or every * 0)
        return task

    return register


def enqueue(
    name: str, *, run_after: datetime | None = None, priority: Priority = Priority.SOMEBODY_WAITS, **arguments: Any
) -> UUID:
    """Queue the job ``<app label>.<function>`` in the current transaction; returns the id of its row.

    ``arguments`` must be plain JSON values. Raises ``LookupError`` or ``ImportError`` for an unknown name.
    """
    task = find(name).using(run_after=run_after, priority=priority.value)
    return UUID(task.enqueue(**arguments).id)


def find(name: str) -> django_tasks.base.Task:
    """The job with this name."""
    label, function = name.split(".")
    task: django_tasks.base.Task = import_string(f"{installed.get_app_config(label).name}.tasks.{function}")
    return task
