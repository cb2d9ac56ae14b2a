"""The form in which people comment on a block or word it otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andock.participation.choices import ContributionKind
from andock.participation.device import introducing
from andock.participation.views.public import head_of, leads_back
from andock.participation.views.sending import REFUSALS, first_key, purpose_of, refuse, send, thanks

from ..forms.say import SayForm
from ..services.anchoring import belonging
from ..text import element_called
from .frame import consultation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from ..models import Subject
    from ..text import Paragraph, Passage
    from .frame import Consultation

OTHER_WORDING = "wortlaut"
"""As the address names what somebody wants to write."""
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody writes about."""

    consultation: Consultation
    subject: Subject
    passage: Passage
    paragraph: Paragraph


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@leads_back
def say(request: HttpRequest, slug: str, element: UUID, block: UUID) -> HttpResponse:
    """A page of its own, with the present wording above the form."""
    place = _place(request, slug, element, block)
    if request.method != "POST" and place.consultation.may_say is not None:
        place.consultation.may_say.demand()
    process, now = place.consultation.process, timezone.now()
    kind = kind_of(request)
    form = SayForm(
        request.POST or None, kind=kind, paragraph=place.paragraph, initial={"key": first_key(process, now)},
        **introducing(request, process),
    )  # fmt: skip
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            return thanks(send(request, form, place.consultation.phase, **_what(form, place)), process)
        except tuple(REFUSALS) as refusal:
            status = refuse(form, refusal)
    if form.is_bound:
        form.anew(purpose_of(process), now)
    context = head_of(process) | {"place": place, "form": form, "is_wording": kind == ContributionKind.WORDING}
    return render(request, "consultation/say.html", context, status=status)


def kind_of(request: HttpRequest) -> ContributionKind:
    """What somebody writes, as the address says."""
    return ContributionKind.WORDING if request.GET.get("art") == OTHER_WORDING else ContributionKind.COMMENT


def _place(request: HttpRequest, slug: str, element: UUID, block: UUID) -> Place:
    """What the address names as the text reads now; 404 where it does not stand there."""
    found = consultation(request, slug)
    passage = element_called(found.passages(), element)
    paragraph = passage.paragraph(block) if passage else None
    if found.subject is None or passage is None or paragraph is None:
        raise Http404
    return Place(found, found.subject, passage, paragraph)


def _what(form: SayForm, place: Place) -> dict[str, Any]:
    words = {"kind": form.kind, "text": form.cleaned_data["text"]}
    return words | belonging(place.subject, place.passage, place.paragraph)
