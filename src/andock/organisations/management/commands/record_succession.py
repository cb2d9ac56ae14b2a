"""``andock record-succession <predecessor> <successor>``: a merger, a split, a new key or a new body, as a dated act."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from andock.organisations.choices import SuccessionKind
from andock.organisations.queries import named_organisation
from andock.organisations.services.register import record_succession


class Command(BaseCommand):
    help = "Record that one organisation follows another. Both pages say so; nothing of the past is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("predecessor", help="slug or official key")
        parser.add_argument("successor", help="slug or official key; load it first when it is new")
        parser.add_argument("--kind", required=True, choices=SuccessionKind.values)
        parser.add_argument("--date", required=True, help="2026-01-01, 2026-01, 2026 or [..2026] (at the latest)")
        parser.add_argument("--source", default="", help="where this is documented, best an address")

    def handle(self, *, predecessor: str, successor: str, kind: str, date: str, source: str, **options: Any) -> None:
        try:
            act = record_succession(
                actor=None, predecessor=named_organisation(predecessor), successor=named_organisation(successor),
                kind=kind, date=date, source=source,
            )  # fmt: skip
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("Recorded: %(act)s (%(date)s).") % {"act": act, "date": act.date})
