"""Codes with which people prove where they live: printed at once and never shown again, revoked when letters are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andock.kernel.permissions import Denied
from andock.organisations.region_folder import Refused

from .. import queries, rules
from ..addressees import read_addressees
from ..choices import LetterForm
from ..forms.residence import CodesForm
from ..letters import codes_csv, letters_pdf
from ..rules import place_of
from ..services import residence
from .desk_exchange import text_of
from .desk_frame import process_page, show, to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.organisations.region_folder import Problem

    from ..addressees import Addressee
    from ..models import Process


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def overview(request: HttpRequest, process: Process) -> HttpResponse:
    """What was made and used; a form that answers with the file."""
    form, problems = CodesForm(request.POST if request.method == "POST" else None, request.FILES or None), []
    if form.is_valid():
        try:
            return _made(request, process, form)
        except Refused as refused:
            problems = refused.problems
        except Denied as refused:
            form.add_error(None, str(refused))
    return _page(request, process, form, problems)


def _page(request: HttpRequest, process: Process, form: CodesForm, problems: Sequence[Problem]) -> HttpResponse:
    batches = list(queries.code_batches(process))
    context = {
        "process": process, "form": form, "problems": problems, "batches": batches, "place": place_of(process),
        "made": sum(one.number for one in batches), "used": sum(one.used for one in batches),
        "may": rules.may_make_codes(request.user, process), "knows_accounts": bool(settings.ANDOCK_OIDC_RESIDENCE_CLAIM),
    }  # fmt: skip
    failed = form.errors or problems
    return show(request, "residence", context, here=_("Proof of residence"), status=400 if failed else None)


def _made(request: HttpRequest, process: Process, form: CodesForm) -> HttpResponse:
    data, now = form.cleaned_data, timezone.now()
    file = data["addresses"]
    rules.may_make_codes(request.user, process).demand()
    addressees: list[Addressee] = []
    if file:
        addressees = read_addressees(str(file.name), text_of(file), residence.MOST_CODES)
    is_pdf = data["how"] == LetterForm.LETTERS

    def print_all(codes: Sequence[str]) -> bytes:
        return letters_pdf(process, codes, addressees, now) if is_pdf else codes_csv(codes, addressees)

    content = residence.make_codes(
        actor=request.user, process=process, number=len(addressees) or data["number"], note=data["note"], now=now,
        print_all=print_all,
    )  # fmt: skip
    suffix, kind = ("pdf", "application/pdf") if is_pdf else ("csv", "text/csv; charset=utf-8")
    name = f"{process.slug}-codes-{timezone.localtime(now):%Y-%m-%d-%H%M}.{suffix}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def revoke(request: HttpRequest, process: Process, batch_id: int) -> HttpResponse:
    """Ask once more; then what is not used yet is good for nobody."""
    batch = queries.code_batch(process, batch_id)
    if batch is None:
        raise Http404
    rules.may_revoke_codes(request.user, batch).demand()
    left = batch.number - batch.used
    if request.method == "POST":
        residence.revoke_codes(actor=request.user, batch=batch, now=timezone.now())
        told = ngettext("%d code is not good any more.", "%d codes are not good any more.", left) % left
        messages.success(request, told)
        return to(process, "residence")
    return show(request, "revoke_codes", {"process": process, "batch": batch, "left": left}, here=_("Revoke codes"))
