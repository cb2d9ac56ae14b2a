from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from andock.organisations.queries import the_region
from andock.portal.register_of_processing import as_csv, as_docx


class Command(BaseCommand):
    """For the agency's data protection officer, in the region's language."""

    help = "Write the register of processing activities (Art. 30 GDPR) of this site: .csv or .docx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to write it; its ending says in which format")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        region = the_region()
        match file.suffix:
            case ".csv":
                content = as_csv()
            case ".docx":
                content = as_docx(region.organisation.name if region else "")
            case _:
                raise CommandError(f"{file.name} must end with .csv or .docx.")
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written: {file}")
