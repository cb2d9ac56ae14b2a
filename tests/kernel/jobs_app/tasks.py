"""Jobs whose effects can be counted. Their tables are plain SQL, made by the test that needs them."""

import os
import random
import time

from django.db import connection

from andock.kernel.jobs import Hopeless, job

SOMEBODY = "nobody@example.org"
TABLES = (
    "CREATE TABLE trial_effect (job integer PRIMARY KEY, worker integer NOT NULL)",
    "CREATE TABLE trial_start (job integer NOT NULL, worker integer NOT NULL)",
)


def write(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@job
def count(*, number: int) -> None:
    """Note the start, take a moment, note the effect under its key; may be killed anywhere in between."""
    write("INSERT INTO trial_start VALUES (%s, %s)", number, os.getpid())
    time.sleep(random.uniform(0, 0.03))
    write("INSERT INTO trial_effect VALUES (%s, %s) ON CONFLICT DO NOTHING", number, os.getpid())
    time.sleep(random.uniform(0, 0.01))


@job
def stumble(*, times: int) -> None:
    """Fail until it was started more than ``times`` times."""
    write("INSERT INTO trial_start VALUES (%s, %s)", times, os.getpid())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trial_start WHERE job = %s", [times])
        started = cursor.fetchone()[0]
    if started <= times:
        raise ConnectionError(SOMEBODY)


@job
def despair() -> None:
    """Fail for good."""
    raise Hopeless from PermissionError(SOMEBODY)


@job
def noop() -> None:
    """Succeed."""
