"""How the tools take what people send: who it is, whether a machine may have sent it, what happens next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from andock.kernel.form_key import new_key, read_key
from andock.kernel.permissions import Denied

from .. import queries
from ..choices import ContributionState
from ..device import taking_part
from ..services import contributing
from ..services.residence import CodeRefused
from .codes import guessing_braked, origin_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from ..forms.person import PersonForm
    from ..models import Contribution, Phase, Process

__all__ = [
    "REFUSALS", "first_key", "guessing_braked", "never_cache", "origin_of", "purpose_of", "refuse", "send", "thanks",
]  # fmt: skip
REFUSALS = {Denied: 403, CodeRefused: 422, contributing.TooMany: 429}
"""What may be said no to, with the status of the answer; the form comes again with what was typed."""
STANDS = {
    ContributionState.UNCONFIRMED: "bestaetigen",
    ContributionState.HELD: "pruefen",
    ContributionState.PUBLIC: "da",
}
"""What the page of thanks says, as it stands in its address."""


def purpose_of(process: Process) -> str:
    """What keys of forms of this process are signed for."""
    return f"participation.form {process.pk}"


def first_key(process: Process, now: datetime) -> str:
    return new_key(purpose_of(process), now)


def send(request: HttpRequest, form: PersonForm, phase: Phase, **what: Any) -> Contribution | None:
    """Send what a valid form holds; None where a machine filled in what people do not see.

    ``what`` goes to ``contributing.submit``: kind, title, text, about, address, element, municipality.
    Raises one of ``REFUSALS``.
    """
    data, now = form.cleaned_data, timezone.now()
    if data["website"]:
        return None
    key, origin = read_key(data["key"], purpose_of(phase.process)), origin_of(request, now)
    has_worked = bool(key and key.is_worked_for(data["work"], now))
    form.known = form.known or taking_part(request, data.get("pseudonym", ""), now)
    is_stranger = form.known is None
    person = form.introduction()
    with guessing_braked(request, phase.process, person.code, now):
        return contributing.submit(
            person=person, phase=phase, now=now, request_key=key.request_key if key else uuid4(),
            origin_hash=origin, is_doubtful=not has_worked and (is_stranger or queries.is_crowd(origin, now)), **what,
        )  # fmt: skip


def refuse(form: Form, refusal: Exception) -> int:
    """Put the sentence into the form, which comes again with what was typed; returns the status."""
    form.add_error("code" if isinstance(refusal, CodeRefused) and "code" in form.fields else None, str(refusal))
    return next(status for kind, status in REFUSALS.items() if isinstance(refusal, kind))


def thanks(contribution: Contribution | None, process: Process) -> HttpResponse:
    """What happens next: look into your mails, it is looked at, it stands there. The same for whoever the trap caught."""
    if contribution and contribution.is_public:
        return redirect(contribution.address)
    stand = STANDS[ContributionState(contribution.state)] if contribution else "bestaetigen"
    address = redirect("participation:thanks", process.slug)
    address["Location"] += f"?stand={stand}"
    return address
