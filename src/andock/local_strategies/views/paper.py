"""The paper for the council: of the draft for the people who write it, of a decided version for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from andock.kernel.permissions import Denied
from andock.organisations.queries import profile_of

from .. import rules
from ..council_paper import council_paper
from ..paper_docx import as_docx
from ..paper_form import PaperForm
from ..paper_pdf import as_pdf
from ..paper_text import as_text
from ..services.council import prepare_paper
from ..services.storing import CannotChange
from .drafts import draft_page
from .frame import CONFLICT
from .reading import of_town, public_version

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict

    from ..models import Version

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


# --- the draft -------------------------------------------------------------------------------------------------------
@require_safe
@draft_page(rules.may_see_version)
def synopsis(request: HttpRequest, version: Version) -> HttpResponse:
    """The paper as page, with the ways to take it along."""
    organisation = version.strategy.organisation
    context = {
        "organisation": organisation,
        "version": version,
        "paper": council_paper(version),
        "crest": profile_of(organisation).crest,
        "may_edit": rules.may_edit_version(request.user, version),
        "may_share": rules.may_share_version(request.user, version),
        "may_work": rules.may_work_on_strategy(request.user, organisation),
    }
    return render(request, "local_strategies/synopsis.html", context)


@draft_page(rules.may_edit_version)
def synopsis_head(request: HttpRequest, version: Version) -> HttpResponse:
    """Head of the paper and classes of the changes."""
    form = PaperForm(request.POST if request.method == "POST" else None, version=version)
    conflicts = _prepared(request, form, version) if form.is_valid() else None
    if conflicts == {}:
        messages.success(request, _("Saved."))
        return redirect("local_strategies:synopsis", version.strategy.organisation.slug)
    if conflicts:
        version.refresh_from_db()
        form = PaperForm(version=version, conflicts=conflicts)
    context = {"organisation": version.strategy.organisation, "version": version, "form": form}
    status = CONFLICT if conflicts else 400 if form.errors else 200
    return render(request, "local_strategies/synopsis_head.html", context, status=status)


def _prepared(request: HttpRequest, form: PaperForm, version: Version) -> dict[str, Conflict] | None:
    """Save; what somebody else has changed too, or None after a refusal, which lands on the form."""
    fields = form.submitted()
    fields.pop(request.POST.get("action", "").removeprefix("theirs:"), None)
    try:
        return prepare_paper(actor=request.user, version=version, fields=fields)
    except (CannotChange, Denied) as refusal:
        form.add_error(None, str(refusal))
        return None


@require_safe
@draft_page(rules.may_see_version)
def synopsis_pdf(request: HttpRequest, version: Version) -> HttpResponse:
    return _file(as_pdf(council_paper(version), crest=_crest(version)), "application/pdf", version, "pdf")


@require_safe
@draft_page(rules.may_see_version)
def synopsis_docx(request: HttpRequest, version: Version) -> HttpResponse:
    return _file(as_docx(council_paper(version), crest=_crest(version)), WORD, version, "docx")


@require_safe
@draft_page(rules.may_see_version)
def synopsis_text(request: HttpRequest, version: Version) -> HttpResponse:
    return _file(as_text(council_paper(version)).encode(), "text/plain; charset=utf-8", version, "txt")


# --- decided ---------------------------------------------------------------------------------------------------------
@of_town
def version_synopsis(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """The paper of a version that was decided; reasons only where they were released."""
    version = public_version(organisation, number)
    context = {
        "organisation": organisation,
        "version": version,
        "paper": council_paper(version, released_only=True),
        "crest": profile_of(organisation).crest,
    }
    return render(request, "local_strategies/version_synopsis.html", context)


@of_town
def version_synopsis_pdf(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    version = public_version(organisation, number)
    drawn = as_pdf(council_paper(version, released_only=True), crest=_crest(version))
    return _file(drawn, "application/pdf", version, "pdf")


def _crest(version: Version) -> bytes:
    """The municipality's crest as PNG, empty without one or where the file is gone."""
    crest = profile_of(version.strategy.organisation).crest
    if not crest or not crest.storage.exists(crest.name):
        return b""
    with crest.open("rb") as file:
        return bytes(file.read())


def _file(content: bytes, kind: str, version: Version, extension: str) -> HttpResponse:
    name = f"{version.strategy.organisation.slug}-synopse-{version.number}.{extension}"
    shown = "attachment" if extension == "docx" else "inline"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
