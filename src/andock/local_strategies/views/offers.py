"""Offers to the region: the municipality's page and the agency's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andock.organisations.queries import organisation_by_address
from andock.strategy.queries import open_editions, the_framework

from .. import offering, queries, rules
from ..services import offers as service
from ..services.storing import CannotChange

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.strategy.models import Edition, Framework

    from ..models import LocalStrategy, Offer, Version
    from ..offering import Offerable

CONFLICT = 409
LONGEST_NUMBER = 9


@never_cache
@require_http_methods(["GET", "POST"])
def own_offers(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be offered of the version in force, and what became of earlier offers."""
    organisation = organisation_by_address(slug)
    if organisation is None:
        raise Http404
    rules.may_work_on_strategy(request.user, organisation).demand()
    strategy = queries.strategy_of(organisation)
    version = queries.version_in_force(strategy) if strategy else None
    problem = _acted(request, strategy, version) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect("local_strategies:own_offers", organisation.slug)
    made = list(offering.offers_of(strategy)) if strategy else []
    context = {
        "organisation": organisation, "version": version, "offers": made, "problem": problem,
        "things": _free(version, made) if version else [], "typed": request.POST,
    }  # fmt: skip
    return render(request, "local_strategies/offers/own.html", context, status=CONFLICT if problem else 200)


def _free(version: Version, made: list[Offer]) -> list[Offerable]:
    """What is not on offer already."""
    waiting = {(offer.identity, offer.field) for offer in made if offer.state == "open"}
    return [one for one in offering.offerable(version) if (one.identity, one.field) not in waiting]


def _acted(request: HttpRequest, strategy: LocalStrategy | None, version: Version | None) -> str:
    """Offer or withdraw; returns why not."""
    if strategy is None or version is None:
        return _("There is no version in force yet; there is nothing to offer.")
    try:
        if number := request.POST.get("withdraw", ""):
            service.withdraw_offer(actor=request.user, offer=_numbered(offering.offers_of(strategy), number))
            messages.success(request, _("The offer is withdrawn."))
        else:
            _offer(request, version)
            messages.success(request, _("Offered. The agency is told and will answer."))
    except CannotChange as refusal:
        return str(refusal)
    return ""


def _offer(request: HttpRequest, version: Version) -> None:
    identity, _slash, field = request.POST.get("thing", "").partition("/")
    found = next(
        (one for one in offering.offerable(version) if str(one.identity) == identity and one.field == field), None
    )
    if found is None:
        raise CannotChange(_("Choose what you offer."))
    reason = request.POST.get("reason", "")
    service.offer(actor=request.user, version=version, identity=found.identity, field=field, reason=reason)


@never_cache
@require_http_methods(["GET", "POST"])
def offers(request: HttpRequest) -> HttpResponse:
    """The agency's list: take up into a draft, or decline with a reason."""
    framework = the_framework()
    if framework is None:
        raise Http404
    rules.may_take_offers(request.user, framework).demand()
    problem, number = _decided(request) if request.method == "POST" else ("", "")
    if request.method == "POST" and not problem:
        return redirect("local_strategies:offers")
    found = list(offering.offers_to(framework))
    context: dict[str, Any] = {
        "framework": framework, "waiting": [offer for offer in found if offer.state == "open"],
        "answered": [offer for offer in found if offer.state != "open"], "drafts": open_editions(framework),
        "problem": problem, "number": number, "typed": request.POST,
    }  # fmt: skip
    return render(request, "local_strategies/offers/list.html", context, status=CONFLICT if problem else 200)


def _decided(request: HttpRequest) -> tuple[str, str]:
    """Take or decline; returns why not, and which offer it was about."""
    framework = the_framework()
    assert framework, "Asked before."
    number, answer = request.POST.get("offer", ""), request.POST.get("answer", "")
    offer = _numbered(offering.offers_to(framework), number)
    try:
        if request.POST.get("act") == "take":
            service.take_offer(actor=request.user, offer=offer, edition=_draft(request, framework), answer=answer)
            messages.success(request, _("Taken up into the draft; %s is told.") % offer.strategy.organisation)
        else:
            service.decline_offer(actor=request.user, offer=offer, answer=answer)
            messages.success(request, _("Declined; %s is told why.") % offer.strategy.organisation)
    except CannotChange as refusal:
        return str(refusal), number
    return "", number


def _draft(request: HttpRequest, framework: Framework) -> Edition:
    """The draft somebody chose. Raises ``CannotChange``."""
    drafts = {str(draft.ordinal): draft for draft in open_editions(framework)}
    draft = drafts.get(request.POST.get("draft", ""))
    if draft is None:
        raise CannotChange(_("Choose the draft it is taken up into. If there is none, begin one first."))
    return draft


def _numbered(offers: Any, number: str) -> Offer:
    is_number = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    return get_object_or_404(offers, pk=int(number) if is_number else 0)
