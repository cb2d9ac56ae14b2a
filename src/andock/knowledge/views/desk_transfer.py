"""One take-over at the desk: its history, the next stage, a row confirmed or corrected, and what is true of it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andock.kernel.permissions import Denied

from .. import rules, transfer_queries, transfer_sheet
from ..forms.transfer import REACHED, CorrectionForm, SayingForm, StageForm, TransferForm
from ..services import stages as stage_service
from ..services import transfers as service
from ..services.desk import Unfit
from .desk_frame import CONFLICT, put_problems, refused, show, theirs, to, transfer_page

if TYPE_CHECKING:
    from uuid import UUID

    from andock.kernel.permissions import Verdict
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict

    from ..models import Transfer, TransferStage


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the history with what may be done to it."""

    stage: TransferStage
    may_confirm: Verdict
    may_correct: Verdict


@require_http_methods(["GET", "POST"])
@transfer_page
def edit(request: HttpRequest, organisation: Organisation, transfer: Transfer) -> HttpResponse:
    """Everything of it; the form adds the next stage."""
    history = _history(transfer)
    is_own_word = rules.speaks_for(request.user, transfer.receiver)
    form = StageForm(request.POST or None, is_own_word=is_own_word, initial=_next(history))
    if form.is_valid():
        try:
            stage_service.tell(actor=request.user, transfer=transfer, said=form.said, today=timezone.localdate())
        except (Unfit, Denied) as no:
            put_problems(form, no)
        else:
            messages.success(request, _("Written down. Everybody can see it now."))
            return to(transfer, organisation=organisation)
    context = {
        "organisation": organisation, "transfer": transfer, "form": form, "is_own_word": is_own_word,
        "rows": [
            Row(stage, rules.may_confirm_stage(request.user, stage), rules.may_correct_stage(request.user, stage))
            for stage in history
        ],
        "may_describe": rules.may_describe_transfer(request.user, transfer),
    }  # fmt: skip
    return show(request, "transfer", context, status=400 if form.errors else None)


def _history(transfer: Transfer) -> list[TransferStage]:
    found = list(transfer_queries.history(transfer))
    for stage in found:
        stage.transfer = transfer
    return found


def _next(history: list[TransferStage]) -> dict[str, str]:
    """The stage after the farthest, today."""
    order = [value for value, _label in REACHED]
    reached = [order.index(stage.stage) for stage in history if stage.stage in order and not stage.is_replaced]
    following = min(max(reached, default=-1) + 1, len(order) - 1)
    return {"stage": order[following], "date_text": timezone.localdate().isoformat()}


@require_http_methods(["GET", "POST"])
@transfer_page
def describe(request: HttpRequest, organisation: Organisation, transfer: Transfer) -> HttpResponse:
    """From whom, which version, what was changed, what it took."""
    verdict = rules.may_describe_transfer(request.user, transfer)
    if not verdict:
        return refused(request, transfer, verdict.reason, organisation=organisation)
    form = TransferForm(request.POST or None, loaded=transfer_sheet.read(transfer))
    if not form.is_valid():
        return _show_form(request, organisation, transfer, form, {})
    try:
        conflicts = service.describe(actor=request.user, transfer=transfer, fields=form.submitted())
    except (Unfit, Denied) as no:
        put_problems(form, no)
        return _show_form(request, organisation, transfer, form, {})
    if conflicts:
        return _show_form(request, organisation, transfer, _disputed(transfer, conflicts), conflicts)
    messages.success(request, _("Saved."))
    return to(transfer, organisation=organisation)


def _disputed(transfer: Transfer, conflicts: dict[str, Conflict]) -> TransferForm:
    """The form as it is saved now, with what was typed in the fields that somebody else changed too."""
    found = transfer_queries.transfer_at(None, transfer.pk) or transfer
    mine = {field: conflict.mine for field, conflict in conflicts.items()}
    return TransferForm(loaded=transfer_sheet.read(found), mine=mine)


def _show_form(
    request: HttpRequest, organisation: Organisation, transfer: Transfer, form: TransferForm, conflicts: dict[str, Conflict]
) -> HttpResponse:  # fmt: skip
    context = {
        "organisation": organisation, "transfer": transfer, "form": form, "conflicts": conflicts,
        "rows": [(form[name], theirs(form, name, conflicts)) for name in form.locked],
    }  # fmt: skip
    status = CONFLICT if conflicts else 400 if form.errors else None
    return show(request, "transfer_facts", context, here=_("Describe it"), status=status)


@require_http_methods(["GET", "POST"])
@transfer_page
def confirm(request: HttpRequest, organisation: Organisation, transfer: Transfer, stage: UUID) -> HttpResponse:
    """Yes, that is so; perhaps with a better date."""
    row = _row(transfer, stage)
    initial = {"date_text": row.date_text, "source": row.source, "note": row.note}
    form = SayingForm(request.POST or None, is_own_word=True, initial=initial)
    words = (_("Confirm a stage"), _("Confirmed. It counts as your own word now."))
    return _replace(
        request, organisation, row, form, may=rules.may_confirm_stage, act=stage_service.confirm, words=words
    )


@require_http_methods(["GET", "POST"])
@transfer_page
def correct(request: HttpRequest, organisation: Organisation, transfer: Transfer, stage: UUID) -> HttpResponse:
    """Say it anew, or take it back."""
    row = _row(transfer, stage)
    is_own_word = rules.speaks_for(request.user, transfer.receiver)
    initial = {"stage": row.stage, "date_text": row.date_text, "source": row.source, "note": row.note}
    form = CorrectionForm(request.POST or None, is_own_word=is_own_word, initial=initial)
    words = (_("Correct a stage"), _("Corrected. The row as it was stays readable."))
    return _replace(
        request, organisation, row, form, may=rules.may_correct_stage, act=stage_service.correct, words=words
    )


def _row(transfer: Transfer, pk: UUID) -> TransferStage:
    found = next((stage for stage in _history(transfer) if stage.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _replace(
    request: HttpRequest, organisation: Organisation, row: TransferStage, form: SayingForm,
    *, may: Callable[..., Verdict], act: Callable[..., Any], words: tuple[str, str],
) -> HttpResponse:  # fmt: skip
    """The form for a row that stands for another. Whoever comes too late reads why, with what was typed."""
    verdict = may(request.user, row)
    if not verdict and request.method != "POST":
        return refused(request, row.transfer, verdict.reason, organisation=organisation)
    if form.is_valid():
        try:
            act(actor=request.user, stage=row, said=form.said, today=timezone.localdate())
        except (Unfit, Denied) as no:
            put_problems(form, no)
        else:
            messages.success(request, words[1])
            return to(row.transfer, organisation=organisation)
    context = {
        "organisation": organisation, "transfer": row.transfer, "row": row, "form": form, "heading": words[0],
    }  # fmt: skip
    return show(request, "transfer_stage", context, here=words[0], status=400 if form.errors else None)
