from typing import Any

from django.core.management.base import BaseCommand, CommandError

from andock.accounts.demo import PASSWORD
from andock.accounts.services.demo import NoDemo, create_demo_accounts


class Command(BaseCommand):
    """One account per role, with a password everyone knows."""

    help = "Create the demo accounts, one per role (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = create_demo_accounts()
        except NoDemo as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Demo accounts, all with the password {PASSWORD}")
        for account in accounts:
            self.stdout.write(
                f"  {account.email:32} {account.role.value}{f' of {account.place}' if account.place else ''}"
            )
