"""Reads of events and registrations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Sum, When
from django.db.models.functions import Coalesce

from andock.organisations.queries import organisations, terms
from andock.strategy.queries import valid_versions

from .choices import ACTIVE, HOLDING, PUBLIC_STATES, Attendance, Door, EventState, Origin, RegistrationState, Room
from .models import Allotment, Document, Event, EventMessage, Question, Registration, Reminder, Series

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.organisations.models import Organisation, Term
    from andock.strategy.models import Edition, ElementVersion

CALENDAR_KEEPS = timedelta(days=365)
FEW = 5
FEW_SHARE = 10
"""Few seats are left when at most five, or at most a tenth of them, are free."""
UNCONFIRMED_KEPT = timedelta(days=7)
"""How long a registration stays whose address was never confirmed."""
CROWD = 10
CROWD_WITHIN = timedelta(minutes=10)
"""From one place on the network so many unconfirmed registrations hold seats; one more needs work or a confirmation."""


def public_events() -> QuerySet[Event]:
    """What everybody may read, with what a line in a list shows."""
    return Event.objects.filter(state__in=PUBLIC_STATES).select_related("organisation", "municipality", "series")


def searched_events() -> QuerySet[Event]:
    """What everybody may read, with all the words it is found by."""
    found = public_events().select_related("organisation", "municipality", "series")
    return found.prefetch_related("programme", "terms")


def event_at(slug: str) -> Event | None:
    """The event with this address, public or not, with its seats and what its page shows."""
    found = Event.objects.select_related("organisation", "municipality", "series", "edition__framework")
    related = ("allotments", "programme", "documents", "partners", "terms")
    return found.prefetch_related(*related).filter(slug=slug).first()


def coming(events: QuerySet[Event], today: date) -> QuerySet[Event]:
    """Those that are not over on ``today``, the next first."""
    return events.filter(last_day__gte=today).order_by("first_day", F("starts_at").asc(nulls_first=True), "title", "pk")


def past(events: QuerySet[Event], today: date) -> QuerySet[Event]:
    """Those that were over before ``today``, the latest first."""
    order = ("-first_day", F("starts_at").desc(nulls_last=True), "title", "pk")
    return events.filter(last_day__lt=today).order_by(*order)


def nearest(events: QuerySet[Event], today: date) -> QuerySet[Event]:
    """Those that come, the next first; then those that are over, the latest first."""
    next_day = Case(When(last_day__gte=today, then=F("first_day")))
    return events.order_by(next_day.asc(nulls_last=True), "-last_day", F("starts_at").asc(nulls_first=True), "title")


def in_days(events: QuerySet[Event], first: date, last: date) -> QuerySet[Event]:
    """Those that can touch these days, in order."""
    found = events.filter(first_day__lte=last, last_day__gte=first)
    return found.order_by("first_day", F("starts_at").asc(nulls_first=True), "title", "pk")


def extent(events: QuerySet[Event]) -> tuple[date | None, date | None]:
    """The first and the last day that any of them touches."""
    found = events.aggregate(first=Min("first_day"), last=Max("last_day"))
    return found["first"], found["last"]


def with_seats(events: QuerySet[Event]) -> QuerySet[Event]:
    """With what tells how full they are, in one more query."""
    return events.prefetch_related("allotments")


def events_carrying(events: QuerySet[Event], carried: Iterable[Term]) -> QuerySet[Event]:
    """Those that carry any of the terms."""
    return events.filter(terms__in=list(carried)).distinct()


def events_about(element_id: UUID) -> QuerySet[Event]:
    """The public events that deal with a passage of the strategy."""
    return public_events().filter(elements=element_id)


def coming_about(identities: Iterable[UUID], today: date) -> list[tuple[str, Event]]:
    """The published events that are not over on ``today``, each with a passage it deals with, the next first."""
    events = Event.objects.filter(elements__in=list(identities), state=EventState.PUBLISHED)
    return [(str(event.about), event) for event in coming(events, today).annotate(about=F("elements"))]


def events_presenting(edition: Edition) -> QuerySet[Event]:
    """The public events at which an edition is presented."""
    return public_events().filter(edition=edition.pk)


def elements_of(event: Event) -> list[ElementVersion]:
    """The passages an event deals with, with number and title as they are in force, in reading order."""
    found = valid_versions(event.elements.values_list("pk", flat=True))
    return sorted(found.values(), key=lambda version: (-version.edition.ordinal, version.position))


def places_of_events() -> QuerySet[Organisation]:
    """The municipalities in which public events take place, by name."""
    return organisations().filter(pk__in=public_events().values("municipality")).order_by("name")


def terms_of_events() -> QuerySet[Term]:
    """The region's terms that public events carry."""
    return terms().filter(pk__in=public_events().values("terms"))


def public_series() -> QuerySet[Series]:
    """The series that have a public event."""
    return Series.objects.filter(pk__in=public_events().values("series")).select_related("organisation")


def all_series() -> QuerySet[Series]:
    """Every series, with public events or without."""
    return Series.objects.all()


def public_document(slug: str, number: int) -> Document | None:
    """A file that belongs to a public event."""
    found = Document.objects.filter(event__slug=slug, event__state__in=PUBLIC_STATES).exclude(file="")
    return found.filter(pk=number).first()


def events_of(organisation: Organisation) -> QuerySet[Event]:
    """All events of an organisation, drafts too, the latest first."""
    return Event.objects.filter(organisation=organisation).select_related("series").order_by("-first_day", "-starts_at")


def desk_events(organisation: Organisation) -> QuerySet[Event]:
    """As ``events_of``, with their seats for a line each."""
    return events_of(organisation).select_related("organisation", "series").prefetch_related("allotments")


def own_event(organisation: Organisation, slug: str) -> Event | None:
    """The event of an organisation with this address, whatever its state, with what its desk shows."""
    found = Event.objects.select_related("organisation", "municipality", "series", "edition")
    return found.prefetch_related("allotments", "reminders").filter(organisation=organisation, slug=slug).first()


def whole_events(organisation: Organisation) -> QuerySet[Event]:
    """All events of an organisation with all that belongs to them but people, in the order in which they are read."""
    found = Event.objects.filter(organisation=organisation).order_by("first_day", "starts_at", "slug")
    alone = ("organisation", "municipality", "partners")
    keys = [f"{one}__{key}" for one in alone for key in ("municipality", "as_district")]
    rows = ("allotments", "reminders", "questions", "programme", "documents", "terms", "elements", "partners")
    return found.select_related("series", "edition", *keys[:4]).prefetch_related(*rows, *keys[4:])


def counted_registrations(event: Event) -> dict[str, int]:
    """How many registrations count: those with a confirmed address who come, those who wait, and those not confirmed."""
    rows = Registration.objects.filter(event=event, state__in=ACTIVE)
    unconfirmed = Q(confirmed_at=None, origin=Origin.ONLINE)
    waiting = Q(state=RegistrationState.WAITING) & ~unconfirmed
    return rows.aggregate(
        coming=Count("pk", filter=~unconfirmed & ~Q(state=RegistrationState.WAITING)),
        waiting=Count("pk", filter=waiting),
        unconfirmed=Count("pk", filter=unconfirmed),
    )


def series_of(organisation: Organisation) -> QuerySet[Series]:
    """The series an organisation keeps, by title."""
    return Series.objects.filter(organisation=organisation)


def events_in(events: QuerySet[Event], organisation: Organisation) -> QuerySet[Event]:
    """Those a municipality or other organisation holds, shares or houses."""
    return events.filter(
        Q(organisation=organisation) | Q(municipality=organisation) | Q(partners=organisation)
    ).distinct()


def allotments_of(event: Event) -> list[Allotment]:
    """The seats by way to attend, those on site first."""
    found = {allotment.attendance: allotment for allotment in event.allotments.all()}
    return [found[attendance] for attendance in Attendance if attendance in found]


def ways_to_attend(slug: str) -> list[Allotment]:
    """The ways to attend a public event people register for here, those on site first, each with the event.

    Also of one for which registration rests (``Event.rests``): the page of the form then says why.
    """
    rests = Q(event__door=Door.NONE, event__starts_at=None, event__closes_at__isnull=False) & ~Q(
        event__postponed_from=""
    )
    here = Q(event__door=Door.HERE) | rests
    found = Allotment.objects.filter(here, event__slug=slug, event__state__in=PUBLIC_STATES)
    return list(found.select_related("event__organisation").order_by("-attendance"))


def series_at_once(slug: str) -> Series | None:
    """A series people may register for as a whole."""
    return Series.objects.filter(slug=slug, at_once=True).first()


def open_events(series: Series, now: datetime) -> list[Event]:
    """The dates of a series one can register for now, the next first, with their seats."""
    found = Event.objects.filter(series=series, state=EventState.PUBLISHED, door=Door.HERE, starts_at__gt=now)
    found = found.exclude(opens_at__gt=now).exclude(closes_at__lte=now).order_by("starts_at")
    return list(found.select_related("organisation").prefetch_related("allotments"))


def room_of(allotment: Allotment) -> Room:
    """How full it is, in the steps the public sees. ``allotment.event`` must be at hand."""
    free = allotment.free
    if free is None:
        return Room.FREE
    if free <= 0 or allotment.waiting:
        return Room.WAITING_LIST if allotment.event.has_waiting_list else Room.FULL
    return Room.FEW if free <= max(FEW, (allotment.capacity or 0) // FEW_SHARE) else Room.FREE


def offer_ends_at(event: Event, now: datetime) -> datetime | None:
    """Until when a seat offered now is kept; None where the event is too near to wait for a yes."""
    until = now + timedelta(hours=event.offer_hours)
    return until if event.starts_at and until < event.starts_at else None


def registrations_of(event: Event) -> QuerySet[Registration]:
    """Everybody who registered, in the order in which they did."""
    return Registration.objects.filter(event=event).select_related("allotment")


def known_registrations(event: Event, email_key: str, request_key: UUID | None, since: datetime) -> list[Registration]:
    """What was registered with this address, here or after ``since`` anywhere, or by the same request."""
    wanted = Q(email_key=email_key, event=event) | Q(email_key=email_key, created_at__gte=since)
    found = Registration.objects.filter(wanted | Q(request_key=request_key) if request_key else wanted)
    return list(found) if found.exists() else []  # mostly there is nobody, and asking for that alone is cheaper


def active_registration(event: Event, email_key: str) -> Registration | None:
    """The one registration under this address that counts, if there is one."""
    return Registration.objects.filter(event=event, email_key=email_key, state__in=ACTIVE).first()


def is_crowd(allotment: Allotment, origin_hash: str, now: datetime) -> bool:
    """Whether so many unconfirmed registrations came from one place just now that one more must not hold a seat.

    Asks only where there are seats to hold. ``allotment.event`` must be at hand.
    """
    if allotment.free is None or allotment.free <= 0 or allotment.waiting:
        return False
    found = Registration.objects.filter(
        event=allotment.event, origin_hash=origin_hash, created_at__gte=now - CROWD_WITHIN, confirmed_at__isnull=True
    )
    return found[:CROWD].count() >= CROWD


def registration_by_id(registration_id: UUID) -> Registration | None:
    """With its event, its way to attend and what was agreed to."""
    found = Registration.objects.select_related("event__organisation", "allotment", "consent")
    return found.filter(pk=registration_id).first()


def filled_in_together(registration: Registration) -> QuerySet[Registration]:
    """The other registrations of the same form, by date: those for further events of a series."""
    others = Registration.objects.filter(group=registration.group).exclude(pk=registration.pk)
    found = others if registration.group else others.none()
    return found.select_related("event", "allotment").order_by("event__starts_at")


def waiting_before(registration: Registration) -> int:
    """How many stand before this one on the waiting list."""
    waiting = Registration.objects.filter(allotment=registration.allotment_id, state=RegistrationState.WAITING)
    return waiting.filter(ticket__lt=registration.ticket).count()


def questions_of(events: Collection[Event]) -> list[Question]:
    """The organiser's own questions, in their order."""
    return list(Question.objects.filter(event__in=events).order_by("event", "position", "pk"))


def due_to_expire(now: datetime) -> QuerySet[Registration]:
    """Holds and offers whose time is over."""
    return Registration.objects.filter(expires_at__lte=now)


def registration(registration_id: UUID | str) -> Registration | None:
    """With all that a mail about it says."""
    return Registration.objects.select_related("event__organisation", "allotment").filter(pk=registration_id).first()


def known(event: Event, states: Iterable[str], until: datetime) -> QuerySet[Registration]:
    """Those in one of the states whose address was known at ``until``: confirmed, or entered by the organiser."""
    found = Registration.objects.filter(event=event, state__in=list(states)).exclude(email="")
    online = Q(origin=Origin.ONLINE, confirmed_at__lte=until)
    return found.filter(online | (~Q(origin=Origin.ONLINE) & Q(created_at__lte=until)))


def messages_of(event: Event) -> QuerySet[EventMessage]:
    """What the organiser wrote to those who registered, the latest first."""
    return EventMessage.objects.filter(event=event).select_related("written_by")


def calendar_events(today: date) -> QuerySet[Event]:
    """What a calendar to subscribe to holds: what is to come and what was in the last year, in their order."""
    return public_events().filter(last_day__gte=today - CALENDAR_KEEPS).order_by("first_day", "starts_at", "title")


def events_to_remind_of(now: datetime) -> QuerySet[Event]:
    """Published events to come with a reminder that is not done, whether its time has come or not."""
    undone = Reminder.objects.filter(done_at__isnull=True).values("event")
    return Event.objects.filter(state=EventState.PUBLISHED, starts_at__gt=now, pk__in=undone)


def with_personal_data(before: date) -> QuerySet[Event]:
    """Events that ended before a day and of whose participants something personal is still kept."""
    held = Registration.objects.filter(event=OuterRef("pk"), anonymised_at__isnull=True)
    return Event.objects.filter(Exists(held), last_day__lt=before).select_related("organisation")


def with_needs(before: date) -> QuerySet[Event]:
    """Events that ended before a day and of whose participants needs are still kept."""
    held = Registration.objects.exclude(access_needs="", catering_needs="").filter(event=OuterRef("pk"))
    return Event.objects.filter(Exists(held), last_day__lt=before).select_related("organisation")


def never_confirmed(now: datetime) -> QuerySet[Registration]:
    """Registrations from the website that ended long ago without their address being confirmed."""
    ended = Registration.objects.filter(confirmed_at__isnull=True, origin=Origin.ONLINE).exclude(state__in=ACTIVE)
    return ended.filter(changed_at__lt=now - UNCONFIRMED_KEPT)


def miscounted() -> list[Allotment]:
    """Allotments whose counters differ from what the registrations say."""
    held = Coalesce(Sum("registrations__seats", filter=Q(registrations__state__in=HOLDING)), 0)
    waiting = Count("registrations", filter=Q(registrations__state=RegistrationState.WAITING))
    counted = Allotment.objects.annotate(held=held, in_line=waiting).exclude(taken=F("held"), waiting=F("in_line"))
    return list(counted.select_related("event"))
