"""Keeping the register of organisations: new names and addresses, and who follows whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.dates import parse_date
from andock.kernel.pagecache.versions import SITE, bump, public_transaction
from andock.kernel.text import slugify

from .. import rules
from ..models import FormerSlug, Organisation, Succession

if TYPE_CHECKING:
    from andock.accounts.models import User


@public_transaction()
def rename_organisation(
    *, actor: User | None, organisation: Organisation, name: str, slug: str = "", reason: str = ""
) -> Organisation:
    """Give a new name and the address that follows from it (or ``slug``); the old address leads here for ever.

    ``actor`` is None for the command line. Raises ``Denied``, or ``ValidationError`` for an empty name or an
    address that another organisation has or once had.
    """
    if actor:
        rules.may_keep_register(actor).demand()
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = {"name": organisation.name, "slug": organisation.slug}
    organisation.name = name.strip()
    move_address(organisation, slug or slugify(name))
    organisation.full_clean()
    organisation.save()
    after = {"name": organisation.name, "slug": organisation.slug}
    record(
        actor=actor, action="organisations.renamed", thing=organisation, organisation=organisation,
        before=before, after=after, reason=reason, data={"from": before["slug"], "to": after["slug"]},
    )  # fmt: skip
    bump("organisations", "strategy", SITE)
    return organisation


def move_address(organisation: Organisation, slug: str) -> None:
    """Set the address and keep the old one as a former one; the caller saves the organisation.

    Raises ``ValidationError`` where the address belongs, or once belonged, to another organisation.
    """
    if slug == organisation.slug:
        return
    validate_slug(slug)
    taken = Organisation.objects.filter(slug=slug).first()
    former = FormerSlug.objects.select_related("organisation").filter(slug=slug).first()
    if owner := taken or (former and former.organisation_id != organisation.pk and former.organisation):
        raise ValidationError(
            _("The address “%(slug)s” leads to %(owner)s and keeps doing so. Choose another one.")
            % {"slug": slug, "owner": owner}
        )
    if former:
        former.delete()
    FormerSlug.objects.create(slug=organisation.slug, organisation=organisation)
    organisation.slug = slug


@public_transaction()
def record_succession(
    *, actor: User | None, predecessor: Organisation, successor: Organisation, kind: str, date: str, source: str = ""
) -> Succession:
    """Write down that ``successor`` follows ``predecessor`` from a date on (EDTF); both keep their history.

    ``actor`` is None for the command line. Raises ``Denied``; ``ValidationError`` where the date is no date, the
    act is already recorded, or it would lead round in a circle.
    """
    if actor:
        rules.may_keep_register(actor).demand()
    try:
        effective_on = parse_date(date).latest
    except ValueError as error:
        raise ValidationError(str(error)) from error
    _refuse_circle(predecessor, successor)
    succession = Succession(
        predecessor=predecessor, successor=successor, kind=kind, date_text=date.strip(), effective_on=effective_on,
        source=source,
    )  # fmt: skip
    succession.full_clean()
    succession.save()
    for organisation in (predecessor, successor):
        record(
            actor=actor, action="organisations.succeeded", thing=succession, organisation=organisation,
            data={"predecessor": predecessor.slug, "successor": successor.slug, "kind": kind, "date": date.strip()},
        )  # fmt: skip
    bump("organisations", "strategy", SITE)
    return succession


def _refuse_circle(predecessor: Organisation, successor: Organisation) -> None:
    """An organisation can't follow itself, nor one that follows it."""
    followers, later = {successor.pk}, {successor.pk}
    while later:
        found = Succession.objects.filter(predecessor__in=later).values_list("successor", flat=True)
        later = set(found) - followers
        followers |= later
    if predecessor.pk in followers:
        raise ValidationError(
            _("%(first)s can't be followed by %(second)s: it follows it already, or is the same.")
            % {"first": predecessor, "second": successor}
        )
