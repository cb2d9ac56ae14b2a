"""Who comes: seats, questions, registrations and what they are reminded of."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import ACTIVE, HOLDING, Attendance, Origin, QuestionKind, RegistrationState
from .event import Event

if TYPE_CHECKING:
    from datetime import datetime


class Allotment(models.Model):
    """The seats of an event for one way to attend. Whoever changes a registration locks its row first.

    ``taken`` counts the seats of all registrations in ``HOLDING`` states, ``waiting`` the registrations on the
    waiting list; ``next_ticket`` orders that list. ``reserved`` seats are given by the organiser only. A ``capacity``
    of None has no limit.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="allotments")
    attendance = models.CharField(_("attendance"), max_length=10, choices=Attendance.choices)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    reserved = models.PositiveIntegerField(_("of which reserved"), default=0)
    taken = models.PositiveIntegerField(default=0, editable=False)
    waiting = models.PositiveIntegerField(default=0, editable=False)
    next_ticket = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("event", "-attendance")
        constraints = [
            models.UniqueConstraint(fields=["event", "attendance"], name="allotment_once_per_attendance"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=F("taken") + F("reserved")),
                name="allotment_never_oversold",
            ),
            models.CheckConstraint(condition=Q(attendance__in=Attendance.values), name="allotment_attendance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_attendance_display()}"

    @property
    def free(self) -> int | None:
        """Seats that nobody holds and that are not reserved; None where there is no limit."""
        return None if self.capacity is None else self.capacity - self.reserved - self.taken

    def has_room(self, seats: int) -> bool:
        """Whether so many seats are free, whoever waits for them."""
        return self.free is None or self.free >= seats


class Question(models.Model):
    """What the organiser wants to know of everybody who registers. ``options`` are the answers to choose from."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    label = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("hint"), max_length=300, blank=True)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        ordering = ("event", "position", "pk")

    def __str__(self) -> str:
        return self.label

    @property
    def field(self) -> str:
        """Its name in forms and in ``Registration.answers``."""
        return f"q{self.pk}"


class ConsentText(models.Model):
    """A text people agreed to, word by word. A changed text is a new row; equal texts share one."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.hash[:12]


class Registration(models.Model):
    """One person who comes, perhaps with others. Personal data go when the event's time is over.

    ``email_key`` is the address folded for comparison. ``ticket`` is the place on the waiting list. ``request_key``
    makes a repeated request the same registration. ``origin_hash`` tells for a day whether many came from one place.
    ``seated_at`` is when a seat became theirs for good; with ``confirmed_at``, ``changed_at`` of what has ended and
    ``arrived_at`` it is all that the figures need, so it stays when names go. ``reason`` is the organiser's, for the mail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=12, choices=RegistrationState.choices)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    uses_reserve = models.BooleanField(_("takes reserved seats"), default=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    email_bounced_at = models.DateTimeField(null=True, editable=False)
    companions = models.JSONField(_("who else comes"), default=list, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    access_needs = models.CharField(_("what you need to take part"), max_length=500, blank=True)
    catering_needs = models.CharField(_("what you eat or don't"), max_length=500, blank=True)
    language = models.CharField(max_length=20, default="de")
    consent = models.ForeignKey(ConsentText, on_delete=models.PROTECT, null=True, related_name="+")
    consented_at = models.DateTimeField(null=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    note = models.CharField(_("note"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    code = models.CharField(_("code"), max_length=8, editable=False)
    ticket = models.PositiveIntegerField(null=True, editable=False)
    request_key = models.UUIDField(null=True, unique=True, editable=False)
    origin_hash = models.CharField(max_length=16, blank=True, editable=False)
    group = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    seated_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    arrived = models.PositiveSmallIntegerField(_("came"), default=0)
    arrived_at = models.DateTimeField(null=True, editable=False)
    anonymised_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("created_at", "pk")
        indexes = [
            models.Index(fields=["allotment", "state", "ticket"], name="registration_waiting_order"),
            models.Index(fields=["email_key", "created_at"], name="registration_by_address"),
            models.Index(fields=["expires_at"], name="registration_expiring", condition=Q(expires_at__isnull=False)),
            models.Index(
                fields=["event", "origin_hash", "created_at"],
                name="registration_by_place",
                condition=~Q(origin_hash=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=Q(state__in=ACTIVE) & ~Q(email_key=""),
                name="registration_one_per_address",
            ),
            models.UniqueConstraint(fields=["event", "code"], name="registration_code_unique"),
            models.UniqueConstraint(
                fields=["allotment", "ticket"], condition=Q(ticket__isnull=False), name="registration_ticket_once"
            ),
            models.CheckConstraint(condition=Q(state__in=RegistrationState.values), name="registration_state_known"),
            models.CheckConstraint(condition=Q(seats__range=(1, 10)), name="registration_seats_bounded"),
            models.CheckConstraint(condition=Q(arrived__lte=F("seats")), name="registration_arrived_bounded"),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WAITING) | Q(ticket__isnull=False),
                name="registration_waiting_has_ticket",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def holds_seats(self) -> bool:
        return self.state in HOLDING

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_known(self) -> bool:
        """Whether the address is confirmed, or the organiser answers for it."""
        return self.confirmed_at is not None or self.origin != Origin.ONLINE

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


class CheckIn(models.Model):
    """Somebody came and took one seat of a registration: one report from the door.

    ``id`` is made where it happened, so that a report sent twice is one. ``seat`` counts from 0: the person who
    registered, then the companions; two reports of one seat are one person. ``Registration.arrived`` counts the seats.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="check_ins")
    seat = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    taken_back = models.BooleanField(default=False)

    class Meta:
        ordering = ("registration", "seat", "at")
        constraints = [models.CheckConstraint(condition=Q(seat__lt=10), name="check_in_seat_bounded")]

    def __str__(self) -> str:
        return str(self.id)


class Reminder(models.Model):
    """When confirmed people are reminded. ``done_at`` says that its mails are queued."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reminders")
    hours_before = models.PositiveSmallIntegerField(_("hours before it begins"))
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("event", "-hours_before")
        constraints = [models.UniqueConstraint(fields=["event", "hours_before"], name="reminder_once_per_time")]

    def __str__(self) -> str:
        return f"{self.event}: {self.hours_before} h"

    @property
    def moment(self) -> datetime | None:
        """When people are reminded; None without a time of the event."""
        return self.event.starts_at and self.event.starts_at - timedelta(hours=self.hours_before)


class EventMessage(models.Model):
    """What the organiser wrote to those who registered, for the trail. ``states`` says to whom."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="messages")
    request_key = models.UUIDField(unique=True, editable=False)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"))
    states = models.JSONField(default=list)
    recipients = models.PositiveIntegerField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-written_at", "-pk")

    def __str__(self) -> str:
        return self.subject
