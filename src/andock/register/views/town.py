"""Where an organisation docks: how far it is, its declaration, pausing and ending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from andock.kernel.permissions import Denied
from andock.organisations.queries import organisations
from andock.strategy import rules as strategy
from andock.strategy.queries import newest_period, periods_of, the_framework
from andock.strategy.services.docking import CannotDock

from .. import queries, rules
from ..forms import DeclarationForm, StandingForm
from ..services import declarations, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict
    from andock.strategy.models import Framework

    from ..models import Declaration

CONFLICT = 409


def place(slug: str) -> tuple[Organisation, Framework]:
    """The organisation and the framework it docks to."""
    framework = the_framework()
    if framework is None:
        raise Http404
    return get_object_or_404(organisations(), slug=slug), framework


@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """How far docking is, and what can be done now."""
    organisation, framework = place(slug)
    rules.may_see_desk(request.user, organisation).demand()
    declaration = queries.open_declaration(organisation, framework)
    period, today = newest_period(organisation, framework), localdate()
    context = {
        "organisation": organisation,
        "framework": framework,
        "period": period,
        "is_running": period is not None and (period.until_latest is None or period.until_latest > today),
        "declaration": declaration,
        "seen": declarations.mark_of(declaration) if declaration else "",
        "may": _verdicts(request, organisation, declaration),
        "periods": periods_of(organisation),
        "confirmed": queries.declarations_of(organisation),
    }
    return render(request, "register/desk.html", context)


def declare(request: HttpRequest, slug: str) -> HttpResponse:
    """Write or change the declaration; a releaser hands it in at once."""
    organisation, framework = place(slug)
    rules.may_prepare(request.user, organisation).demand()
    declaration = queries.open_declaration(organisation, framework)
    if request.method != "POST" and declaration and not declaration.is_with_town:
        messages.info(request, rules.may_change(request.user, declaration).reason)
        return redirect("register:desk", slug)
    of_place = {"organisation": organisation, "framework": framework}
    form = DeclarationForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        loaded=declarations.fields_of(declaration), **of_place,
    )  # fmt: skip
    conflicts = _declared(request, form) if form.is_valid() else None
    if conflicts == {}:
        return redirect("register:desk", slug)
    if conflicts:
        declaration = queries.open_declaration(organisation, framework)
        form = DeclarationForm(loaded=declarations.fields_of(declaration), conflicts=conflicts, **of_place)
    may_hand_in = rules.may_hand_in(request.user, declaration or queries.blank(organisation, framework))
    context = {"organisation": organisation, "form": form, "declaration": declaration, "may_hand_in": may_hand_in}
    status = CONFLICT if conflicts else 400 if form.errors else 200
    return render(request, "register/declare.html", context, status=status)


def _declared(request: HttpRequest, form: DeclarationForm) -> Mapping[str, Conflict] | None:
    """Save, and hand in where that was asked: what somebody else has changed too, or None after a refusal, which lands on the form."""
    made = None
    try:
        made = declarations.prepare(
            actor=request.user, organisation=form.organisation, framework=form.framework, fields=form.submitted()
        )
        if made.conflicts:
            return made.conflicts
        if request.POST.get("act") == "hand_in":
            seen = declarations.mark_of(made.declaration)
            declarations.hand_in(actor=request.user, declaration=made.declaration, seen=seen)
            messages.success(request, _("Handed in. The agency looks at it and writes to you."))
        else:
            messages.success(request, _("Saved. A releaser of your organisation can hand it in."))
    except (CannotDock, Denied) as error:
        form.add_error(None, str(error))
        if made is None:
            form.ask_for_file_again()
        return None
    return {}


@require_POST
def hand_in(request: HttpRequest, slug: str, declaration_id: int) -> HttpResponse:
    """Hand in what the desk showed."""
    message = _("Handed in. The agency looks at it and writes to you.")
    return _act(request, slug, declaration_id, declarations.hand_in, message, seen=request.POST.get("seen", ""))


@require_POST
def withdraw(request: HttpRequest, slug: str, declaration_id: int) -> HttpResponse:
    message = _("Withdrawn. The evidence is deleted.")
    return _act(request, slug, declaration_id, declarations.withdraw, message)


@require_POST
def release(request: HttpRequest, slug: str, declaration_id: int) -> HttpResponse:
    """Let everybody read the evidence, or no longer."""
    is_released = request.POST.get("released") == "yes"
    message = _("Everybody can read the evidence now.") if is_released else _("Only you and the agency read the evidence now.")  # fmt: skip
    return _act(request, slug, declaration_id, declarations.release_evidence, message, is_released=is_released)


def pause(request: HttpRequest, slug: str) -> HttpResponse:
    return _standing(request, slug, standing.pause, "register/pause.html", _("Noted. The register shows the pause."))


def end(request: HttpRequest, slug: str) -> HttpResponse:
    return _standing(request, slug, standing.end, "register/end.html", _("Noted. The register shows the end."))


def resume(request: HttpRequest, slug: str) -> HttpResponse:
    return _standing(request, slug, standing.resume, "register/resume.html", _("Welcome back. The register shows it."))


def _act(
    request: HttpRequest, slug: str, declaration_id: int, service: Callable[..., None], message: str, **values: Any
) -> HttpResponse:
    organisation, _framework = place(slug)
    declaration = get_object_or_404(queries.declarations(), pk=declaration_id, organisation=organisation.pk)
    try:
        service(actor=request.user, declaration=declaration, **values)
    except CannotDock as error:
        messages.error(request, str(error))
    else:
        messages.success(request, message)
    return redirect("register:desk", slug)


def _standing(
    request: HttpRequest, slug: str, service: Callable[..., None], template: str, message: str
) -> HttpResponse:
    """One form with a day and a reason; the register's refusal lands on it."""
    organisation, framework = place(slug)
    strategy.may_leave(request.user, organisation).demand()
    form = StandingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            service(actor=request.user, organisation=organisation, framework=framework, **form.cleaned_data)
        except CannotDock as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, message)
            return redirect("register:desk", slug)
    return render(request, template, {"organisation": organisation, "form": form}, status=400 if form.errors else 200)


def _verdicts(request: HttpRequest, organisation: Organisation, declaration: Declaration | None) -> dict[str, Any]:
    """What the person looking may do, for the buttons; a refusal is shown with its reason."""
    may = {
        "prepare": rules.may_prepare(request.user, organisation),
        "leave": strategy.may_leave(request.user, organisation),
    }
    if declaration:
        may["hand_in"] = rules.may_hand_in(request.user, declaration)
        may["withdraw"] = rules.may_withdraw(request.user, declaration)
    return may
