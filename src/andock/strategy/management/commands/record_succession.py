"""``andock record-succession <predecessor>... <successor>``: a merger, a split, a new key or a new body, as a dated act."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from andock.kernel.dates import parse_date
from andock.organisations.choices import SuccessionKind
from andock.organisations.queries import named_organisation
from andock.strategy.choices import AfterSuccession
from andock.strategy.services.takeover import follow


class Command(BaseCommand):
    help = "Record that one organisation follows others, and what becomes of their docking. Nothing of the past is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("predecessors", nargs="+", help="slugs or official keys")
        parser.add_argument("successor", help="slug or official key; load it first when it is new")
        parser.add_argument("--kind", required=True, choices=SuccessionKind.values)
        parser.add_argument("--date", required=True, help="2026-01-01, 2026-01, 2026 or [..2026] (at the latest)")
        parser.add_argument("--source", default="", help="where this is documented, best an address")
        parser.add_argument(
            "--docking", choices=AfterSuccession.values, default=AfterSuccession.ENDED.value,
            help="whether the successor takes part in place of its predecessors, or their docking just ends",
        )  # fmt: skip

    def handle(self, *, predecessors: list[str], successor: str, date: str, **options: Any) -> None:
        given = {name: options[name] for name in ("kind", "source", "docking")}
        try:
            found = named_organisation(successor)
            followed = follow(
                actor=None, predecessors=[named_organisation(key) for key in predecessors], successor=found,
                date=date, **given,
            )  # fmt: skip
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for act in followed.acts:
            self.stdout.write(_("Recorded: %(act)s (%(date)s).") % {"act": act, "date": act.date})
        if followed.begun:
            self.stdout.write(_("%(name)s takes part since %(date)s.") % {"name": found, "date": parse_date(date)})
        if not followed:
            self.stdout.write(_("This was recorded before."))
