"""Offices of an organisation, as its own people keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.organisations.queries import term_keys

from .. import queries, rules
from ..models import Office
from .enquiries import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

FIELDS = ("name", "email", "phone", "asks")


class ChangedMeanwhile(Exception):
    """Somebody else saved in between; ``present`` is what stands there now."""

    def __init__(self, present: Any) -> None:
        super().__init__(_("Somebody else has changed this meanwhile. Compare both, then save again."))
        self.present = present


@transaction.atomic
def add(*, actor: User, organisation: Organisation, terms: Iterable[str], now: datetime, **fields: str) -> Office:
    """One more office. Raises ``Denied`` or ``Unfit``."""
    rules.may_keep_offices(actor, organisation).demand()
    return _save(actor, Office(organisation=organisation), terms, now, fields)


@transaction.atomic
def change(*, actor: User, office: Office, seen: str, terms: Iterable[str], now: datetime, **fields: str) -> Office:
    """Replace what it says. Raises ``Denied``, ``Unfit``, or ``ChangedMeanwhile`` so that nobody's text is lost."""
    rules.may_keep_offices(actor, office.organisation).demand()
    found = _locked(office)
    if seen != found.changed_at.isoformat():
        raise ChangedMeanwhile(found)
    return _save(actor, found, terms, now, fields)


@transaction.atomic
def remove(*, actor: User, office: Office) -> None:
    """It is no more. Raises ``Denied`` or ``Unfit``."""
    rules.may_keep_offices(actor, office.organisation).demand()
    found = _locked(office)
    record(actor=actor, action="colleagues.office_removed", thing=found, organisation=found.organisation)
    found.delete()


def _save(actor: User, office: Office, terms: Iterable[str], now: datetime, fields: dict[str, str]) -> Office:
    if queries.has_office_called(office.organisation, fields["name"], besides=office):
        raise Unfit(_("There is an office of this name already. Please change that one."))
    for name in FIELDS:
        setattr(office, name, fields[name])
    office.changed_at = now
    office.save()
    office.terms.set([term for key, term in term_keys().items() if key in set(terms)])
    record(
        actor=actor, action="colleagues.office_written", thing=office, organisation=office.organisation,
        after={**fields, "terms": sorted(terms)},
    )  # fmt: skip
    return office


def _locked(office: Office) -> Office:
    found = Office.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    row = found.filter(pk=office.pk).first()
    if row is None:
        raise Unfit(_("Somebody has removed this office meanwhile. Nothing was saved."))
    return row
