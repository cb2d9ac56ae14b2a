"""Keeping the register of organisations: new names and addresses, and who follows whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.dates import parse_date
from andock.kernel.jobs import enqueue
from andock.kernel.pagecache.versions import SITE, bump, public_transaction
from andock.kernel.text import slugify
from andock.search.services import renew

from .. import rules
from ..choices import OrganisationKind
from ..models import FormerSlug, Organisation, Succession

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

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
    after = {"name": organisation.name, "slug": organisation.slug}
    if after == before:
        return organisation
    organisation.full_clean()
    organisation.save()
    record(
        actor=actor, action="organisations.renamed", thing=organisation, organisation=organisation,
        before=before, after=after, reason=reason, data={"from": before["slug"], "to": after["slug"]},
    )  # fmt: skip
    bump("organisations", "strategy", SITE)
    renew("organisations", str(organisation.pk))
    enqueue("search.build")  # its name and address stand in what others have written
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
def record_successions(
    *, actor: User | None, predecessors: Iterable[Organisation], successor: Organisation, kind: str, date: str,
    source: str = "",
) -> list[Succession]:  # fmt: skip
    """Write down that ``successor`` follows each of them; returns the acts that were not recorded before.

    Raises as ``record_succession`` does.
    """
    predecessors = list(predecessors)
    everybody = {successor.pk, *(predecessor.pk for predecessor in predecessors)}
    list(Organisation.objects.select_for_update().filter(pk__in=everybody).order_by("pk"))  # one act at a time
    return [
        record_succession(
            actor=actor, predecessor=predecessor, successor=successor, kind=kind, date=date, source=source
        )
        for predecessor in predecessors
        if not Succession.objects.filter(
            predecessor=predecessor, successor=successor, kind=kind, date_text=date.strip()
        ).exists()
    ]


@public_transaction()
def record_succession(
    *, actor: User | None, predecessor: Organisation, successor: Organisation, kind: str, date: str, source: str = ""
) -> Succession:
    """Write down that ``successor`` follows ``predecessor`` from a date on (EDTF); both keep their history.

    ``actor`` is None for the command line. Raises ``Denied``; ``ValidationError`` where the date is no date, the
    act is already recorded, would lead round in a circle, or contradicts what is recorded.
    """
    if actor:
        rules.may_keep_register(actor).demand()
    try:
        effective_on = parse_date(date).latest
    except ValueError as error:
        raise ValidationError(str(error)) from error
    _refuse_circle(predecessor, successor)
    _refuse_other_kind(predecessor, successor)
    _refuse_gone(predecessor, successor, effective_on)
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


def _refuse_other_kind(predecessor: Organisation, successor: Organisation) -> None:
    """Municipalities are counted, so only a municipality can take the place of one."""
    kinds = {predecessor.kind, successor.kind}
    if OrganisationKind.MUNICIPALITY in kinds and len(kinds) > 1:
        raise ValidationError(
            _("A municipality can only follow a municipality; %(first)s and %(second)s are of different kinds.")
            % {"first": predecessor, "second": successor}
        )


def _refuse_gone(predecessor: Organisation, successor: Organisation, day: dt.date) -> None:
    """Who was followed on another day is no more and can't be followed again, nor follow."""
    recorded = Succession.objects.select_related("predecessor", "successor")
    contrary = (
        recorded.filter(predecessor=predecessor, successor=successor).first()
        or recorded.filter(predecessor=predecessor).exclude(effective_on=day).first()
        or recorded.filter(predecessor=successor, effective_on__lte=day).first()
    )
    if contrary:
        raise ValidationError(
            _(
                "It is recorded that %(name)s is followed by %(successor)s (%(kind)s, %(date)s). This act contradicts it."
            )
            % {
                "name": contrary.predecessor,
                "successor": contrary.successor,
                "kind": contrary.get_kind_display(),
                "date": contrary.date,
            }
        )
