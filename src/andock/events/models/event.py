"""What takes place: events, their programme and documents, and the series they belong to."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import PartialDate, parse_date

from ..choices import RESERVED_SLUGS, WITHOUT_REGISTRATION, DocumentKind, Door, EventKind, EventState, Format, StepFree

if TYPE_CHECKING:
    from datetime import date, datetime


LENGTH = timedelta(hours=2)
"""How long an event lasts of which only the beginning is known."""
NEEDS_DAYS = 7
"""Days after the event on which needs of accessibility and catering are deleted, or earlier with the rest."""


class Series(models.Model):
    """Events that belong together, such as the evenings of one course."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("description"), blank=True)
    at_once = models.BooleanField(_("people may register for the whole series at once"), default=False)

    class Meta:
        ordering = ("title",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class Event(models.Model):
    """A date that people may know of, and mostly come to.

    Its time is known to the minute (``starts_at``) or only as a partial date (``date_text``, ``end_text``: EDTF, see
    ``kernel.dates``). ``first_day`` and ``last_day`` are the days it can touch, for lists. ``id`` is its identity in
    calendars, ``sequence`` their counter (RFC 5545, 3.8.7.4). ``organisation`` keeps it; ``host`` names who holds it if
    that is somebody else. ``online_url`` is for confirmed people only. ``verified`` is false where ``note`` says what
    about it no source documents.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name in addresses"), max_length=90, unique=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("organiser"), on_delete=models.PROTECT, related_name="+"
    )
    host = models.CharField(_("held by"), max_length=200, blank=True)
    partners: models.ManyToManyField = models.ManyToManyField(
        "organisations.Organisation", verbose_name=_("together with"), blank=True, related_name="+"
    )
    municipality = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("municipality"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    series = models.ForeignKey(
        Series, verbose_name=_("series"), on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    state = models.CharField(_("state"), max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices, default=Format.ON_SITE)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    text = models.TextField(_("description"), blank=True)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    date_text = models.CharField(_("date, if no time is known"), max_length=40, blank=True)
    end_text = models.CharField(_("last day, if there are several"), max_length=40, blank=True)
    first_day = models.DateField(editable=False)
    last_day = models.DateField(editable=False, db_index=True)
    postponed_from = models.CharField(_("was planned for"), max_length=120, blank=True)
    venue = models.CharField(_("place"), max_length=200, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    step_free = models.CharField(_("access to the venue"), max_length=10, choices=StepFree.choices, blank=True)
    sign_language = models.BooleanField(_("with sign language interpretation"), default=False)
    access_note = models.TextField(_("more on accessibility"), blank=True)
    online_url = models.URLField(_("link to the online room"), max_length=500, blank=True)
    terms: models.ManyToManyField = models.ManyToManyField(
        "organisations.Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    elements: models.ManyToManyField = models.ManyToManyField(
        "strategy.Element", verbose_name=_("passages of the strategy"), blank=True, related_name="+"
    )
    edition = models.ForeignKey(
        "strategy.Edition", verbose_name=_("presents the edition"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    without_technology = models.BooleanField(_("works without technology"), default=False)
    contact_office = models.CharField(_("office that answers questions"), max_length=200, blank=True)
    contact_email = models.EmailField(_("office mailbox"), max_length=254, blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    verified = models.BooleanField(_("verified"), default=True)
    note = models.TextField(_("note"), blank=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    reason = models.CharField(_("why cancelled or postponed"), max_length=400, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    door = models.CharField(_("registration"), max_length=10, choices=Door.choices, default=Door.NONE)
    door_url = models.URLField(_("address of the other website"), max_length=500, blank=True)
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    needs_approval = models.BooleanField(_("we accept each registration ourselves"), default=False)
    has_waiting_list = models.BooleanField(_("with a waiting list"), default=True)
    offer_hours = models.PositiveSmallIntegerField(_("hours an offered seat is kept"), default=48)
    seats_each = models.PositiveSmallIntegerField(_("seats one person may take"), default=1)
    asks_access = models.BooleanField(_("ask for needs of accessibility"), default=True)
    asks_catering = models.BooleanField(_("ask for needs of catering"), default=False)
    is_recorded = models.BooleanField(_("the event is recorded"), default=False)
    keep_days = models.PositiveSmallIntegerField(_("days personal data are kept afterwards"), default=90)

    class Meta:
        ordering = ("first_day", "starts_at", "title")
        indexes = [models.Index(fields=["state", "last_day"], name="event_coming")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="event_slug_not_reserved"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False, date_text="", end_text="")
                | (Q(starts_at__isnull=True, ends_at__isnull=True) & ~Q(date_text="")),
                name="event_one_kind_of_date",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="event_ends_later"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="event_days_in_order"),
            models.CheckConstraint(
                condition=~Q(door=Door.HERE)
                | (Q(starts_at__isnull=False) & ~Q(kind__in=sorted(WITHOUT_REGISTRATION)) & ~Q(format=Format.UNKNOWN)),
                name="event_registration_needs_a_time",
            ),
            models.CheckConstraint(condition=~Q(door=Door.ELSEWHERE) | ~Q(door_url=""), name="event_other_door_named"),
            models.CheckConstraint(condition=Q(seats_each__range=(1, 10)), name="event_seats_each_bounded"),
            models.CheckConstraint(condition=Q(keep_days__range=(1, 730)), name="event_keep_days_bounded"),
            models.CheckConstraint(condition=Q(offer_hours__range=(1, 336)), name="event_offer_bounded"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def partial_date(self) -> PartialDate | None:
        """The date where no time is known, else None."""
        return parse_date(self.date_text) if self.date_text else None

    @property
    def partial_end(self) -> PartialDate | None:
        return parse_date(self.end_text) if self.end_text else None

    @property
    def end(self) -> datetime | None:
        """When it is over, as far as is known (``LENGTH``). None without a time."""
        if self.starts_at is None:
            return None
        return self.ends_at or self.starts_at + LENGTH

    def is_over(self, now: datetime) -> bool:
        return self.end < now if self.end else self.last_day < timezone.localdate(now)

    def is_coming(self, now: datetime) -> bool:
        """Whether it is published, not cancelled, and has not begun."""
        return self.state == EventState.PUBLISHED and self.starts_at is not None and self.starts_at > now

    @property
    def rests(self) -> bool:
        """Whether registration is closed only until the new time is known (``services.publishing.postpone``).

        The tables let nobody register without a time; ``closes_at`` is when it closed for that reason.
        """
        is_open_date = self.starts_at is None and self.door == Door.NONE and self.state == EventState.PUBLISHED
        return is_open_date and self.closes_at is not None and self.postponed_from != ""

    @property
    def forgets_on(self) -> date:
        """The day on which the personal data of those who registered are deleted."""
        return self.last_day + timedelta(days=self.keep_days)

    @property
    def forgets_needs_on(self) -> date:
        """The day on which their needs of accessibility and catering are deleted."""
        return self.last_day + timedelta(days=min(NEEDS_DAYS, self.keep_days))

    @property
    def is_public(self) -> bool:
        return self.state != EventState.DRAFT

    @property
    def scope(self) -> str:
        """What the page cache calls this event's own page."""
        return f"event:{self.slug}"

    def days(self) -> tuple[date, date]:
        """The first and the last day it can touch."""
        if self.starts_at:
            end = self.ends_at or self.starts_at
            return timezone.localdate(self.starts_at), timezone.localdate(end)
        first, last = parse_date(self.date_text), parse_date(self.end_text or self.date_text)
        return first.earliest or first.latest, last.latest


class ProgrammeItem(models.Model):
    """A point of the programme. Speakers are named because they speak in public."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField(default=0)
    at = models.TimeField(_("time"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    speakers = models.CharField(_("who speaks"), max_length=300, blank=True)
    text = models.TextField(_("more"), blank=True)

    class Meta:
        ordering = ("event", "position", "pk")

    def __str__(self) -> str:
        return self.title


def document_path(document: Document, name: str) -> str:
    return f"events/{document.event_id}/{uuid.uuid4().hex}.pdf"


class Document(models.Model):
    """A PDF or a link that belongs to an event; slides and minutes come afterwards."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("PDF"), upload_to=document_path, blank=True)
    url = models.URLField(_("or a link"), max_length=500, blank=True)

    class Meta:
        ordering = ("event", "pk")
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")), name="document_file_or_link"
            )
        ]

    def __str__(self) -> str:
        return self.title
