"""A process of a test's own that does what it is told: one command per line of standard input, one line of JSON for each."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def obey(commands: Mapping[str, Callable[..., Any]]) -> None:
    """Until standard input ends. Django is set up; no connection stays open between commands."""
    from django.db import connections

    for line in sys.stdin:
        name, *words = line.split()
        answer = commands[name](*words)
        connections.close_all()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
