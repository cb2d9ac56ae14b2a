"""Events of an organisation as a file, out and in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from andock.organisations.region_folder import Problem, Refused

from .. import queries
from ..exchange import MAX_BYTES, read_csv, write_csv
from ..exchange_ics import read_ics
from ..forms.rows import ImportForm
from ..services.importing import import_events
from .desk_frame import desk_page, show

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from andock.organisations.models import Organisation

    from ..services.importing import Reading

NAMED = 10


@require_safe
@desk_page
def export(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """All events of the organisation, drafts too; the byte order mark tells spreadsheets that it is UTF-8."""
    response = HttpResponse(
        "\ufeff" + write_csv(queries.whole_events(organisation)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="veranstaltungen-{organisation.slug}.csv"'
    return response


@require_http_methods(["GET", "POST"])
@desk_page
def read(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everything of a file, or nothing with what is wrong in it."""
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    problems: list[Problem] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            reading = _read(file, organisation)
            _import(request, organisation, file.name, reading)
        except Refused as refused:
            problems = refused.problems
        else:
            return redirect("events:desk", organisation.slug)
    context = {"organisation": organisation, "form": form, "problems": problems}
    status = 400 if form.errors or problems else None
    return show(request, "import", context, here=_("Import events"), status=status)


def _import(request: HttpRequest, organisation: Organisation, name: str, reading: Reading) -> None:
    """Write what is new, and say what became of the file. Raises ``Refused``."""
    found = reading.found
    if found:
        import_events(actor=request.user, organisation=organisation, name=name, found=found, now=timezone.now())
        told = ngettext("One event was imported.", "%(number)d events were imported.", len(found))
        messages.success(request, told % {"number": len(found)})
    if here := reading.here:
        left = ngettext(
            "One event is here already and stayed as it is: %(titles)s.",
            "%(number)d events are here already and stayed as they are: %(titles)s.",
            len(here),
        )
        messages.info(request, left % {"number": len(here), "titles": _titles(here)})
    if off := reading.cancelled:
        left = ngettext(
            "One event is cancelled in the calendar and was left out: %(titles)s.",
            "%(number)d events are cancelled in the calendar and were left out: %(titles)s.",
            len(off),
        )
        messages.info(request, left % {"number": len(off), "titles": _titles(off)})


def _titles(titles: list[str]) -> str:
    """The first of them by name."""
    named = ", ".join(_("“%s”") % title for title in titles[:NAMED])
    return f"{named} …" if len(titles) > NAMED else named


def _read(file: UploadedFile, organisation: Organisation) -> Reading:
    """The events in an uploaded file, by what stands in it and not by its name. Raises ``Refused``."""
    name = str(file.name)
    if (file.size or 0) > MAX_BYTES:
        raise Refused([Problem(name, 0, "", _("The file is larger than 5 MB."))])
    try:
        text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused([Problem(name, 0, "", _("The file is not UTF-8. Save it as UTF-8 text."))]) from error
    read = read_ics if text.lstrip().upper().startswith("BEGIN:VCALENDAR") else read_csv
    reading = read(name, text, organisation, timezone.now())
    if not (reading.found or reading.here or reading.cancelled):
        raise Refused([Problem(name, 0, "", _("There is no event in this file."))])
    return reading
