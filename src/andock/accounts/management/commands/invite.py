from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from andock.accounts.queries import agency
from andock.accounts.services.invitations import AlreadyMember, invite
from andock.kernel.permissions import Denied
from andock.organisations.choices import Role
from andock.organisations.queries import organisation_by_address


class Command(BaseCommand):
    """How the first person gets in: everybody else is invited on the site."""

    help = "Invite a person by mail; without --organisation as editor of the region's agency."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--organisation", help="slug; without it the agency")
        parser.add_argument("--role", choices=Role.values, default=Role.AGENCY_EDITOR.value)

    def handle(self, *args: Any, email: str, organisation: str | None, role: str, **options: Any) -> None:
        place = organisation_by_address(organisation) if organisation else agency()
        if place is None:
            raise CommandError(f"There is no organisation {organisation or 'agency'!r}; load the region first.")
        try:
            validate_email(email)
            _invitation, token = invite(actor=None, email=email, organisation=place, role=role)
        except (ValidationError, AlreadyMember, Denied) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
        address = settings.ANDOCK_BASE_URL + reverse("accounts:invitation", args=[token])
        self.stdout.write(
            f"Invited {email} to {place} as {role}. The mail is in the outbox; the link, good for 14 days:\n{address}"
        )
