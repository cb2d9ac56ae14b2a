from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError

from andock.notifications.bounces import receive

LONGEST = 1_000_000  # bytes; reports are short, what they enclose need not be read to its end


class Command(BaseCommand):
    help = "Read one mail from standard input; if it reports that a mail of ours came back, note that."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with 0, or with 75 (try again later, sysexits.h) while the database does not answer."""
        raw = sys.stdin.buffer.read(LONGEST)
        try:
            found = receive(raw)
        except (DatabaseError, InterfaceError):
            sys.exit(os.EX_TEMPFAIL)
        self.stdout.write("Noted: a mail came back." if found else "Nothing to note.")
