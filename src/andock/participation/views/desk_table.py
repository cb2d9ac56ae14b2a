"""The table of contributions and answers for the council: choose what stands in it, and take it along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from .. import queries, table_docx, table_pdf, table_xlsx
from ..forms.table import TableForm
from ..services import exporting
from ..table import response_table
from .desk_frame import answering_page, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from andock.organisations.models import Organisation

    from ..models import Process
    from ..table import ResponseTable

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@answering_page
def choose(request: HttpRequest, process: Process, office: Organisation) -> HttpResponse:
    """What is to stand in it; each button takes a file along that holds what is chosen."""
    found = queries.meant_for(queries.public_contributions(process), process, office)
    number, unanswered = found.count(), found.filter(answered=None).count()
    context = {
        "process": process, "organisation": office, "form": TableForm(request.GET), "number": number,
        "answered": number - unanswered,
    }  # fmt: skip
    return show(request, "table", context, here=_("Table for the council"))


@require_GET
@answering_page
def as_pdf(request: HttpRequest, process: Process, office: Organisation) -> HttpResponse:
    return _file(request, process, office, "pdf", table_pdf.as_pdf)


@require_GET
@answering_page
def as_docx(request: HttpRequest, process: Process, office: Organisation) -> HttpResponse:
    return _file(request, process, office, "docx", table_docx.as_docx)


@require_GET
@answering_page
def as_xlsx(request: HttpRequest, process: Process, office: Organisation) -> HttpResponse:
    return _file(request, process, office, "xlsx", table_xlsx.as_xlsx)


def _file(
    request: HttpRequest, process: Process, office: Organisation, suffix: str, make: Callable[[ResponseTable], bytes]
) -> HttpResponse:
    choice, name = TableForm(request.GET).choice(), f"abwaegung.{suffix}"
    exporting.note_table(
        actor=request.user, process=process, office=office, name=name, with_names=choice.with_names,
        with_unpublished=choice.with_unpublished,
    )  # fmt: skip
    content = make(response_table(process, office, choice, timezone.now()))
    headers = {"Content-Disposition": f'attachment; filename="{process.slug}-{name}"'}
    return HttpResponse(content, content_type=TYPES[suffix], headers=headers)
