"""`andock doctor`: is this installation in order, and if not, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, no_translations
from django.db import DatabaseError

from andock.kernel.findings import Finding
from andock.kernel.modules import checks
from andock.operation.health import pending_migrations


class Command(BaseCommand):
    """Ends with 1 as long as anything is red."""

    help = "Check this installation: green and red lines, and how to mend what is red."
    requires_system_checks: list[str] = []  # must speak even when much is broken

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list."""
        findings = list(examine())
        for finding in findings:
            self._tell(finding)
        red = sum(not finding.is_good for finding in findings)
        if red:
            self.stdout.write("1 point is red." if red == 1 else f"{red} points are red.")
            raise SystemExit(1)
        self.stdout.write("Everything is in order.")

    def _tell(self, finding: Finding) -> None:
        if finding.is_good:
            self.stdout.write(self.style.SUCCESS(f"  ✓  {finding.title}"))
        else:
            self.stdout.write(self.style.ERROR(f"  ✗  {finding.title}"))
            self.stdout.write(f"     → {finding.mend}")


def examine() -> Iterator[Finding]:
    """The findings of all modules. A check that breaks is a red finding itself.

    While tables are missing, the one about migrations speaks for all that would read them.
    """
    for name, check in checks():
        try:
            yield from check()
        except DatabaseError as error:
            if not lacks_tables():
                yield _broken(name, error)
        except Exception as error:  # noqa: BLE001  the doctor must finish whatever is broken
            yield _broken(name, error)


def lacks_tables() -> bool:
    """Whether the database answers and is only not made, or not of this release yet."""
    try:
        return bool(pending_migrations())
    except DatabaseError:
        return False


def _broken(name: str, error: Exception) -> Finding:
    return Finding(
        name.rpartition(".")[2].replace("_", " "),
        is_good=False,
        mend="This could not be examined: {error}".format(error=f"{type(error).__name__}: {error}".strip()),
    )
