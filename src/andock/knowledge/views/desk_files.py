"""Cards as a file, out and in; and a card from a publiccode.yml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from andock.organisations.region_folder import Problem, Refused

from .. import queries
from ..exchange import read_csv, write_csv
from ..forms.solution import ImportForm, PublicCodeForm
from ..publiccode import MAX_BYTES as MAX_PUBLICCODE
from ..publiccode import NotPublicCode, card_of
from ..references import Known
from ..services import solutions as service
from ..services.importing import import_solutions
from .desk_frame import show, solution_desk, to

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from andock.organisations.models import Organisation

    from ..exchange import Incoming

MAX_BYTES = 5_000_000
MAX_CARDS = 500
CSV = "text/csv; charset=utf-8"


@require_safe
@solution_desk
def export(request: HttpRequest, organisation: Organisation) -> StreamingHttpResponse:
    """All cards of the organisation, drafts too; the byte order mark tells spreadsheets that it is UTF-8."""
    rows = write_csv(queries.whole_solutions(organisation))
    response = StreamingHttpResponse(
        ("\ufeff" * (number == 0) + row for number, row in enumerate(rows)), content_type=CSV
    )
    response["Content-Disposition"] = f'attachment; filename="loesungen-{organisation.slug}.csv"'
    return response


@require_http_methods(["GET", "POST"])
@solution_desk
def read(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everything of a file, or nothing with what is wrong in it. What is here already stays as it is."""
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            found = _read(form.cleaned_data["file"], organisation)
            done = import_solutions(actor=request.user, organisation=organisation, found=found, now=timezone.now())
        except Refused as refused:
            problems = refused.problems
        else:
            told = ngettext("One card was imported.", "%(number)d cards were imported.", done.created)
            messages.success(request, told % {"number": done.created} + _already_there(done.unchanged))
            return redirect("knowledge:solution_desk", organisation.slug)
    context = {"organisation": organisation, "form": form, "problems": problems[:100], "count": len(problems)}
    status = 400 if form.errors or problems else None
    return show(request, "import_solutions", context, here=_("Import solutions"), status=status)


def _already_there(number: int) -> str:
    told = ngettext(" One was here already and stays as it is.", " %(number)d were here already and stay as they are.", number)  # fmt: skip
    return told % {"number": number} if number else ""


def _read(file: UploadedFile, organisation: Organisation) -> list[Incoming]:
    """The cards in an uploaded file. Raises ``Refused``."""
    name = str(file.name)
    if (file.size or 0) > MAX_BYTES:
        raise Refused([Problem(name, 0, "", _("The file is larger than 5 MB."))])
    found = read_csv(name, _text(name, file.read()), Known())
    foreign = [one.line for one in found if one.solution.organisation_id != organisation.pk]
    if foreign:
        sentence = _("These are solutions of %s; another organisation imports its own.") % organisation
        raise Refused([Problem(name, line, "organisation", sentence) for line in foreign])
    if not found or len(found) > MAX_CARDS:
        sentence = _("There is no card in this file.") if not found else _("The file has more than %d cards. The operator can import it with the command import-solutions.") % MAX_CARDS  # fmt: skip
        raise Refused([Problem(name, 0, "", sentence)])
    return found


def _text(name: str, content: bytes) -> str:
    """What the file says, by what stands in it and not by its name. Raises ``Refused``."""
    if b"\0" in content or content.startswith((b"%PDF", b"PK\x03\x04", b"MZ", b"\x7fELF")):
        raise Refused([Problem(name, 0, "", _("This is no CSV, whatever its name says. Export a table as CSV."))])
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused([Problem(name, 0, "", _("The file is not UTF-8. Save it as UTF-8 text."))]) from error


@require_http_methods(["GET", "POST"])
@solution_desk
def from_publiccode(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A draft with what a publiccode.yml says."""
    form = PublicCodeForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        try:
            found = card_of(_content(form))
        except NotPublicCode as refused:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refused))
        else:
            columns = found.columns | {"publiccode_url": form.cleaned_data["url"]}
            made = service.begin(
                actor=request.user, organisation=organisation, title=found.title, kind=found.kind, columns=columns
            )
            messages.success(
                request, _("The card is there, as a draft, with what the file says. Please look through it.")
            )
            return to(made)
    context = {"organisation": organisation, "form": form}
    return show(request, "publiccode", context, here="publiccode.yml", status=400 if form.errors else None)


def _content(form: PublicCodeForm) -> str:
    """The text of the file, or what was pasted. Raises ``NotPublicCode``."""
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    if (file.size if file else len(text.encode())) > MAX_PUBLICCODE:
        raise NotPublicCode(_("This is larger than 200 kB. A publiccode.yml is a short text."))
    if not file:
        return text
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotPublicCode(_("The file is not UTF-8. Save it as UTF-8 text.")) from error
