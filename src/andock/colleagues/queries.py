"""Reads of enquiries, offices and groups."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from andock.accounts.queries import roles_of
from andock.events.queries import public_events
from andock.organisations.choices import Role
from andock.organisations.queries import gone_on, organisations

from .models import Contribution, Enquiry, Group, GroupMember, Office, Post

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.accounts.models import User
    from andock.events.models import Event
    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation

FIRST_REMINDER, SECOND_REMINDER = timedelta(days=7), timedelta(days=21)
"""So long after the question that is still without an answer."""
RANKS = (Role.AGENCY_EDITOR, Role.MUNICIPAL_RELEASER, Role.MUNICIPAL_EDITOR, Role.MODERATOR, Role.READER)


def role_of(actor: User, organisation: Organisation, among: Collection[str]) -> str:
    """By which of these roles somebody writes for an organisation: the one that may most."""
    held = roles_of(actor, organisation)
    return next(role for role in RANKS if role in among and role in held)


# --- enquiries --------------------------------------------------------------------------------------------------------
def enquiries_of(organisation: Organisation) -> QuerySet[Enquiry]:
    """What it asks and is asked, the latest first, with what a line shows."""
    found = Enquiry.objects.select_related("solution", "asking", "owner")
    return found.filter(Q(asking=organisation) | Q(owner=organisation))


def open_enquiries(organisation: Organisation) -> QuerySet[Enquiry]:
    return enquiries_of(organisation).filter(closed_at=None)


def closed_enquiries(organisation: Organisation) -> QuerySet[Enquiry]:
    return enquiries_of(organisation).exclude(closed_at=None).order_by("-closed_at", "pk")


def open_enquiry(solution: Solution, asking: Organisation) -> Enquiry | None:
    """The thread this organisation has about the card already."""
    return Enquiry.objects.filter(solution=solution, asking=asking, closed_at=None).first()


def contributions_to(enquiry: Enquiry) -> QuerySet[Contribution]:
    """What was written, in order."""
    return Contribution.objects.filter(enquiry=enquiry).select_related("organisation")


def contribution_with(key: UUID) -> Contribution | None:
    return Contribution.objects.filter(key=key).select_related("enquiry").first()


def asked_on(day: date, organisation: Organisation) -> int:
    """How many enquiries it has begun on a day."""
    return Enquiry.objects.filter(asking=organisation, opened_at__date=day).count()


def owed_answers(organisations: Iterable[Organisation]) -> dict[int, int]:
    """How many questions wait for an answer of each, by its id; who owes none is left out."""
    owners = Enquiry.objects.filter(owner__in=list(organisations), waits_since__isnull=False)
    found: dict[int, int] = {}
    for owner in owners.values_list("owner", flat=True):
        found[owner] = found.get(owner, 0) + 1
    return found


def enquiries_to_remind_of(now: datetime) -> QuerySet[Enquiry]:
    """Questions without an answer for a week of which nobody was reminded, and for three weeks not since then."""
    late = F("waits_since") + SECOND_REMINDER
    once = Q(waits_since__lte=now - FIRST_REMINDER, reminded_at=None)
    again = Q(waits_since__lte=now - SECOND_REMINDER, reminded_at__lt=late)
    return Enquiry.objects.filter(once | again).select_related("solution", "asking", "owner").order_by("pk")


# --- offices ----------------------------------------------------------------------------------------------------------
def all_offices() -> QuerySet[Office]:
    """Every office with its topics, by name."""
    return Office.objects.select_related("organisation").prefetch_related("terms").order_by("name")


def offices_of(organisation: Organisation) -> QuerySet[Office]:
    return all_offices().filter(organisation=organisation)


def has_office_called(organisation: Organisation, name: str, besides: Office) -> bool:
    return Office.objects.filter(organisation=organisation, name=name).exclude(pk=besides.pk).exists()


def listed_organisations(today: date, agency: Organisation | None) -> QuerySet[Organisation]:
    """Today's municipalities, the agency, and whoever else names an office; with what each says about itself."""
    names = ~Q(profile__contact_office="") | ~Q(profile__contact_email="") | ~Q(profile__contact_phone="")
    listed = (
        Q(municipality__isnull=False)
        | Q(pk=agency.pk if agency else None)
        | Q(pk__in=Office.objects.values("organisation"))
        | Q(profile__isnull=False) & names
    )
    found = organisations().filter(listed).exclude(pk__in=gone_on(today))
    return found.select_related("profile").prefetch_related("profile__terms")


# --- groups -----------------------------------------------------------------------------------------------------------
def groups() -> QuerySet[Group]:
    """All groups by title, with how many take part."""
    found = Group.objects.select_related("organisation")
    return found.annotate(members=Count("memberships", filter=Q(memberships__left_on=None))).order_by("title", "pk")


def groups_by_member() -> dict[int, list[Group]]:
    """The groups in which each organisation takes part, by its id."""
    found: dict[int, list[Group]] = {}
    members = GroupMember.objects.filter(left_on=None).select_related("group")
    for member in members.order_by("group__title", "group"):
        found.setdefault(member.organisation_id, []).append(member.group)
    return found


def groups_seen_by(organisation: Organisation) -> QuerySet[Group]:
    """All groups; ``is_own`` says whether it takes part."""
    own = GroupMember.objects.filter(group=OuterRef("pk"), organisation=organisation, left_on=None)
    return groups().annotate(is_own=Exists(own))


def group_at(slug: str) -> Group | None:
    return groups().prefetch_related("terms").filter(slug=slug).first()


def members_of(group: Group) -> QuerySet[GroupMember]:
    """Who takes part, by name."""
    found = GroupMember.objects.filter(group=group, left_on=None).select_related("organisation")
    return found.order_by("organisation__name")


def meetings_of(group: Group) -> QuerySet[Event]:
    """The public events at which it meets."""
    return public_events().filter(pk__in=Group.events.through.objects.filter(group=group).values("event"))


def meeting_slugs(group: Group) -> list[str]:
    return list(meetings_of(group).order_by("slug").values_list("slug", flat=True))


def taken_group_slugs() -> set[str]:
    return set(Group.objects.values_list("slug", flat=True))


def posts_of(group: Group) -> QuerySet[Post]:
    """What was written, the latest first, each with its answers in order; what is deleted only where it was answered."""
    answers = _posts().filter(deleted_at=None).order_by("written_at", "pk")
    live = Post.objects.filter(answers_to=OuterRef("pk"), deleted_at=None)
    found = _posts().filter(group=group, answers_to=None).filter(Q(deleted_at=None) | Exists(live))
    return found.prefetch_related(Prefetch("answers", answers)).order_by("-written_at", "-pk")


def post_in(group: Group, post_id: int) -> Post | None:
    return _posts().filter(group=group, pk=post_id).first()


def post_with(key: UUID) -> Post | None:
    return Post.objects.filter(key=key).first()


def posts_on(now: datetime, group: Group) -> int:
    """How many were written on this day."""
    return Post.objects.filter(group=group, written_at__date=timezone.localdate(now)).count()


def _posts() -> QuerySet[Post]:
    return Post.objects.select_related("organisation", "solution", "group__organisation")
