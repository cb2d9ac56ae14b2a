"""`andock due-deletions`: what the daily jobs will delete of personal data; deletes nothing itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, no_translations
from django.utils import timezone

from andock.kernel.processing import due


class Command(BaseCommand):
    help = "Count what the daily jobs would delete of personal data now; nothing is deleted."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each kind of data, and the sum."""
        total = 0
        for module, what, number in due(timezone.now()):
            self.stdout.write(f"{number:>8}  {module}: {what}")
            total += number
        self.stdout.write(f"{total:>8}  in all. The jobs run every night with `andock run-worker`.")
