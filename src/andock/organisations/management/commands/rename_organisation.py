"""``andock rename-organisation <slug> <name>``: a new name; the old address keeps leading to it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from andock.organisations.queries import named_organisation
from andock.organisations.services.register import rename_organisation


class Command(BaseCommand):
    help = "Give an organisation a new name and address. The old address redirects for ever."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="slug or official key")
        parser.add_argument("name", help="the new name")
        parser.add_argument("--slug", default="", help="the new address, where it should not follow from the name")

    def handle(self, *, organisation: str, name: str, slug: str, **options: Any) -> None:
        try:
            renamed = rename_organisation(
                actor=None, organisation=named_organisation(organisation), name=name, slug=slug
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("Renamed to %(name)s, at /kommunen/%(slug)s/.") % {"name": renamed, "slug": renamed.slug})
