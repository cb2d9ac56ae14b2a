"""From the bottom up: a municipality offers what it has written, the region takes it up or says why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.strategy.services import locking
from andock.strategy.services.promotion import promote_element

from .. import offer_mail
from ..choices import OfferState
from ..models import Offer, Version
from ..offering import offerable
from ..queries import own_value, version_in_force
from ..rules import may_take_offers, may_work_on_strategy
from .storing import CannotChange, leave_trace, locked, locked_strategy
from .wording import clean

if TYPE_CHECKING:
    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition


@transaction.atomic
def offer(*, actor: User, version: Version, identity: UUID, field: str, reason: str) -> Offer:
    """Offer an own element or a wording of the version in force. Raises ``Denied`` or ``CannotChange``."""
    version = locked(version)
    may_work_on_strategy(actor, version.strategy.organisation).demand()
    strategy = locked_strategy(version.strategy)
    if version_in_force(strategy) != version:
        raise CannotChange(_("Only what is in force can be offered. Look at the version in force now."))
    found = next((one for one in offerable(version) if (one.identity, one.field) == (identity, field)), None)
    if found is None:
        raise CannotChange(_("This does not stand in the version in force."))
    if not clean(reason):
        raise CannotChange(_("Say in a sentence why others could use it."))
    if Offer.objects.filter(strategy=strategy, identity=identity, field=field, state=OfferState.OPEN).exists():
        raise CannotChange(_("This is offered already; the region has not answered yet."))
    made = Offer.objects.create(
        strategy=strategy, version=version, identity=identity, field=field, title=found.title, text=found.text,
        reason=clean(reason), offered_by=actor,
    )  # fmt: skip
    leave_trace(actor=actor, action="offered", version=version, element=str(identity))
    offer_mail.offered(made)
    return made


@transaction.atomic
def withdraw_offer(*, actor: User, offer: Offer) -> None:
    """Take it back while nobody has answered. Raises ``Denied`` or ``CannotChange``."""
    offer = _open(offer)
    may_work_on_strategy(actor, offer.strategy.organisation).demand()
    _close(offer, OfferState.WITHDRAWN)
    leave_trace(actor=actor, action="offer_withdrawn", version=offer.version, element=str(offer.identity))


@transaction.atomic
def decline_offer(*, actor: User, offer: Offer, answer: str) -> None:
    """Say no with a reason; the municipality reads it. Raises ``Denied`` or ``CannotChange``."""
    offer = _open(offer)
    may_take_offers(actor, offer.strategy.framework).demand()
    if not clean(answer):
        raise CannotChange(_("Say in a sentence why not. The municipality reads it."))
    offer.answer = clean(answer)
    _close(offer, OfferState.DECLINED)
    leave_trace(actor=actor, action="offer_declined", version=offer.version, element=str(offer.identity))
    offer_mail.answered(offer)


@transaction.atomic
def take_offer(*, actor: User, offer: Offer, edition: Edition, answer: str = "") -> None:
    """Take it up into a draft: an own element becomes one of the draft, a wording stands beside its passage there.

    Raises ``Denied`` or ``CannotChange``.
    """
    offer = _open(offer)
    may_take_offers(actor, offer.strategy.framework).demand()
    if edition.framework_id != offer.strategy.framework_id or edition.is_frozen:
        raise CannotChange(_("Choose a draft of the same framework."))
    if offer.is_own:
        _promote(actor, offer, edition)
    elif not edition.versions.filter(element=offer.identity).exists():
        raise CannotChange(_("The draft no longer has this passage. Choose another draft, or decline."))
    offer.edition, offer.answer = edition, clean(answer)
    _close(offer, OfferState.TAKEN)
    leave_trace(
        actor=actor, action="offer_taken", version=offer.version, element=str(offer.identity), edition=edition.ordinal
    )
    offer_mail.answered(offer)


def _promote(actor: User, offer: Offer, edition: Edition) -> None:
    part = offer.version.own_parts.get(identity=offer.identity)
    element = replace(own_value(part).element, parent=None)
    reason = _("Offered by %(name)s: %(reason)s") % {"name": _name(offer.strategy.organisation), "reason": offer.reason}
    try:
        promote_element(actor=actor, edition=edition, element=element, reason=reason)
    except locking.CannotChange as refusal:
        raise CannotChange(str(refusal)) from refusal


def _name(organisation: Organisation) -> str:
    return organisation.name


def _open(offer: Offer) -> Offer:
    """The offer as it is now, locked, if nobody has answered it yet. Raises ``CannotChange``."""
    found = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("strategy__organisation", "strategy__framework__owner", "version__strategy__organisation")
        .get(pk=offer.pk)
    )
    if found.state != OfferState.OPEN:
        raise CannotChange(_("This offer has been answered or withdrawn meanwhile."))
    return found


def _close(offer: Offer, state: str) -> None:
    offer.state, offer.answered_at = state, timezone.now()
    offer.save()
