"""Who holds which role where; for the rules of all modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from andock.organisations.choices import Role
from andock.organisations.queries import organisations, the_region

from .models import Home, Invitation, Membership, User
from .rules import holds

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from andock.organisations.models import Organisation

    Actor = User | AnonymousUser


def roles_of(actor: Actor, organisation: Organisation, day: date | None = None) -> frozenset[str]:
    """The roles held in ``organisation`` on ``day`` (today if None)."""
    if not actor.is_authenticated:
        return frozenset()
    held = actor.memberships_on(day or timezone.localdate())
    return frozenset(membership.role for membership in held if membership.organisation_id == organisation.pk)


def homes_of(user: User) -> list[Home]:
    """Where the linked outside account says this person lives; more than one where it is not sure which of them."""
    return list(Home.objects.filter(user=user).select_related("municipality"))


def is_agency_editor(actor: Actor) -> bool:
    return holds(actor, {Role.AGENCY_EDITOR})


def organisations_of(actor: Actor, day: date) -> list[tuple[Organisation, list[Membership]]]:
    """The organisations a person works for on ``day``, with the roles held there."""
    if not actor.is_authenticated:
        return []
    held: dict[Organisation, list[Membership]] = {}
    for membership in actor.memberships_on(day):
        held.setdefault(membership.organisation, []).append(membership)
    return sorted(held.items(), key=lambda item: item[0].name)


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose people and trail ``actor`` may see: all for the agency, else one's own."""
    if is_agency_editor(actor):
        return organisations()
    if not actor.is_authenticated:
        return organisations().none()
    return organisations().filter(pk__in={held.organisation_id for held in actor.memberships_on(timezone.localdate())})


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Memberships of the organisations above and one's own."""
    if not actor.is_authenticated:
        return Membership.objects.none()
    return _memberships().filter(Q(organisation__in=organisations_visible_to(actor)) | Q(user=actor.pk))


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    return Invitation.objects.select_related("organisation", "invited_by").filter(
        organisation__in=organisations_visible_to(actor)
    )


def memberships_in(organisation: Organisation, day: date) -> QuerySet[Membership]:
    """Memberships that hold on ``day`` or begin later."""
    return _memberships().filter(Q(until__isnull=True) | Q(until__gt=day), organisation=organisation)


def past_memberships_in(organisation: Organisation, day: date) -> QuerySet[Membership]:
    """Memberships that are over on ``day``, the latest first."""
    return _memberships().filter(organisation=organisation, until__lte=day).order_by("-until")


def open_invitations_to(organisation: Organisation, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        organisation=organisation, accepted_at=None, revoked_at=None, expires_at__gt=now
    ).select_related("invited_by")


def organisations_without_releaser(day: date) -> QuerySet[Organisation]:
    """Municipalities where nobody may release on ``day``, and others that have people but no releaser."""
    releasers = Membership.objects.releasers_of(OuterRef("pk"), day)
    people = Membership.objects.holding_on(day).filter(organisation=OuterRef("pk"))
    found = organisations().filter(~Exists(releasers)).filter(Q(municipality__isnull=False) | Exists(people))
    return found.annotate(has_people=Exists(people)).order_by("-has_people", "name")


def colleagues_of(membership: Membership, day: date) -> QuerySet[User]:
    """The other people who work for the same organisation on ``day``."""
    there = Membership.objects.holding_on(day).filter(organisation=membership.organisation_id)
    return User.objects.filter(pk__in=there.values("user")).exclude(pk=membership.user_id).order_by("name", "email")


def addresses_of(organisation: Organisation, roles: Collection[str]) -> list[str]:
    """Where to write to the people who hold one of ``roles`` in an organisation today, deputies too."""
    return list(people_of(organisation, roles).values_list("email", flat=True))


def people_of(organisation: Organisation, roles: Collection[str]) -> QuerySet[User]:
    """The people who hold one of ``roles`` in an organisation today, deputies too."""
    held = Membership.objects.holding_on(timezone.localdate()).filter(organisation=organisation, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("email")


def has_account(email: str) -> bool:
    return User.objects.filter(email__iexact=email).exists()


def demo_accounts() -> QuerySet[User]:
    """The accounts demo mode has made."""
    return User.objects.filter(is_demo=True)


def agency() -> Organisation | None:
    """The organisation that runs the region's site."""
    region = the_region()
    return region.agency if region else None


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("user", "organisation", "deputy_of__user", "invited_by")
