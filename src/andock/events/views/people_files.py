"""Participants as files: for spreadsheets and on paper. Each leaves a line in the trail, because names leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from andock.organisations.queries import profile_of

from .. import people_export, people_pdf
from .. import people_queries as queries
from ..choices import Attendance, Group
from ..forms.people import PeopleFilterForm
from ..queries import allotments_of
from ..services import participants
from .people_frame import people_page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.organisations.models import Organisation

    from ..models import Event, Registration

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}


@require_GET
@people_page()
def as_csv(request: HttpRequest, event: Event) -> HttpResponse:
    """What the list shows, as CSV."""
    table = people_export.rows(event, _shown(request, event), queries.questions_of(event))
    return _file(request, event, people_export.as_csv(table), "teilnehmende.csv")


@require_GET
@people_page()
def as_xlsx(request: HttpRequest, event: Event) -> HttpResponse:
    """What the list shows, as a workbook."""
    table = people_export.rows(event, _shown(request, event), queries.questions_of(event))
    return _file(request, event, people_export.as_xlsx(table, event.title), "teilnehmende.xlsx")


@require_GET
@people_page()
def list_pdf(request: HttpRequest, event: Event) -> HttpResponse:
    """Everybody expected at the place, to tick off on paper."""
    return _file(request, event, people_pdf.list_pdf(event, _at_the_place(event)), "liste.pdf")


@require_GET
@people_page()
def badges_pdf(request: HttpRequest, event: Event) -> HttpResponse:
    """A badge for everybody who comes to the place."""
    names = people_pdf.names_of(_at_the_place(event))
    return _file(request, event, people_pdf.badges_pdf(event, names), "namensschilder.pdf")


@require_GET
@people_page()
def certificates_pdf(request: HttpRequest, event: Event) -> HttpResponse:
    """A certificate for everybody who came and whose name is known."""
    return _certificates(request, event, list(queries.people(event, standing=Group.CAME)))


@require_GET
@people_page()
def certificate_pdf(request: HttpRequest, event: Event, registration_id: Any) -> HttpResponse:
    """The certificates of one registration."""
    return _certificates(request, event, [get_object_or_404(queries.person(event, registration_id))])


def _certificates(request: HttpRequest, event: Event, registrations: list[Registration]) -> HttpResponse:
    seats = queries.seats_taken_up(registrations)
    names = people_pdf.names_of_those_who_came(registrations, seats)
    if not names:
        raise Http404(_("Nobody with a name came, so there is nothing to certify."))
    made = people_pdf.certificates_pdf(event, names, crest=_crest(event.organisation))
    return _file(request, event, made, "bescheinigungen.pdf")


def _shown(request: HttpRequest, event: Event) -> list[Registration]:
    """The same people as on the list with this query."""
    form = PeopleFilterForm(request.GET, allotments=allotments_of(event))
    return list(queries.people(event, **form.wanted()))


def _at_the_place(event: Event) -> list[Registration]:
    """Everybody expected, without those who take part online where there is a place to come to."""
    ways = {way.attendance for way in allotments_of(event)}
    found = queries.expected(event).select_related("allotment")
    return list(found.filter(allotment__attendance=Attendance.ROOM) if Attendance.ROOM in ways else found)


def _file(request: HttpRequest, event: Event, content: bytes, name: str) -> HttpResponse:
    participants.note_export(actor=request.user, event=event, name=name)
    response = HttpResponse(content, content_type=TYPES[Path(name).suffix])
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-{name}"'
    return response


def _crest(organisation: Organisation) -> bytes:
    """The organiser's crest as PNG, empty without one or where the file is gone."""
    crest = profile_of(organisation).crest
    if not crest or not crest.storage.exists(crest.name):
        return b""
    with crest.open("rb") as file:
        return bytes(file.read())
